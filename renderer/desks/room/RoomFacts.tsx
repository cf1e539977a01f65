import { Progress } from 'antd';
import type { ReactNode } from 'react';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { LiveFact } from '../../features/live/LiveFact.tsx';
import type { RoomLiveView } from '../../features/live/room-live.ts';
import { bytesText, diskForecast } from '../../features/recording/disk-forecast.ts';
import { deliveryStatus, frameStatus, recordingFacts, storedStatus } from '../../features/recording/recording-facts.ts';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';
import { clockText, spanText } from '../../ui/time-text.ts';
import type { RoomRecording } from './use-room-recording.ts';

/** Disk, frames, storage, delivery, clock, picture: each a fact with its own state. */
export function RoomFacts(props: {
  recording: RoomRecording;
  session: SessionRow;
  nowMs: number;
  live: RoomLiveView;
}): ReactNode {
  const t = useTexts(roomTexts);
  const { recording, nowMs } = props;
  const facts = recordingFacts(
    recording.cameras.flatMap((c) => c.view ?? []),
    nowMs,
  );
  const clockOffMs = stationNowMs() - Date.now();
  const low = facts.height !== null && facts.height < recording.minHeight;
  return (
    <>
      <Disk {...props} />
      {facts.recording > 0 && (
        <dl className="room-facts">
          <dt>{t.lastFrame}</dt>
          <dd>
            {facts.lastFrameAgeMs !== null && (
              <Status kind={frameStatus(facts.lastFrameAgeMs)}>
                {frameStatus(facts.lastFrameAgeMs) === 'done'
                  ? t.lastFrameGood(facts.recording)
                  : t.lastFrameOld(spanText(facts.lastFrameAgeMs))}
              </Status>
            )}
          </dd>
          <dt>{t.lastStored}</dt>
          <dd>
            {facts.storedAgeMs === null ? (
              <Status kind="not-done">{t.notStoredYet}</Status>
            ) : (
              <Status kind={storedStatus(facts.storedAgeMs)}>
                {t.lastStoredAgo(Math.max(1, Math.round(facts.storedAgeMs / 1000)))}
              </Status>
            )}
          </dd>
          <dt>{t.delivery}</dt>
          <dd>
            <Status kind={deliveryStatus(facts.waiting, facts.hindrance, facts.recording)}>
              {facts.hindrance !== null
                ? t.deliveryBad[facts.hindrance](facts.waiting)
                : deliveryStatus(facts.waiting, null, facts.recording) === 'done'
                  ? t.deliveryGood
                  : t.deliveryWaiting(facts.waiting)}
            </Status>
          </dd>
          <dt>{t.clock}</dt>
          <dd>
            {facts.clockSteppedAtMs !== null && nowMs - facts.clockSteppedAtMs < clockShownMs ? (
              <Status kind="look">{t.clockStepped(clockText(facts.clockSteppedAtMs))}</Status>
            ) : Math.abs(clockOffMs) < 1_000 ? (
              <Status kind="done">{t.clockGood}</Status>
            ) : (
              <Status kind="look">{t.clockOff((clockOffMs / 1000).toFixed(1))}</Status>
            )}
          </dd>
          <dt>{t.picture}</dt>
          <dd>
            {facts.height !== null &&
              (low ? (
                <Status kind="look">{t.pictureLow(facts.height, recording.minHeight)}</Status>
              ) : (
                <b>{t.pictureFacts(facts.height, facts.framesPerSecond ?? 0)}</b>
              ))}
          </dd>
          <LiveFact view={props.live} />
        </dl>
      )}
    </>
  );
}

const hourMs = 3_600_000;

/** How long a clock that was set stays in sight. */
const clockShownMs = 600_000;

function Disk({
  recording,
  session,
  nowMs,
}: {
  recording: RoomRecording;
  session: SessionRow;
  nowMs: number;
}): ReactNode {
  const t = useTexts(roomTexts);
  if (recording.cameras.length === 0) return null;
  const fromMs = Math.max(nowMs, session.startsAtMs);
  const forecast = diskForecast(recording.freeBytes, recording.bytesPerSecond, session.endsAtMs - fromMs);
  const { lastsMs } = forecast;
  const span =
    lastsMs >= 48 * hourMs
      ? t.days(Math.floor(lastsMs / (24 * hourMs)))
      : lastsMs >= hourMs
        ? t.hours(Math.floor(lastsMs / hourMs))
        : t.minutes(Math.floor(lastsMs / 60_000));
  return (
    <div className="room-disk">
      <div>
        <b>{t.disk(span)}</b>
        <Status kind={forecast.enough ? 'done' : 'stop'}>{forecast.enough ? t.diskEnough : t.diskShort}</Status>
      </div>
      <Progress
        percent={Math.min(100, (forecast.needBytes / Math.max(1, recording.freeBytes)) * 100)}
        showInfo={false}
        strokeColor={forecast.enough ? '#595959' : '#cf1322'}
      />
      <div>
        <span>{t.diskNeed(bytesText(forecast.needBytes))}</span>
        <span>{t.diskFree(bytesText(recording.freeBytes))}</span>
      </div>
    </div>
  );
}
