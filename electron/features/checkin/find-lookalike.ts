import { inTransaction } from '../../db/database.ts';
import { nearest, packGallery } from '../../devices/face-engine/search.ts';
import type { Actor } from '../../journal/entry.ts';
import type { Attempt, Lookalike } from './contract.ts';
import type { DoorDeps } from './deps.ts';
import { checkinEvents } from './events.ts';
import { placeOf } from './facts.ts';
import { buildKnownFaces, stillToLearn } from './known-faces.ts';
import { type LikeFact, likeFact } from './lookalike-fact.ts';
import { lookalikeThreshold } from './lookalike-rule.ts';
import { framesNeeded, meanEmbedding, type OpenAttempt } from './open-attempt.ts';
import { admissionsIn, findRecord, insertSuspicion, standingSuspicion, toldApart } from './store.ts';

type Other =
  | { kind: 'admitted'; candidateId: string; attemptId: string; atMs: number }
  | { kind: 'blocked'; blockedId: string; name: string; reason: string };
type Known = Other & { embedding: Float32Array };

/**
 * Compares the face just taken with everybody admitted in this session, at whatever lane, and with the plan's block list: once
 * an attempt. The same person in another place of the plan is nobody else. A hit goes on record, and nobody goes in before
 * it is settled. While faces are still being learnt, nothing is compared: half a comparison would pass for a whole one. Only where
 * not even the plan's photograph can be read, waiting would not help; two persons decide then, and the record says how many were
 * not compared.
 */
export function findLookalike(deps: DoorDeps, a: OpenAttempt, actor: Actor): void {
  const open = a.like !== null && a.likeSettled === null;
  if (open || a.likeSought || !deps.engine() || !a.session || a.frames.length < framesNeeded) return;
  const { sessionId } = a.session;
  if (stillToLearn(deps, sessionId) === 0 || a.planPhotoFault !== null) compare(deps, a, actor);
  else void buildKnownFaces(deps, sessionId).catch(() => undefined);
}

/**
 * As `findLookalike`, right before an admission, with those who came in since, or, while faces are still being learnt, with those
 * known by now: the record says with how many it was not, and they are made up for by `compareAwaited`. An attempt about
 * which somebody has settled anything is not compared again.
 */
export function compareAgain(deps: DoorDeps, a: OpenAttempt, actor: Actor): void {
  if (!a.like) compare(deps, a, actor);
}

/** Whoever was let in before all faces were known, now that they are. A hit is told to office and lane. */
export function compareAwaited(deps: DoorDeps, sessionId: string): void {
  const { awaited } = deps.knownFaces;
  for (const a of [...awaited].filter((one) => one.session?.sessionId === sessionId)) {
    awaited.delete(a);
    compare(deps, a, { kind: 'station' });
  }
}

function compare(deps: DoorDeps, a: OpenAttempt, actor: Actor): void {
  const engine = deps.engine();
  // The candidate may have declined meanwhile, and the frames are gone.
  if (!engine || !a.session || a.frames.length < framesNeeded) return;
  const { sessionId } = a.session;
  const { known, unknown } = othersThan(deps, a, sessionId);
  const sought = { comparedWith: known.length, notCompared: unknown };
  const threshold = lookalikeThreshold(engine.thresholds, known.length);
  const gallery = packGallery(known.map(({ embedding }) => embedding));
  const [best] = nearest(gallery, meanEmbedding(a.frames), 1);
  if (!best || best.similarity < threshold) {
    a.likeSought = sought;
    return;
  }
  const like = lookalikeOf(deps, known[best.index]!, best.similarity, threshold);
  const { attemptId, roomId, lane, over: late } = a;
  const candidateId = a.candidate?.candidateId ?? null;
  inTransaction(deps.db, (w) => {
    const fact = likeFact(like);
    const found = { attemptId, candidateId, roomId, lane, like: fact, late, ...sought };
    deps.journal.append(w, actor, checkinEvents.lookalikeFound, found, sessionId);
    if (candidateId === null) return;
    const suspicion = { candidateId, sessionId, attemptId, atMs: deps.clock.wallMs(), like: fact };
    insertSuspicion(w, suspicion, late ? { roomId, lane } : null);
  });
  a.like = like;
  a.likeSettled = null;
  a.likeSought = sought;
  if (!late) return;
  // Nobody stands at the door any more: office and lane have to be told.
  deps.alarmed();
  deps.changed();
}

/** Everybody but the person whom the document names; `unknown`: admitted or blocked, with no face that could be compared. */
function othersThan(deps: DoorDeps, a: OpenAttempt, sessionId: string): { known: Known[]; unknown: number } {
  const { admitted, blocked } = deps.knownFaces;
  const book = deps.book();
  const self = a.candidate ?? a.elsewhere;
  const apart = self ? toldApart(deps.db, self.candidateId) : new Set<string>();
  const all: (Other & { embedding: Float32Array | null | undefined })[] = [
    ...admissionsIn(deps.db, sessionId)
      .filter(({ candidateId }) => {
        if (candidateId === self?.candidateId || apart.has(candidateId)) return false;
        return !self || book?.candidate(candidateId)?.documentNumber !== self.documentNumber;
      })
      .map(({ candidateId, attemptId, atMs }) => {
        return { kind: 'admitted' as const, candidateId, attemptId, atMs, embedding: admitted.get(attemptId) };
      }),
    ...(book?.plan.blocked ?? [])
      .filter((b) => !apart.has(b.blockedId))
      .map(({ blockedId, name, reason, photo }) => {
        return { kind: 'blocked' as const, blockedId, name, reason, embedding: blocked.get(photo.sha256) };
      }),
  ];
  const known = all.filter((one): one is Known => one.embedding != null);
  return { known, unknown: all.length - known.length };
}

/**
 * A suspicion that an earlier attempt has left and nobody has settled: cancelling, the next card or another way through the door
 * does not shake it off.
 */
export function standingLike(deps: DoorDeps, candidateId: string): Lookalike | null {
  const fact = standingSuspicion(deps.db, candidateId);
  return fact && likenessOf(deps, fact);
}

/** A suspicion on record with the names that only the plan has. */
export function likenessOf(deps: DoorDeps, fact: LikeFact): Lookalike {
  const { score, threshold, id } = fact;
  if (fact.kind === 'blocked') {
    const listed = deps.book()?.plan.blocked?.find((b) => b.blockedId === id);
    const one = { kind: 'blocked', blockedId: id, name: listed?.name ?? id, reason: listed?.reason ?? '' } as const;
    return lookalikeOf(deps, one, score, threshold);
  }
  const atMs = findRecord(deps.db, fact.attemptId ?? '')?.attempt.closedAtMs ?? 0;
  const one = { kind: 'admitted', candidateId: id, attemptId: fact.attemptId ?? '', atMs } as const;
  return lookalikeOf(deps, one, score, threshold);
}

function lookalikeOf(deps: DoorDeps, one: Other, score: number, threshold: number): Lookalike {
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
