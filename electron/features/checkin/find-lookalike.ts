import { inTransaction } from '../../db/database.ts';
import { nearest, packGallery } from '../../devices/face-engine/search.ts';
import type { Actor } from '../../journal/entry.ts';
import type { Attempt, Lookalike } from './contract.ts';
import type { DoorDeps } from './deps.ts';
import { checkinEvents } from './events.ts';
import { placeOf } from './facts.ts';
import { buildKnownFaces } from './known-faces.ts';
import { likeFact } from './lookalike-fact.ts';
import { lookalikeThreshold } from './lookalike-rule.ts';
import { framesNeeded, meanEmbedding, type OpenAttempt } from './open-attempt.ts';
import { admissionsIn } from './store.ts';

type Other =
  | { kind: 'admitted'; candidateId: string; attemptId: string; atMs: number }
  | { kind: 'blocked'; blockedId: string; name: string; reason: string };
type Known = Other & { embedding: Float32Array };

/**
 * Compares the face just taken with everybody admitted in this session, at whatever lane, and with the plan's block list: once
 * an attempt. The same person in another place of the plan is nobody else. A hit goes on record, and nobody goes in before
 * it is settled.
 */
export async function findLookalike(deps: DoorDeps, a: OpenAttempt, actor: Actor): Promise<void> {
  if (a.likeSought || !deps.engine() || !a.session || a.frames.length < framesNeeded) return;
  await buildKnownFaces(deps, a.session.sessionId);
  compare(deps, a, actor);
}

/**
 * As `findLookalike`, right before an admission, with those who came in since. Only an attempt that was compared, and about
 * which nobody has settled anything, is compared again.
 */
export function compareAgain(deps: DoorDeps, a: OpenAttempt, actor: Actor): void {
  if (a.likeSought && !a.like) compare(deps, a, actor);
}

function compare(deps: DoorDeps, a: OpenAttempt, actor: Actor): void {
  const engine = deps.engine();
  // The candidate may have declined meanwhile, and the frames are gone.
  if (!engine || !a.session || a.frames.length < framesNeeded) return;
  const { known, unknown } = othersThan(deps, a, a.session.sessionId);
  const sought = { comparedWith: known.length, notCompared: unknown };
  const threshold = lookalikeThreshold(engine.thresholds, known.length);
  const gallery = packGallery(known.map(({ embedding }) => embedding));
  const [best] = nearest(gallery, meanEmbedding(a.frames), 1);
  if (!best || best.similarity < threshold) {
    a.likeSought = sought;
    return;
  }
  const like = lookalikeOf(deps, known[best.index]!, best.similarity, threshold);
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actor,
      checkinEvents.lookalikeFound,
      {
        attemptId: a.attemptId,
        candidateId: a.candidate?.candidateId ?? null,
        roomId: a.roomId,
        lane: a.lane,
        like: likeFact(like),
        ...sought,
      },
      a.session?.sessionId ?? null,
    ),
  );
  a.like = like;
  a.likeSought = sought;
}

/** Everybody but the person whom the document names; `unknown`: admitted or blocked, with no face that could be compared. */
function othersThan(deps: DoorDeps, a: OpenAttempt, sessionId: string): { known: Known[]; unknown: number } {
  const { admitted, blocked } = deps.knownFaces;
  const book = deps.book();
  const self = a.candidate ?? a.elsewhere;
  const all: (Other & { embedding: Float32Array | null | undefined })[] = [
    ...admissionsIn(deps.db, sessionId)
      .filter(({ candidateId }) => {
        if (candidateId === self?.candidateId) return false;
        return !self || book?.candidate(candidateId)?.documentNumber !== self.documentNumber;
      })
      .map(({ candidateId, attemptId, atMs }) => {
        return { kind: 'admitted' as const, candidateId, attemptId, atMs, embedding: admitted.get(attemptId) };
      }),
    ...(book?.plan.blocked ?? []).map(({ blockedId, name, reason, photo }) => {
      return { kind: 'blocked' as const, blockedId, name, reason, embedding: blocked.get(photo.sha256) };
    }),
  ];
  const known = all.filter((one): one is Known => one.embedding != null);
  return { known, unknown: all.length - known.length };
}

function lookalikeOf(deps: DoorDeps, one: Known, score: number, threshold: number): Lookalike {
  if (one.kind === 'blocked') {
    const { blockedId, name, reason } = one;
    return { kind: 'blocked', blockedId, name, reason, score, threshold };
  }
  const book = deps.book()!;
  const planned = book.candidate(one.candidateId)!;
  const { roomName, seat } = placeOf(book, planned);
  return {
    kind: 'admitted',
    candidateId: one.candidateId as Extract<Lookalike, { kind: 'admitted' }>['candidateId'],
    attemptId: one.attemptId as Attempt['attemptId'],
    name: planned.name,
    roomName,
    seat,
    admittedAtMs: one.atMs,
    score,
    threshold,
  };
}
