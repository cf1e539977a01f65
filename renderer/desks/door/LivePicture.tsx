import type { ReactNode } from 'react';
import type { Guidance } from '../../../electron/features/checkin/contract.ts';
import { FaceFrame } from '../../features/checkin/FaceFrame.tsx';
import { fitPx, linesOf } from '../../features/checkin/fit-text.ts';
import type { DoorCamera } from '../../features/checkin/use-camera.ts';
import { doorTexts } from '../../texts/door.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { candidateWords } from './candidate-words.tsx';
import type { Door } from './use-door.ts';

/** Where the answer needs no face, none is taken. */
export const facelessScenes: ReadonlySet<Door['scene']['kind']> = new Set([
  'not-here',
  'late',
  'too-early',
  'already-in',
  'unknown-person',
]);

/** The left of the triangle: what is said to the person, and the person as a mirror would show them. */
export function LivePicture(props: {
  door: Door;
  camera: DoorCamera;
  /** Says whether there is a camera at all. */
  cameraWord: string;
  cameraThere: boolean;
  still: string | null;
  guidance: Guidance | 'good' | 'look-here';
  videoRef: (video: HTMLVideoElement | null) => void;
}): ReactNode {
  const { door, camera, guidance } = props;
  const { scene, lane } = door;
  const t = useTexts(doorTexts);
  const capturing = scene.kind === 'capturing';
  const watching = capturing || scene.kind === 'need-ticket';
  const there = props.cameraThere && camera.kind !== 'fault';
  const { lines: said, icon } = candidateWords(scene, guidance, lane.session?.sessionId, there, t);
  const sayRoomPx = icon === null ? 380 : 328;
  const lines = said.length > 1 ? said : linesOf(said[0]!, 36, sayRoomPx);
  const noFace = facelessScenes.has(scene.kind);
  const live = camera.kind === 'live' && watching ? camera.stream : null;
  const taken = scene.kind === 'may-enter' || scene.kind === 'admitted';
  const turn = capturing && scene.attempt.liveness.kind === 'going-on' ? scene.attempt.liveness.say : null;
  return (
    <FaceFrame
      say={
        <>
          {icon}
          <span>
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </span>
        </>
      }
      sayPx={Math.min(...lines.map((line) => fitPx(line, 40, sayRoomPx)))}
      stream={live}
      still={live === null ? props.still : null}
      videoRef={props.videoRef}
      tone={live !== null ? (guidance === 'good' ? 'taken' : 'asking') : taken ? 'taken' : 'past'}
      turn={live === null ? null : turn}
      caption={capturing && door.guidance != null ? `${t.liveFace} · ${t.guidanceShort[door.guidance]}` : t.liveFace}
      empty={
        camera.kind === 'fault' && watching ? (
          <>
            <b>{t.camera[camera.fault]}</b>
            <span className="door-empty-help">{t.cameraHelp[camera.fault]}</span>
          </>
        ) : (
          <span>
            {camera.kind === 'starting'
              ? t.cameraStarting
              : noFace
                ? t.noFaceNow
                : scene.kind === 'waiting' && props.cameraThere
                  ? t.cameraAfterCard
                  : props.cameraWord}
          </span>
        )
      }
    />
  );
}
