import { setTimeout as wait } from 'node:timers/promises';
import type { EvidenceId } from '../../lib/ids.ts';
import type { Result } from '../../lib/result.ts';
import type { DoorDeps } from './deps.ts';
import { isBusy, isOfPicture } from './face-error.ts';
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
  /** Keys of pictures that the vault could not give: they count as not compared, and are asked for again with the next person. */
  readonly unread: Set<string>;
  /** The building under way by session: one at a time for each. */
  readonly building: Map<string, Promise<void>>;
  /** Attempts that were closed before everybody's face was known: compared as soon as it is. */
  readonly awaited: Set<OpenAttempt>;
}

export const newKnownFaces = (): KnownFaces => ({
  admitted: new Map(),
  blocked: new Map(),
  unread: new Set(),
  building: new Map(),
  awaited: new Set(),
});

/**
 * Whoever comes next is compared with this face too. A picture that no engine has looked at yet is left to the next building.
 *
 * @param declined  the two persons gave as reason that the candidate wants no comparison of faces
 */
export function rememberFace({ admitted }: KnownFaces, a: OpenAttempt, declined: boolean): void {
  if (declined) admitted.set(a.attemptId, null);
  else if (a.frames.length > 0) admitted.set(a.attemptId, meanEmbedding(a.frames));
}

type Unlearnt = { faces: Map<string, Float32Array | null>; key: string; picture: () => Promise<Picture> };
type Picture = Result<Uint8Array, { code: string }> | null;

/** Pictures of the session that nobody has looked at yet. */
function unlearntIn(deps: DoorDeps, sessionId: string): Unlearnt[] {
  const { admitted, blocked } = deps.knownFaces;
  return [
    ...admissionsIn(deps.db, sessionId)
      .filter(({ attemptId }) => !admitted.has(attemptId))
      .map(({ attemptId: key }) => ({ faces: admitted, key, picture: () => livePictureOf(deps, key) })),
    ...(deps.book()?.plan.blocked ?? [])
      .filter(({ photo }) => !blocked.has(photo.sha256))
      .map(({ blockedId, photo: { sha256: key } }) => ({
        faces: blocked,
        key,
        picture: () => deps.blockedPhoto(blockedId),
      })),
  ];
}

/** How many faces are still to be learnt before somebody can be compared with all that can be; those the vault lacks do not count. */
export const stillToLearn = (deps: DoorDeps, sessionId: string): number =>
  unlearntIn(deps, sessionId).filter(({ key }) => !deps.knownFaces.unread.has(key)).length;

/**
 * Looks at the pictures that are not known yet, one after the other, so that frames of the doors come between. Ends early
 * where the engine does not answer or the keys are locked; the next call goes on from there. A picture that cannot be read
 * hides none after it.
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
  for (const one of unlearntIn(deps, sessionId)) if (!(await learn(deps, one))) return;
}

/** How soon a picture is tried again that was left out because too many wait. The doors' own frames go first. */
const BUSY_PAUSE_MS = 200;

/** False where no engine could look just now, or nothing can be read before the keys are opened. */
async function learn(deps: DoorDeps, { faces, key, picture }: Unlearnt): Promise<boolean> {
  const { unread } = deps.knownFaces;
  const engine = deps.engine();
  const bytes = await picture();
  if (bytes === null) {
    faces.set(key, null);
    return true;
  }
  if (!bytes.ok) {
    if (bytes.error.code === 'keys-locked') return false;
    unread.add(key);
    return true;
  }
  if (!engine) return false;
  let read = await engine.analyse(bytes.value, { purpose: 'photo' });
  while (!read.ok && isBusy(read.error)) {
    await wait(BUSY_PAUSE_MS);
    read = await engine.analyse(bytes.value, { purpose: 'photo' });
  }
  if (!read.ok && !isOfPicture(read.error)) return false;
  // What an admission has left meanwhile is the mean of several frames: it stays.
  if (!faces.has(key)) faces.set(key, read.ok && read.value.kind === 'face' ? read.value.embedding : null);
  unread.delete(key);
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
