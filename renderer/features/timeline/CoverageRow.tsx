import type { ReactNode } from 'react';
import type { CandidateCoverage } from '../../../electron/features/coverage/contract.ts';
import type { RoomTimeline } from '../../../electron/features/timeline/contract.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { clockText } from '../../ui/time-text.ts';
import { Bar } from './Bar.tsx';
import type { Range } from './lanes-layout.ts';

/** A candidate's time in the room, green where video shows their place, hatched where it does not. A click goes there. */
export function CoverageRow(props: {
  person: CandidateCoverage;
  room: RoomTimeline;
  range: Range;
  large: boolean;
  seek: (wallMs: number) => void;
  choose: (candidateId: string) => void;
}): ReactNode {
  const { person, room, range, large } = props;
  const t = useTexts(timelineTexts);
  const numbers = person.cameras.map((c) => `${room.cameras.findIndex((x) => x.cameraId === c.cameraId) + 1} 号机`);
  return (
    <div className={`tl-row is-person${large ? ' is-large' : ''}${person.verdict === 'short' ? ' is-short' : ''}`}>
      <button type="button" className="tl-name" onClick={() => props.choose(person.candidateId)}>
        <span>
          {t.seat(person.seat)} {person.name}
        </span>
        {large && (
          <small>
            {person.cameras.length === room.cameras.length ? t.seenByAll : t.onlySeenBy(numbers.join('、'))}
          </small>
        )}
      </button>
      <div
        className="tl-track"
        role="img"
        aria-label={`${t.seat(person.seat)} ${person.gaps.map((g) => t.gapIs(clockText(g.beginMs), clockText(g.endMs))).join('，')}`}
      >
        {person.present.map((stay) => (
          <Bar key={stay.beginMs} range={range} stretch={stay} kind="present" />
        ))}
        {person.gaps.map((gap) => (
          <Bar key={gap.beginMs} range={range} stretch={gap} kind="gap" />
        ))}
      </div>
    </div>
  );
}
