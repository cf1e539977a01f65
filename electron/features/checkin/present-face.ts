import type { FaceEngine, FaceEngineError } from '../../devices/face-engine/port.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Guidance } from './contract.ts';
import type { DoorDeps } from './deps.ts';
import { isWholePicture } from './kept-picture.ts';
import { cardPhotoOf, framesNeeded, type OpenAttempt } from './open-attempt.ts';

export type FaceError = { code: 'FRAME_UNREADABLE' } | { code: 'ENGINE_UNAVAILABLE'; data: { code: string } };

/** A person cannot wait for perfect light for ever; the kept frames are the sharpest of the good ones. */
const framesKept = framesNeeded;

/**
 * One live frame. A frame that cannot decide answers with what the person should do, and is forgotten. Where no engine can
 * look, at the frame or at what it is compared with, the newest frame is kept for two persons to decide by, and the answer
 * is the error all the same; the next frame tries again.
 */
export async function facePresented(
  deps: DoorDeps,
  a: OpenAttempt,
  jpeg: Uint8Array,
): Promise<Result<Guidance | null, FaceError>> {
  const engine = deps.engine();
  const unseen = async (code: string): Promise<Result<never, FaceError>> => {
    if (await isWholePicture(jpeg)) a.picture = jpeg;
    return err({ code: 'ENGINE_UNAVAILABLE', data: { code } });
  };
  if (!engine) return unseen('face-engine-unavailable');
  const [references, read] = await Promise.all([
    loadReferences(deps, a, engine),
    engine.analyse(jpeg, { purpose: 'live' }),
  ]);
  if (!read.ok && isOfPicture(read.error)) return err({ code: 'FRAME_UNREADABLE' });
  if (!read.ok || !references.ok) {
    // Nobody waits before a camera that cannot see: a person decides, unless a later frame gets through.
    a.engineFault = 'face-engine-unavailable';
    return unseen(read.ok ? (references as { error: FaceEngineError }).error.code : read.error.code);
  }
  a.engineFault = null;
  const seen = read.value;
  if (seen.kind !== 'face') return ok(seen.kind);
  if (seen.guidance !== null) return ok(seen.guidance);
  if (a.frames.length < framesKept && !a.frames.some((f) => f.sha256 === seen.frameSha256)) {
    const { frameSha256: sha256, embedding } = seen;
    a.frames.push({ jpeg, sha256, embedding, sharpness: seen.quality.sharpness });
  }
  return ok(null);
}

/** The picture's own fault: looking again would show the same. Everything else is the engine's. */
const isOfPicture = ({ code }: FaceEngineError): boolean => code === 'image-unreadable' || code === 'image-too-large';

/** A photograph without a usable face stays so for the attempt; one that could not be read yet is asked for again. */
const FINAL_FAULT = 'plan-photo-unusable';

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
