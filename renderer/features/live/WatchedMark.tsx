import './live.css';
import type { ReactNode } from 'react';
import { useStationClock } from '../../api/station-clock.ts';
import { liveTexts } from '../../texts/live.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EyeFilled } from '../../ui/icons.tsx';
import { clockText, spanText } from '../../ui/time-text.ts';
import type { RoomLiveView } from './room-live.ts';

/**
 * 中心正在看: who, and since when. It stands as long as a look stands at the station or this window sends anything, so also
 * when the station cannot be asked any more.
 */
export function WatchedMark({ view }: { view: RoomLiveView }): ReactNode {
  const t = useTexts(liveTexts);
  const nowMs = useStationClock();
  const { asked, cameras } = view;
  const isSending = [...cameras.values()].some((state) => state !== 'off' && state !== 'no-camera');
  if (asked === null) return null;
  if (asked.way === 'whip' && isSending) {
    return (
      <span className="live-watched" role="status">
        <EyeFilled />
        <b>{t.sendingTo(asked.host)}</b>
        <span>{t.sendingUnknown}</span>
      </span>
    );
  }
  const first = asked.views[0];
  if (first === undefined) return null;
  const who = t.watchedBy(first.by.name, first.by.duty);
  return (
    <span className="live-watched" role="status">
      <EyeFilled />
      <b>{t.watched}</b>
      <span>
        {who} {asked.views.length > 1 && t.andMore(asked.views.length)}
      </span>
      <span className="live-since">{t.watchedSince(clockText(first.sinceMs), spanText(nowMs - first.sinceMs))}</span>
    </span>
  );
}
