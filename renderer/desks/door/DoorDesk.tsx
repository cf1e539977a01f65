import './door.css';
import { ORPCError } from '@orpc/client';
import { type ReactNode, useState } from 'react';
import { cameraLabel } from '../../features/checkin/camera-label.ts';
import { decidedByEye, lacksFace, verdictKey } from '../../features/checkin/door-scene.ts';
import { EdgeTriangle } from '../../features/checkin/EdgeTriangle.tsx';
import { ReaderStrip } from '../../features/checkin/ReaderStrip.tsx';
import { useAttemptImage, useBlobAddress } from '../../features/checkin/use-attempt-image.ts';
import { type DoorCamera, useCamera, useCameraPresent } from '../../features/checkin/use-camera.ts';
import { standing, turning, useLiveFrames } from '../../features/checkin/use-live-frames.ts';
import { useLostSince, useReaderSounds } from '../../features/checkin/use-reader-sounds.ts';
import { useTicketScanner } from '../../features/checkin/use-ticket-scanner.ts';
import { doorTexts } from '../../texts/door.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { DoorPanel } from './DoorPanel.tsx';
import { DoorCounts, Where } from './door-frame.tsx';
import { facelessScenes, LivePicture } from './LivePicture.tsx';
import { CardCamera } from './panels/CardCamera.tsx';
import { ConsentDesk } from './panels/ConsentDesk.tsx';
import { Impersonation } from './panels/Impersonation.tsx';
import { LateLikeness } from './panels/LateLikeness.tsx';
import { ManualLane } from './panels/ManualLane.tsx';
import { OtherDocument } from './panels/OtherDocument.tsx';
import { type Door, useDoor } from './use-door.ts';
import { useHeldGuidance } from './use-held-guidance.ts';
import { useVerdictSounds } from './use-verdict-sounds.ts';

/** One lane of a room's door: may this person enter? */
export default function DoorDesk({ roomId, lane }: { roomId: string; lane: number }): ReactNode {
  const { door, error, readAgain } = useDoor(roomId, lane);
  const sentence = useErrorSentence();
  if (door !== null) return <OpenDoor door={door} />;
  if (error === null) return <Loading />;
  return <ReadFailed onRetry={readAgain} {...(error instanceof ORPCError && { sentence: sentence(error) })} />;
}

function OpenDoor({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const { lane, scene } = door;
  const attempt = 'attempt' in scene ? scene.attempt : null;
  const capturing = scene.kind === 'capturing' && door.side === null;
  const wantsTicket = (capturing && scene.ticketToo) || (scene.kind === 'need-ticket' && door.side === null);
  // No engine looks: the picture goes on live and its newest frame is what two persons decide by.
  const byEye = scene.kind === 'manual' && decidedByEye(scene.attempt);
  const byTheWay = scene.kind === 'manual' && lacksFace(scene.attempt);
  const forFace =
    capturing || wantsTicket || (scene.kind === 'manual' && (byEye || byTheWay || !scene.attempt.images.live));
  const camera = useCamera(forFace);
  const cameraPresent = useCameraPresent();
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const scan = useTicketScanner(wantsTicket && camera.kind === 'live', door.presentTicket);
  const label = camera.kind === 'live' ? cameraLabel(camera.stream) : '';
  useLiveFrames(
    video,
    capturing ? (frame) => door.look(scene.attempt, frame, label) : null,
    wantsTicket ? scan : null,
    attempt?.liveness.kind === 'going-on' ? turning : standing,
  );
  useKeys({}, { onScan: door.presentTicket });
  useReaderSounds(lane.reader.kind);
  useVerdictSounds(scene, lane.lateLikenesses.length);
  const lostSinceMs = useLostSince(lane.reader.kind);
  const guidance = useHeldGuidance(door);

  // The good frame is shown at once from this window; after a reload the station's copy takes its place.
  const own = door.still !== null && door.still.attemptId === attempt?.attemptId ? door.still.frame : null;
  const ownStill = useBlobAddress(own);
  const savedStill = useAttemptImage(attempt?.attemptId, 'live', own === null && (attempt?.images.live ?? false));
  const card = useAttemptImage(attempt?.attemptId, 'card', attempt?.images.card ?? false);
  const plan = useAttemptImage(attempt?.attemptId, 'plan', attempt?.images.plan ?? false);
  const still =
    attempt?.images.live && !((byEye || byTheWay) && camera.kind === 'live') ? (ownStill ?? savedStill) : null;

  const cameraWord = cameraPresent === false ? t.noCamera : t.cameraReady;
  const strip = (
    <ReaderStrip
      reader={lane.reader}
      at={lane}
      lostSinceMs={lostSinceMs}
      cameraWord={cameraWord}
      afterAdmission={scene.kind === 'admitted'}
    />
  );
  const shared = { door, camera, still, strip };
  return (
    <DeskFrame
      desk={t.title}
      where={<Where lane={lane} />}
      session={lane.session}
      foot={<DoorCounts lane={lane} />}
      keys={t.keys}
    >
      {wholeDesk(shared) ?? (
        <div className="door">
          <div className="door-triangle">
            <LivePicture
              door={door}
              camera={camera}
              cameraWord={cameraWord}
              cameraThere={cameraPresent !== false}
              still={still}
              guidance={guidance}
              videoRef={setVideo}
            />
            <EdgeTriangle
              edges={attempt?.edges ?? null}
              cardPhoto={card}
              planPhoto={plan}
              faceWord={attempt === null ? null : facelessScenes.has(scene.kind) ? t.notNeeded : t.waitForFace}
              looked={(attempt?.frames.good ?? 0) > 0}
              engine={attempt?.engine ?? null}
            />
            {strip}
          </div>
          <aside
            className={`ui-card door-panel${scene.kind === 'admitted' && door.side === null ? ' is-saved' : ''}`}
            aria-live="polite"
          >
            <DoorPanel key={verdictKey(scene)} door={door} camera={camera} />
          </aside>
        </div>
      )}
    </DeskFrame>
  );
}

/** What needs both halves of the desk: pictures or text in the place of the triangle. Null: the triangle stands. */
function wholeDesk(shared: { door: Door; camera: DoorCamera; still: string | null; strip: ReactNode }): ReactNode {
  const { door } = shared;
  const { scene } = door;
  if (door.unknown) return null;
  if (door.side === 'card-camera') return <CardCamera door={door} strip={shared.strip} />;
  if (door.side === 'other-document') return <OtherDocument door={door} strip={shared.strip} />;
  const [late] = door.lane.lateLikenesses;
  if (door.side === 'late-likeness' && late) return <LateLikeness door={door} late={late} strip={shared.strip} />;
  if (door.side !== null) return null;
  if (scene.kind === 'manual') return <ManualLane key={scene.attempt.attemptId} {...shared} scene={scene} />;
  if (scene.kind === 'consent')
    return <ConsentDesk key={scene.attempt.attemptId} {...shared} attempt={scene.attempt} />;
  if (scene.kind !== 'possible-impersonation') return null;
  return <Impersonation key={scene.attempt.attemptId} {...shared} scene={scene} />;
}
