import type { FaceEngine, FaceEngineError } from '../../devices/face-engine/port.ts';
import type { Actor } from '../../journal/entry.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Guidance } from './contract.ts';
import type { DoorDeps } from './deps.ts';
import { type FaceError, isBusy, isOfPicture } from './face-error.ts';
import { findLookalike } from './find-lookalike.ts';
import { turnFollowed, turnIsAsked } from './follow-turn.ts';
import { forgetFace } from './forget-faces.ts';
import { isWholePicture } from './kept-picture.ts';
import { buildKnownFaces } from './known-faces.ts';
import { cardPhotoOf, framesNeeded, type GoodFrame, type OpenAttempt } from './open-attempt.ts';

/** One frame of the door's camera. */
export interface ShownFrame {
  jpeg: Uint8Array;
  /** The camera's label, as the browser gives it. */
  camera: string;
  /** When the station received it, by its monotonic clock. */
  atMs: number;
}

/**
 * One live frame, after those that came before it. First the good frames by which the faces are compared, then the head turn.
 * A frame that cannot decide answers with what the person should do, and is forgotten. Where no engine can look, at the frame
 * or at what it is compared with, the newest frame is kept for two persons to decide by, and the answer is the error all
 * the same; the next frame tries again. A frame left out because too many wait says nothing, and counts for nothing.
 *
 * Nothing is looked at before the candidate has agreed to it, and nothing of who has declined.
 */
export function facePresented(
  deps: DoorDeps,
  a: OpenAttempt,
  shown: ShownFrame,
  actor: Actor,
): Promise<Result<Guidance | null, FaceError>> {
  const looked = a.looking.then(() => look(deps, a, shown, actor));
  a.looking = looked.catch(() => undefined);
  return looked;
}

async function look(
  deps: DoorDeps,
  a: OpenAttempt,
  shown: ShownFrame,
  actor: Actor,
): Promise<Result<Guidance | null, FaceError>> {
  if (!mayBeLookedAt(deps, a)) return ok(null);
  const engine = deps.engine();
  if (!engine) return unseen(deps, a, shown, 'face-engine-unavailable');
  const taken = a.frames.length >= framesNeeded;
  // What the vault could not give is asked for again while this face is still being taken.
  if (!a.likeSought && a.session) void buildKnownFaces(deps, a.session.sessionId).catch(() => undefined);
  const [references, seen] = await Promise.all([
    loadReferences(deps, a, engine),
    taken ? turnFollowed(deps, a, engine, shown, actor) : seeFace(engine, shown),
  ]);
  // The candidate may have declined while the frame was looked at: nothing of it is kept.
  if (!mayBeLookedAt(deps, a)) {
    forgetFace(a);
    return ok(null);
  }
  if (!seen.ok && isOfPicture(seen.error)) return err({ code: 'FRAME_UNREADABLE' });
  if (!seen.ok || !references.ok) {
    const { error } = seen.ok ? (references as { error: FaceEngineError }) : seen;
    if (isBusy(error)) return ok(null);
    // Nobody waits before a camera that cannot see: a person decides, unless a later frame gets through.
    a.engineFault = 'face-engine-unavailable';
    return unseen(deps, a, shown, error.code);
  }
  a.engineFault = null;
  const { guidance, frame } = seen.value;
  // The same frame twice is one look, not two.
  if (frame && !a.frames.some((f) => f.sha256 === frame.sha256)) a.frames.push(frame);
  findLookalike(deps, a, actor);
  if (a.frames.length >= framesNeeded && a.liveness.kind === 'not-asked' && turnIsAsked(deps, a)) {
    a.liveness = { kind: 'going-on', say: 'face-camera' };
  }
  return ok(guidance ?? (waitsForFaces(a) ? 'learning-faces' : null));
}

/** All is done but the comparison with everybody inside, whose faces are still being learnt. */
const waitsForFaces = ({ frames, likeSought, liveness }: OpenAttempt): boolean =>
  frames.length >= framesNeeded && likeSought === null && liveness.kind !== 'going-on';

function mayBeLookedAt(deps: DoorDeps, a: OpenAttempt): boolean {
  const face = (a.candidate && deps.consentOf(a.candidate.candidateId))?.face ?? null;
  return face === 'agreed' || (face === null && deps.rules(a.session?.sessionId)['admission.consent'] === 'none');
}

async function unseen(
  deps: DoorDeps,
  a: OpenAttempt,
  { jpeg }: ShownFrame,
  code: string,
): Promise<Result<never, FaceError>> {
  if ((await isWholePicture(jpeg)) && mayBeLookedAt(deps, a)) a.picture = jpeg;
  return err({ code: 'ENGINE_UNAVAILABLE', data: { code } });
}

export interface Looked {
  /** What to do now; null when the frame was good, or none is needed any more. */
  guidance: Guidance | null;
  frame?: GoodFrame;
}

/** A frame good enough to decide by, or what the person should do. Nobody waits for perfect light: the first good ones count. */
export async function seeFace(engine: FaceEngine, { jpeg }: ShownFrame): Promise<Result<Looked, FaceEngineError>> {
  const read = await engine.analyse(jpeg, { purpose: 'live' });
  if (!read.ok) return read;
  const seen = read.value;
  if (seen.kind !== 'face') return ok({ guidance: seen.kind });
  if (seen.guidance !== null) return ok({ guidance: seen.guidance });
  const { frameSha256: sha256, embedding, quality, passive = null } = seen;
  return ok({ guidance: null, frame: { jpeg, sha256, embedding, sharpness: quality.sharpness, passive } });
}

/** A photograph without a usable face stays so for the attempt; one that could not be read yet is asked for again. */
const FINAL_FAULT = 'plan-photo-unusable';

/** A document that comes after the face is compared with it without another frame, where an engine is there. */
export async function documentCompared(deps: DoorDeps, a: OpenAttempt): Promise<void> {
  const engine = deps.engine();
  if (engine && a.frames.length > 0) await loadReferences(deps, a, engine);
}

/** Embeds the plan's photograph and the card's, once an attempt. An error is the engine's, never the photograph's. */
async function loadReferences(
  deps: DoorDeps,
  a: OpenAttempt,
  engine: FaceEngine,
): Promise<Result<void, FaceEngineError>> {
  const { candidate, document } = a;
  if (candidate && a.planEmbedding === null && a.planPhotoFault !== FINAL_FAULT) {
    const photo = await deps.planPhoto(candidate.candidateId);
    if (photo.ok) {
      const read = await engine.analyse(photo.value, { purpose: 'photo' });
      if (!read.ok && !isOfPicture(read.error)) return read;
      const face = read.ok && read.value.kind === 'face' ? read.value : null;
      a.planEmbedding = face?.embedding ?? null;
      a.planPhotoFault = face ? null : FINAL_FAULT;
    } else a.planPhotoFault = `plan-photo-${photo.error.code}`;
  }
  const cardPhoto = cardPhotoOf(a);
  if (cardPhoto && a.cardEmbedding === null) {
    const read = await engine.analyse(cardPhoto, { purpose: 'photo' });
    if (!read.ok && !isOfPicture(read.error)) return read;
    // A card laid on again meanwhile has brought another photograph.
    if (a.document === document && read.ok && read.value.kind === 'face') a.cardEmbedding = read.value.embedding;
  }
  return ok(undefined);
}
