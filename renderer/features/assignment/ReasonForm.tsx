import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { type KeyBindings, useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { FindingList } from './FindingList.tsx';
import type { ReasonWanted } from './use-assign.ts';

/** Why something is done all the same: a quick reason by its digit, or a line of one's own. */
export function ReasonForm(props: {
  wanted: ReasonWanted;
  send: string;
  busy: boolean;
  problem: string | null;
  onSend: (reason: string) => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(assignmentTexts);
  const { quick } = t.reason;
  const [chosen, choose] = useState<number | null>(null);
  const [line, setLine] = useState('');
  const other = quick.length - 1;
  const reason =
    chosen === null || chosen === other ? line.trim() : [quick[chosen], line.trim()].filter(Boolean).join('；');
  const ready = reason.length >= 2 && !props.busy;
  const send = () => {
    if (ready) props.onSend(reason);
  };
  const keys: KeyBindings = { Enter: send, Escape: props.onBack };
  for (const i of quick.keys()) keys[String(i + 1)] = () => choose(i);
  useKeys(keys, { modal: true });
  const { findings, passedOver } = props.wanted;
  return (
    <div className="assignment-form">
      <h2>{t.reason.title}</h2>
      <p className="office-quiet">{t.reason.help}</p>
      {passedOver !== null && <Status kind="look">{t.reason.passedOver(passedOver)}</Status>}
      {findings.length > 0 && (
        <div className="assignment-scroll">
          <Status kind="look">{t.reason.warnings(findings.length)}</Status>
          <FindingList findings={findings} whole={false} />
        </div>
      )}
      <div className="assignment-quick">
        {quick.map((word, i) => (
          <button
            type="button"
            key={word}
            aria-pressed={chosen === i}
            className={chosen === i ? 'is-chosen' : ''}
            onClick={() => choose(i)}
          >
            <kbd>{i + 1}</kbd> {word}
          </button>
        ))}
      </div>
      <div data-enter="desk">
        <Input
          aria-label={t.reason.field}
          placeholder={t.reason.field}
          maxLength={200}
          value={line}
          onChange={(event) => setLine(event.target.value)}
        />
      </div>
      {props.problem !== null && <Status kind="stop">{props.problem}</Status>}
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={send}>
        {props.send}
      </BigButton>
      <BigButton size={36} hint="Escape" onPress={props.onBack}>
        {t.reason.back}
      </BigButton>
    </div>
  );
}
