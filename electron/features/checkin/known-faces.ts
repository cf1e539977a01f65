import type { FaceEngine } from '../../devices/face-engine/port.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import type { Result } from '../../lib/result.ts';
import type { DoorDeps } from './deps.ts';
import { isOfPicture } from './face-error.ts';
import { meanEmbedding, type OpenAttempt } from './open-attempt.ts';
import { type AttemptRecord, admissionsIn, findRecord } from './store.ts';

/**
 * Faces of those admitted and of the block list, to compare the next one with: in memory alone, gone with the process, built
 * again from the pictures in the vault. Null stands for a picture without a usable face, which is not looked at again.
 */
export interface KnownFaces {
  /** By the attempt that admitted. */
  readonly admitted: Map<string, Float32Array | null>;
  /** By SHA-256 of the photograph. */
  readonly blocked: Map<string, Float32Array | null>;
  /** The building under way by session: one at a time for each. */
  readonly building: Map<string, Promise<void>>;
}

export const newKnownFaces = (): KnownFaces => ({ admitted: new Map(), blocked: new Map(), building: new Map() });

/**
 * Whoever comes next is compared with this face too. A picture that no engine has looked at yet is left to the next building.
 *
 * @param declined  the two persons gave as reason that the candidate wants no comparison of faces
 */
export function rememberFace({ admitted }: KnownFaces, a: OpenAttempt, declined: boolean): void {
  if (declined) admitted.set(a.attemptId, null);
  else if (a.frames.length > 0) admitted.set(a.attemptId, meanEmbedding(a.frames));
}

/**
 * Looks at the pictures that are not known yet, one after the other, so that frames of the doors come between. Ends early
 * where the engine does not answer; the next call goes on from there. A picture that cannot be read hides none after it.
 */
export async function buildKnownFaces(deps: DoorDeps, sessionId: string): Promise<void> {
  const { building } = deps.knownFaces;
  const underWay = building.get(sessionId);
  if (underWay) return underWay;
  const built = build(deps, sessionId).finally(() => building.delete(sessionId));
  building.set(sessionId, built);
  return built;
}

async function build(deps: DoorDeps, sessionId: string): Promise<void> {
  const { admitted, blocked } = deps.knownFaces;
  for (const { attemptId } of admissionsIn(deps.db, sessionId)) {
    if (admitted.has(attemptId)) continue;
    if (!(await learn(deps, admitted, attemptId, () => livePictureOf(deps, attemptId)))) return;
  }
  for (const { blockedId, photo } of deps.book()?.plan.blocked ?? []) {
    if (blocked.has(photo.sha256)) continue;
    if (!(await learn(deps, blocked, photo.sha256, () => deps.blockedPhoto(blockedId)))) return;
  }
}

/** False where no engine could look just now. A picture that the vault does not give stays unknown, and is asked for again. */
async function learn(
  deps: { engine: () => FaceEngine | null },
  faces: Map<string, Float32Array | null>,
  key: string,
  picture: () => Promise<Result<Uint8Array, { code: string }> | null>,
): Promise<boolean> {
  const engine = deps.engine();
  const bytes = await picture();
  if (bytes === null) {
    faces.set(key, null);
    return true;
  }
  if (!bytes.ok) return true;
  if (!engine) return false;
  const read = await engine.analyse(bytes.value, { purpose: 'photo' });
  if (!read.ok && !isOfPicture(read.error)) return false;
  // What an admission has left meanwhile is the mean of several frames: it stays.
  if (!faces.has(key)) faces.set(key, read.ok && read.value.kind === 'face' ? read.value.embedding : null);
  return true;
}

/** The live picture an attempt left in the vault; null where there is none, or none that may be compared. */
export function livePictureOf(
  deps: Pick<DoorDeps, 'db' | 'vault'>,
  attemptId: string,
): Promise<Result<Uint8Array, { code: string }> | null> {
  const record = findRecord(deps.db, attemptId);
  const kept = record && !declinedFaces(record) && record.evidence.find((e) => e.kind === 'live-face');
  const evidence = kept ? deps.vault.find(deps.db, kept.evidenceId as EvidenceId) : null;
  return evidence ? deps.vault.read(evidence) : Promise.resolve(null);
}

/** The candidate wanted no comparison of faces, on paper or by word to the two persons. */
export const declinedFaces = ({ attempt, manual }: AttemptRecord): boolean =>
  attempt.consent?.face === 'declined' || manual?.reason === 'declines-face';
