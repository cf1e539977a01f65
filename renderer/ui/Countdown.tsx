import type { ReactNode } from 'react';
import { useStationClock } from '../api/station-clock.ts';
import { frameTexts } from '../texts/frame.ts';
import { useTexts } from '../texts/use-texts.ts';
import { clockText, spanText } from './time-text.ts';

/** Time to the start, since the start, or since the end of a session; by the station's clock. */
export function Countdown({ startsAtMs, endsAtMs }: { startsAtMs: number; endsAtMs: number }): ReactNode {
  const t = useTexts(frameTexts);
  const nowMs = useStationClock();
  const [word, ms] =
    nowMs < startsAtMs
      ? [t.startsIn, startsAtMs - nowMs]
      : nowMs < endsAtMs
        ? [t.startedAgo, nowMs - startsAtMs]
        : [t.endedAgo, nowMs - endsAtMs];
  return (
    <span className="ui-countdown">
      {word} <b>{spanText(ms)}</b>
    </span>
  );
}

/** The station's wall clock. */
export function Clock(): ReactNode {
  return <span className="ui-clock">{clockText(useStationClock())}</span>;
}
