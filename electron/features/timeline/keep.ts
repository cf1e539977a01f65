import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { CameraId } from '../../lib/ids.ts';
import { joinFilms, type Part } from '../../lib/mp4/join-films.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { EvidenceKind, Sealed } from '../../vault/vault.ts';
import { segmentsWithin } from '../recording/find-segments.ts';
import { type KeptPiece, longestClipMs } from './contract.ts';
import { onRecord, type TimelineDeps } from './deps.ts';
import { timelineEvents } from './events.ts';
import { type NoLookUp, ownLookUp } from './look-up.ts';
import { openSegment, type Unreadable } from './play.ts';
import { findPiece, insertPiece, type LookUpRow, type PieceRow } from './store.ts';

type Missing = NoLookUp | Unreadable | { code: 'NO_VIDEO' | 'DISK_FULL' };
export type ClipError = Missing | { code: 'MIXED_FORMATS' } | { code: 'CLIP_TOO_LONG'; data: { mostMs: number } };
export type StillError = Missing | { code: 'NOT_A_PICTURE' };

interface Source {
  evidenceId: string;
  sha256: string;
}

/**
 * Joins the segments that share a moment with the stretch into one film, as they are, and keeps it as evidence. It begins
 * and ends where segments do: nothing is encoded again, so nothing can be cut inside one.
 */
export async function cutClip(
  deps: TimelineDeps,
  caller: Caller,
  wish: { lookUpId: string; cameraId: CameraId; beginMs: number; endMs: number; note: string },
): Promise<Result<KeptPiece, ClipError>> {
  const lookUp = ownLookUp(deps, caller, wish.lookUpId);
  if (!lookUp.ok) return lookUp;
  if (!(wish.endMs - wish.beginMs <= longestClipMs)) {
    return err({ code: 'CLIP_TOO_LONG', data: { mostMs: longestClipMs } });
  }
  const segments = segmentsOf(deps, lookUp.value, wish);
  const [first, last] = [segments[0], segments.at(-1)];
  if (first === undefined || last === undefined) return err({ code: 'NO_VIDEO' });
  const parts: Part[] = [];
  const sources: Source[] = [];
  for (const segment of segments) {
    const opened = await openSegment(deps, segment);
    if (!opened.ok) return opened;
    const { film, evidence } = opened.value;
    if (film === null) return err({ code: 'MIXED_FORMATS' });
    parts.push({ film, atSeconds: (segment.beginMs - first.beginMs) / 1000 });
    sources.push({ evidenceId: evidence.evidenceId, sha256: evidence.sha256 });
  }
  const joined = joinFilms(parts);
  if (typeof joined === 'string') return err({ code: 'MIXED_FORMATS' });
  const piece = { ...wish, beginMs: first.beginMs, endMs: last.endMs };
  return keep(deps, caller, lookUp.value, { ...piece, kind: 'clip', bytes: joined }, sources);
}

/** Keeps a picture that the desk took of one moment, with the segment it was taken of: whoever doubts it can look there. */
export async function keepStill(
  deps: TimelineDeps,
  caller: Caller,
  wish: { lookUpId: string; cameraId: CameraId; atMs: number; note: string; picture: Blob },
): Promise<Result<KeptPiece, StillError>> {
  const lookUp = ownLookUp(deps, caller, wish.lookUpId);
  if (!lookUp.ok) return lookUp;
  const { cameraId, atMs, note } = wish;
  const stretch = { cameraId, beginMs: atMs, endMs: atMs + 1 };
  const [segment] = segmentsOf(deps, lookUp.value, stretch);
  const source = segment && deps.vault.find(deps.db, segment.evidenceId);
  if (!source) return err({ code: 'NO_VIDEO' });
  const bytes = new Uint8Array(await wish.picture.arrayBuffer());
  // JPEG: SOI, then a marker (ITU-T T.81, annex B).
  if (bytes.length < 100 || bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) {
    return err({ code: 'NOT_A_PICTURE' });
  }
  const piece = { kind: 'still' as const, cameraId, beginMs: atMs, endMs: atMs, note, bytes };
  return keep(deps, caller, lookUp.value, piece, [{ evidenceId: source.evidenceId, sha256: source.sha256 }]);
}

const segmentsOf = (
  deps: TimelineDeps,
  { sessionId, roomId }: LookUpRow,
  { cameraId, ...stretch }: { cameraId: string; beginMs: number; endMs: number },
) =>
  deps
    .book()
    ?.room(roomId)
    ?.cameras.some((c) => c.cameraId === cameraId)
    ? segmentsWithin(deps.db, sessionId, cameraId, stretch)
    : [];

interface NewPiece {
  kind: 'clip' | 'still';
  cameraId: CameraId;
  beginMs: number;
  endMs: number;
  note: string;
  bytes: Uint8Array;
}

const FORMS = {
  clip: { kind: 'evidence-clip', mediaType: 'video/mp4' },
  still: { kind: 'evidence-still', mediaType: 'image/jpeg' },
} as const satisfies Record<NewPiece['kind'], { kind: EvidenceKind; mediaType: string }>;

async function keep(
  deps: TimelineDeps,
  caller: Caller,
  { lookUpId, sessionId, role, staffId }: LookUpRow,
  piece: NewPiece,
  sources: Source[],
): Promise<Result<KeptPiece, { code: 'DISK_FULL' }>> {
  const { kind, cameraId, note, bytes } = piece;
  const [beginMs, endMs] = [Math.round(piece.beginMs), Math.round(piece.endMs)];
  const label = { sessionId, subject: cameraId, beginMs, endMs, ...FORMS[kind] };
  const sealed = await deps.vault.write(bytes, label);
  if (!sealed.ok) return err({ code: 'DISK_FULL' });
  const { evidenceId, sha256, storedSha256 } = sealed.value;
  const pieceId = newId(kind === 'clip' ? 'CL' : 'ST');
  const row: PieceRow = {
    ...{ pieceId, lookUpId, sessionId, kind, cameraId, beginMs, endMs, note, evidenceId, staffId },
    atMs: deps.clock.wallMs(),
  };
  inTransaction(deps.db, (w) => {
    deps.vault.keep(w, sealed.value);
    insertPiece(w, row);
    const data = { lookUpId, pieceId, cameraId, beginMs, endMs, note, evidenceId, sha256, storedSha256 };
    const [who, where] = [actorOf(caller, role), onRecord(deps, sessionId)];
    if (kind === 'clip') {
      deps.journal.append(w, who, timelineEvents.clipCut, { ...data, segments: sources }, where);
    } else deps.journal.append(w, who, timelineEvents.stillKept, { ...data, segment: sources[0]! }, where);
  });
  return ok(pieceView(deps, row, sealed.value));
}

export const pieceView = (
  deps: TimelineDeps,
  row: PieceRow,
  evidence: Pick<Sealed, 'sizeBytes' | 'sha256'>,
): KeptPiece => ({
  pieceId: row.pieceId,
  kind: row.kind,
  cameraId: row.cameraId as CameraId,
  beginMs: row.beginMs,
  endMs: row.endMs,
  note: row.note,
  bytes: evidence.sizeBytes,
  sha256: evidence.sha256,
  byName: deps.staffName(row.staffId),
  atMs: row.atMs,
});

/** Hands the plain bytes out to be taken away, and puts that on record. */
export async function takePiece(
  deps: TimelineDeps,
  caller: Caller,
  { lookUpId, pieceId }: { lookUpId: string; pieceId: string },
): Promise<Result<Blob, NoLookUp | Unreadable | { code: 'NO_SUCH_PIECE' }>> {
  const lookUp = ownLookUp(deps, caller, lookUpId);
  if (!lookUp.ok) return lookUp;
  const piece = findPiece(deps.db, pieceId);
  const { sessionId, role } = lookUp.value;
  const evidence = piece?.sessionId === sessionId ? deps.vault.find(deps.db, piece.evidenceId) : null;
  if (!piece || !evidence) return err({ code: 'NO_SUCH_PIECE' });
  const read = await deps.vault.read(evidence);
  if (!read.ok) {
    return read.error.code === 'keys-locked'
      ? err({ code: 'KEYS_LOCKED' })
      : err({ code: 'EVIDENCE_DAMAGED', data: { files: [evidence.file] } });
  }
  inTransaction(deps.db, (w) => {
    const data = { lookUpId, pieceId, sha256: evidence.sha256 };
    deps.journal.append(w, actorOf(caller, role), timelineEvents.pieceTaken, data, onRecord(deps, sessionId));
  });
  return ok(new Blob([read.value as Uint8Array<ArrayBuffer>], { type: evidence.mediaType }));
}
