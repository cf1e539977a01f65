import './door.css';
import { ORPCError } from '@orpc/client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Guidance } from '../../../electron/features/checkin/contract.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { decidedByEye, verdictKey } from '../../features/checkin/door-scene.ts';
import { EdgeTriangle } from '../../features/checkin/EdgeTriangle.tsx';
import { FaceFrame } from '../../features/checkin/FaceFrame.tsx';
import { fitPx, linesOf } from '../../features/checkin/fit-text.ts';
import { InstructionHold } from '../../features/checkin/instruction-hold.ts';
import { ReaderStrip } from '../../features/checkin/ReaderStrip.tsx';
import { useAttemptImage, useBlobAddress } from '../../features/checkin/use-attempt-image.ts';
import { useCamera, useCameraPresent } from '../../features/checkin/use-camera.ts';
import { useLiveFrames } from '../../features/checkin/use-live-frames.ts';
import { useLostSince, useReaderSounds } from '../../features/checkin/use-reader-sounds.ts';
import { useTicketScanner } from '../../features/checkin/use-ticket-scanner.ts';
import { doorTexts } from '../../texts/door.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { frameTexts } from '../../texts/frame.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Count, DeskFrame } from '../../ui/DeskFrame.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { candidateWords } from './candidate-words.tsx';
import { DoorPanel } from './DoorPanel.tsx';
import { ManualLane } from './panels/ManualLane.tsx';
import { type Door, useDoor } from './use-door.ts';
import { useVerdictSounds } from './use-verdict-sounds.ts';

/** The door of one room: may this person enter? */
export default function DoorDesk({ roomId }: { roomId: string }): ReactNode {
  const { door, error, readAgain } = useDoor(roomId);
  const sentence = useErrorSentence();
  if (door !== null) return <OpenDoor door={door} />;
  if (error === null) return <Loading />;
  return <ReadFailed onRetry={readAgain} {...(error instanceof ORPCError && { sentence: sentence(error) })} />;
}

/** Where the answer needs no face, none is taken. */
const facelessScenes: ReadonlySet<Door['scene']['kind']> = new Set([
  'not-here',
  'late',
  'too-early',
  'already-in',
  'unknown-person',
]);

function OpenDoor({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const { lane, scene } = door;
  const attempt = 'attempt' in scene ? scene.attempt : null;
  const capturing = scene.kind === 'capturing';
  const wantsTicket = (capturing && scene.ticketToo) || scene.kind === 'need-ticket';
  // No engine looks: the picture goes on live and its newest frame is what two persons decide by.
  const byEye = scene.kind === 'manual' && decidedByEye(scene.attempt);
  const camera = useCamera(
    capturing || wantsTicket || (scene.kind === 'manual' && (byEye || !scene.attempt.images.live)),
  );
  const cameraPresent = useCameraPresent();
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const scan = useTicketScanner(wantsTicket && camera.kind === 'live', door.presentTicket);
  useLiveFrames(video, capturing ? (frame) => door.look(scene.attempt, frame) : null, wantsTicket ? scan : null);
  useKeys({}, { onScan: door.presentTicket });
  useReaderSounds(lane.reader.kind);
  useVerdictSounds(scene);
  const lostSinceMs = useLostSince(lane.reader.kind);
  const guidance = useHeldGuidance(door);

  // The good frame is shown at once from this window; after a reload the station's copy takes its place.
  const own = door.still !== null && door.still.attemptId === attempt?.attemptId ? door.still.frame : null;
  const ownStill = useBlobAddress(own);
  const savedStill = useAttemptImage(attempt?.attemptId, 'live', own === null && (attempt?.images.live ?? false));
  const card = useAttemptImage(attempt?.attemptId, 'card', attempt?.images.card ?? false);
  const plan = useAttemptImage(attempt?.attemptId, 'plan', attempt?.images.plan ?? false);
  const still = attempt?.images.live && !(byEye && camera.kind === 'live') ? (ownStill ?? savedStill) : null;

  const cameraWord = cameraPresent === false ? t.noCamera : t.cameraReady;
  const strip = (
    <ReaderStrip
      reader={lane.reader}
      lostSinceMs={lostSinceMs}
      cameraWord={cameraWord}
      afterAdmission={scene.kind === 'admitted'}
    />
  );
  const { lines: said, icon } = candidateWords(scene, guidance, lane.session?.sessionId, t);
  const sayRoomPx = icon === null ? 380 : 328;
  const lines = said.length > 1 ? said : linesOf(said[0]!, 36, sayRoomPx);
  const noFace = facelessScenes.has(scene.kind);
  const live = camera.kind === 'live' && (capturing || scene.kind === 'need-ticket') ? camera.stream : null;
  const taken = scene.kind === 'may-enter' || scene.kind === 'admitted';

  return (
    <DeskFrame
      desk={t.title}
      where={<Where lane={lane} />}
      session={lane.session}
      foot={<Counts lane={lane} />}
      keys={t.keys}
    >
      {scene.kind === 'manual' && !door.lookupOpen && !door.unknown ? (
        <ManualLane
          key={scene.attempt.attemptId}
          door={door}
          scene={scene}
          camera={camera}
          still={still}
          strip={strip}
        />
      ) : (
        <div className="door">
          <div className="door-triangle">
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
              still={live === null ? still : null}
              videoRef={setVideo}
              tone={live !== null ? (guidance === 'good' ? 'taken' : 'asking') : taken ? 'taken' : 'past'}
              caption={
                capturing && door.guidance != null ? `${t.liveFace} · ${t.guidanceShort[door.guidance]}` : t.liveFace
              }
              empty={
                camera.kind === 'fault' && (capturing || wantsTicket) ? (
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
                        : scene.kind === 'waiting' && cameraPresent !== false
                          ? t.cameraAfterCard
                          : cameraWord}
                  </span>
                )
              }
            />
            <EdgeTriangle
              edges={attempt?.edges ?? null}
              cardPhoto={card}
              planPhoto={plan}
              faceWord={attempt === null ? null : noFace ? t.notNeeded : t.waitForFace}
            />
            {strip}
          </div>
          <aside
            className={`ui-card door-panel${scene.kind === 'admitted' && !door.lookupOpen ? ' is-saved' : ''}`}
            aria-live="polite"
          >
            <DoorPanel key={verdictKey(scene)} door={door} camera={camera} />
          </aside>
        </div>
      )}
    </DeskFrame>
  );
}

/** The instruction as it may be shown now: each is held long enough to be read. */
function useHeldGuidance(door: Door): Guidance | 'good' | 'look-here' {
  const hold = useRef<{ attemptId: string | null; hold: InstructionHold<Guidance | 'good' | 'look-here'> }>(null);
  const [shown, setShown] = useState<Guidance | 'good' | 'look-here'>('look-here');
  const attemptId = 'attempt' in door.scene ? door.scene.attempt.attemptId : null;
  const wanted = door.guidance === undefined ? 'look-here' : (door.guidance ?? 'good');
  useEffect(() => {
    if (hold.current?.attemptId !== attemptId) hold.current = { attemptId, hold: new InstructionHold('look-here') };
    const { hold: held } = hold.current;
    const renew = () => setShown(held.next(wanted, performance.now()));
    renew();
    // The wish that had to wait is shown when its time comes, though no new frame brings it.
    const timer = setInterval(renew, 200);
    return () => clearInterval(timer);
  }, [attemptId, wanted]);
  return shown;
}

function Where({ lane }: { lane: Door['lane'] }): ReactNode {
  const t = useTexts(doorTexts);
  const f = useTexts(frameTexts);
  const { session } = lane;
  if (session === null) return t.where(lane.room.name);
  const parts = [
    t.where(lane.room.name),
    f.occupation(session.occupation, session.level),
    t.parts[session.part] ?? session.part,
    `${session.label} ${minuteText(session.startsAtMs)}`,
  ];
  return parts.join(' · ');
}

/** Not yet becomes absent only when the late limit has passed. */
function Counts({ lane }: { lane: Door['lane'] }): ReactNode {
  const t = useTexts(doorTexts);
  const nowMs = useStationClock();
  const { counts, lateAtMs } = lane;
  const limitPassed = lateAtMs !== null && nowMs > lateAtMs;
  return (
    <>
      <Count word={t.expected} figure={counts.expected} />
      <Count word={t.admitted} figure={counts.admitted} />
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
