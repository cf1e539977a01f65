import type { ReactNode } from 'react';
import type { RoomTimeline } from '../../../electron/features/timeline/contract.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CloseCircleFilled } from '../../ui/icons.tsx';
import { clockText } from '../../ui/time-text.ts';
import type { Picture } from './player/camera-player.ts';

type Camera = RoomTimeline['cameras'][number];

/** One camera: its picture at this moment, or that there is none and why. Never the last picture before a gap. */
export function VideoTile(props: {
  camera: Camera;
  number: number;
  wallMs: number;
  picture: Picture;
  chosen: boolean;
  onChoose: () => void;
  attach: (video: HTMLVideoElement | null) => void;
}): ReactNode {
  const t = useTexts(timelineTexts);
  const { camera, wallMs, picture } = props;
  const gap = camera.gaps.find((g) => g.beginMs <= wallMs && (g.endMs ?? Number.POSITIVE_INFINITY) > wallMs);
  return (
    <button
      type="button"
      className={`tl-tile${props.chosen ? ' is-chosen' : ''}`}
      aria-pressed={props.chosen}
      onClick={props.onChoose}
    >
      <video ref={props.attach} muted playsInline data-camera={camera.cameraId} />
      {picture !== 'shown' && (
        <span className={`tl-veil is-${picture}`}>
          {picture === 'coming' ? (
            t.coming
          ) : picture === 'unplayable' ? (
            t.unplayable
          ) : (
            <>
              <b>
                <CloseCircleFilled /> {t.noPicture}
              </b>
              <small>
                {gap === undefined
                  ? t.noEntry
                  : t.until(
                      clockText(gap.beginMs),
                      gap.endMs === null ? '…' : clockText(gap.endMs),
                      t.reasons[gap.reason] ?? gap.reason,
                    )}
              </small>
            </>
          )}
        </span>
      )}
      <span className="tl-tile-name">
        {props.number} {camera.label}
      </span>
      {picture !== 'none' && <span className="tl-tile-clock">{clockText(wallMs)}</span>}
    </button>
  );
}
