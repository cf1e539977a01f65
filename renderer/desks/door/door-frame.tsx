import type { ReactNode } from 'react';
import { useStationClock } from '../../api/station-clock.ts';
import { doorTexts } from '../../texts/door.ts';
import { frameTexts } from '../../texts/frame.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Count } from '../../ui/DeskFrame.tsx';
import { minuteText } from '../../ui/time-text.ts';
import type { Door } from './use-door.ts';

/** Which door, which lane, which session: one line of the top bar. */
export function Where({ lane }: { lane: Door['lane'] }): ReactNode {
  const t = useTexts(doorTexts);
  const f = useTexts(frameTexts);
  const { session } = lane;
  const door = t.where(lane.room.name, lane.lane);
  if (session === null) return door;
  const parts = [
    door,
    f.occupation(session.occupation, session.level),
    t.parts[session.part] ?? session.part,
    `${session.label} ${minuteText(session.startsAtMs)}`,
  ];
  return parts.join(' · ');
}

/** The board's numbers in the foot. Not yet becomes absent only when the late limit has passed. */
export function DoorCounts({ lane }: { lane: Door['lane'] }): ReactNode {
  const t = useTexts(doorTexts);
  const nowMs = useStationClock();
  const { counts, lateAtMs } = lane;
  const limitPassed = lateAtMs !== null && nowMs > lateAtMs;
  return (
    <>
      <Count word={t.expected} figure={counts.expected} />
      <Count
        word={t.admitted}
        figure={counts.admitted}
        {...(counts.byHand > 0 && { remark: t.byHand(counts.byHand) })}
      />
      {counts.away > 0 && <Count word={t.away} figure={counts.away} />}
      <Count word={t.setAside} figure={counts.setAside} />
      {limitPassed ? (
        <Count word={t.absent} figure={counts.absent + counts.notYet} />
      ) : (
        <Count
          word={t.notYet}
          figure={counts.notYet}
          remark={lateAtMs === null ? undefined : t.absentAfter(minuteText(lateAtMs))}
        />
      )}
    </>
  );
}
