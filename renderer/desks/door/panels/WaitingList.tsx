import { type ReactNode, useEffect, useRef, useState } from 'react';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { ClockCircleFilled } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { minuteText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { Headline, Refusal } from './parts.tsx';

/** Who wait beside the queue (候核), first come first: F9 again and Enter take the next one up. */
export function WaitingList({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const { waiting } = door.lane;
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      waiting.findIndex((person) => !person.held),
    ),
  );
  const list = useRef<HTMLDivElement>(null);
  const chosen = waiting[Math.min(at, waiting.length - 1)];
  const may = chosen !== undefined && !chosen.held && !door.busy;
  const takeUp = () => {
    if (may) door.chooseMatch(chosen.candidateId);
  };
  const step = (by: number) => setAt((now) => Math.min(waiting.length - 1, Math.max(0, now + by)));
  const close = () => door.setSide(null);
  useKeys(
    { Enter: takeUp, Escape: close, F9: () => step(1), ArrowDown: () => step(1), ArrowUp: () => step(-1) },
    { verdict: 'waiting-list' },
  );
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <>
      <Headline tone="not-done" icon={<ClockCircleFilled />}>
        {t.waitingTitle(waiting.length)}
      </Headline>
      <p className="door-match-help">{waiting.length === 0 ? ' ' : t.waitingHelp}</p>
      <div ref={list} className="door-matches" role="listbox" aria-label={t.waitingTitle(waiting.length)}>
        {waiting.map((person, i) => (
          <button
            key={person.candidateId}
            type="button"
            role="option"
            aria-selected={person === chosen}
            className="door-match"
            onClick={(event) => {
              event.currentTarget.blur();
              setAt(i);
            }}
          >
            <b>{person.name}</b>
            <em>{person.held ? t.heldByLead : t.seat(person.seat)}</em>
            <span>{t.waitingSince(minuteText(person.sinceMs))}</span>
            <span>{person.held ? t.seat(person.seat) : ''}</span>
          </button>
        ))}
      </div>
      <Refusal error={door.refusal} />
      <BigButton size={64} blue hint="Enter" disabled={!may} onPress={takeUp} verdict="waiting-list">
        {t.takeUp}
      </BigButton>
      <div className="ui-row door-second-row">
        <span />
        <BigButton size={48} hint="Escape" onPress={close}>
          {t.back}
        </BigButton>
      </div>
    </>
  );
}
