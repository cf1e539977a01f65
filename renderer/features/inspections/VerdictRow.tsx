import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { Verdict } from '../../../electron/features/inspections/contract.ts';
import { inspectionsTexts } from '../../texts/inspections.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** What is said of one candidate, or of the room, while it is being filled in. */
export interface Said<V extends Verdict = Verdict> {
  verdict: V | null;
  words: string;
}

/** One line of the form: who or what, one of two or three words, and room for words where there is a finding. */
export function VerdictRow<V extends Verdict>(props: {
  who: string;
  detail: string;
  options: readonly V[];
  said: Said<V>;
  onSay: (said: Said<V>) => void;
}): ReactNode {
  const t = useTexts(inspectionsTexts);
  const { who, said, onSay } = props;
  return (
    <div className="inspection-line">
      <span className="inspection-who">
        <b>{who}</b>
        <small>{props.detail}</small>
      </span>
      <fieldset className="inspection-choice" aria-label={who}>
        {props.options.map((value) => (
          <button
            key={value}
            type="button"
            className={`is-${value}`}
            aria-pressed={said.verdict === value}
            onClick={() => onSay({ ...said, verdict: value })}
          >
            {t.verdicts[value]}
          </button>
        ))}
      </fieldset>
      {said.verdict === 'finding' && (
        <Input
          className="inspection-words"
          data-enter="desk"
          maxLength={200}
          aria-label={t.words(who)}
          placeholder={t.words(who)}
          value={said.words}
          onChange={(event) => onSay({ ...said, words: event.target.value })}
        />
      )}
    </div>
  );
}
