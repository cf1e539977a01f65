import type { ReactNode } from 'react';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BellFilled } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { clockText } from '../../ui/time-text.ts';
import type { RoomRecording } from './use-room-recording.ts';

/** What is missing since when, and what to do: first a person, then the cable. */
export function FaultHelp({ recording, camera }: { recording: RoomRecording; camera: number }): ReactNode {
  const t = useTexts(roomTexts);
  const at = recording.cameras[camera];
  if (at?.state.kind !== 'fault') return null;
  const alone = recording.alone[at.camera.cameraId] ?? [];
  const gap = at.camera.gaps.find((g) => g.endMs === null);
  return (
    <>
      {gap !== undefined && (
        <div className="room-gap">
          <div>
            <b>{t.gapOpen}</b>
            <span>{t.byClock}</span>
          </div>
          <strong>{t.gapSince(clockText(gap.beginMs))}</strong>
          {alone.length > 0 && (
            <p className="room-alone">
              {t.onlyHere(camera + 1)} <b>{t.seats(alone)}</b>
            </p>
          )}
        </div>
      )}
      <ol className="room-steps">
        {[alone.length > 0 ? t.watchThese(t.seats(alone)) : t.watchSeats, ...t.faults[at.state.fault].steps].map(
          (step) => (
            <li key={step}>{step}</li>
          ),
        )}
      </ol>
      <p className="room-chime">
        <span>
          <BellFilled /> {t.alarmEvery}
        </span>
        <span>
          <KeyHint name="F3" /> {t.silence}
        </span>
      </p>
    </>
  );
}
