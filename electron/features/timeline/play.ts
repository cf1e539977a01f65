import type { Caller } from '../../contract/caller.ts';
import type { CameraId } from '../../lib/ids.ts';
import { type Film, firstPictureAt, mediaTypeOf, readFilm } from '../../lib/mp4/film.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Evidence } from '../../vault/vault.ts';
import { type FoundSegment, segmentFrom } from '../recording/find-segments.ts';
import type { TimelineDeps } from './deps.ts';
import { type NoLookUp, ownLookUp, recordViews } from './look-up.ts';

export type PlayError = NoLookUp | { code: 'NO_VIDEO' } | Unreadable;
export type Unreadable = { code: 'KEYS_LOCKED' } | { code: 'EVIDENCE_DAMAGED'; data: { files: string[] } };

export interface PlayableSegment {
  beginMs: number;
  endMs: number;
  frames: number;
  mediaType: string | null;
  firstPictureAt: number;
  video: Blob;
}

/**
 * One segment, decrypted in memory and checked against its hash. That it was given goes on record before it is: what the
 * desk then shows of it only the desk knows.
 */
export async function playSegment(
  deps: TimelineDeps,
  caller: Caller,
  wish: { lookUpId: string; cameraId: CameraId; atMs: number },
): Promise<Result<PlayableSegment, PlayError>> {
  const lookUp = ownLookUp(deps, caller, wish.lookUpId);
  if (!lookUp.ok) return lookUp;
  const { sessionId, roomId, lookUpId } = lookUp.value;
  const { cameraId, atMs } = wish;
  const isHere = deps
    .book()
    ?.room(roomId)
    ?.cameras.some((c) => c.cameraId === cameraId);
  const found = isHere ? segmentFrom(deps.db, sessionId, cameraId, atMs) : null;
  if (found === null) return err({ code: 'NO_VIDEO' });
  const opened = await openSegment(deps, found);
  if (!opened.ok) return opened;
  const { bytes, film } = opened.value;
  const { beginMs, endMs } = found;
  recordViews(deps, deps.viewed.given({ lookUpId, cameraId, beginMs, endMs }, deps.clock.monotonicMs()));
  return ok({
    beginMs,
    endMs,
    frames: found.frames,
    mediaType: film && mediaTypeOf(film),
    firstPictureAt: (film && firstPictureAt(film)) ?? 0,
    video: new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'video/mp4' }),
  });
}

/** `film` is null for bytes this station cannot take apart; they may be kept, and not played here. */
export async function openSegment(
  deps: Pick<TimelineDeps, 'db' | 'vault'>,
  segment: FoundSegment,
): Promise<Result<{ evidence: Evidence; bytes: Uint8Array; film: Film | null }, Unreadable>> {
  const evidence = deps.vault.find(deps.db, segment.evidenceId)!;
  const read = await deps.vault.read(evidence);
  if (read.ok) return ok({ evidence, bytes: read.value, film: readFilm(read.value) });
  if (read.error.code === 'keys-locked') return err({ code: 'KEYS_LOCKED' });
  return err({ code: 'EVIDENCE_DAMAGED', data: { files: [evidence.file] } });
}
