import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { LookUpAnswer } from '../../../../electron/features/checkin/contract.ts';
import { CardIcon } from '../../../features/checkin/door-icons.tsx';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { Headline, Refusal } from './parts.tsx';

/** Those whose number ends as typed. One alone is not taken by itself: staff compare name and document first. */
export function MatchList(props: { door: Door; answer: LookUpAnswer; onBack: () => void }): ReactNode {
  const { door, answer } = props;
  const { matches, total } = answer;
  const t = useTexts(doorTexts);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const chosen = matches[at];
  const choose = () => {
    if (chosen !== undefined && !door.busy) door.chooseMatch(chosen.candidateId);
  };
  const step = (by: number) => setAt((now) => Math.min(matches.length - 1, Math.max(0, now + by)));
  useKeys(
    { Enter: choose, Escape: props.onBack, ArrowDown: () => step(1), ArrowUp: () => step(-1) },
    { verdict: 'matches' },
  );
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <>
      <Headline tone="not-done" icon={<CardIcon />}>
        {t.tailFound(total)}
      </Headline>
      <p className="door-match-help">{total > matches.length ? t.tailMany(total) : t.tailHelp}</p>
      <div ref={list} className="door-matches" role="listbox" aria-label={t.tailFound(total)}>
        {matches.map((match, i) => (
          <button
            key={match.candidateId}
            type="button"
            role="option"
            aria-selected={i === at}
            className="door-match"
            onClick={(event) => {
              event.currentTarget.blur();
              setAt(i);
            }}
          >
            <b>{match.name}</b>
            <em>{t.statuses[match.status]}</em>
            <span>{match.maskedDocumentNumber}</span>
            <span>
              {match.roomName} · {t.seat(match.seat)}
            </span>
          </button>
        ))}
      </div>
      <Refusal error={door.refusal} />
      <BigButton size={64} blue hint="Enter" disabled={door.busy} onPress={choose} verdict="matches">
        {t.chooseThis}
      </BigButton>
      <div className="ui-row door-second-row">
        <span />
        <BigButton size={48} hint="Escape" onPress={props.onBack}>
          {t.otherNumber}
        </BigButton>
      </div>
    </>
  );
}
