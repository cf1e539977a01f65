import { inTransaction } from '../../db/database.ts';
import type { FaceEngine, FaceEngineError } from '../../devices/face-engine/port.ts';
import { faceSimilarity } from '../../devices/face-engine/similarity.ts';
import type { Actor } from '../../journal/entry.ts';
import { ok, type Result } from '../../lib/result.ts';
import { type LivenessState, livenessVerdict, newLiveness, observe, TIME_LIMIT_MS } from '../liveness/liveness.ts';
import type { Instruction, LivenessEvidence, LivenessFailure, LivenessVerdict } from '../liveness/verdict.ts';
import type { Guidance } from './contract.ts';
import type { DoorDeps } from './deps.ts';
import { checkinEvents } from './events.ts';
import { isBusy } from './face-error.ts';
import { type HeadTurn, meanEmbedding, type OpenAttempt } from './open-attempt.ts';
import type { Looked, ShownFrame } from './present-face.ts';

/** Whether a face must do here what a picture cannot. */
export const turnIsAsked = (deps: DoorDeps, a: OpenAttempt): boolean =>
  deps.rules(a.session?.sessionId)['admission.liveness'] === 'turn';

/** A face that is not the same in so many frames after the turn is another. */
const MAX_MISSES = 3;

/** The candidate declined while the frame was looked at, and the turn is gone with all that was seen. */
const FORGOTTEN = ok({ guidance: null });

/**
 * One more frame of the head turn. Frames are followed, which is cheap; a template is taken of one in the turn and of one after
 * it, to see that it is still the face of the frames that were compared. What ends the turn stays for the attempt: who
 * has failed it is looked at by a person, and the next attempt begins afresh with a side drawn anew.
 */
export async function turnFollowed(
  deps: DoorDeps,
  a: OpenAttempt,
  engine: FaceEngine,
  { jpeg, camera, atMs }: ShownFrame,
  actor: Actor,
): Promise<Result<Looked, FaceEngineError>> {
  if (!turnIsAsked(deps, a) || a.liveness.kind === 'passed' || a.liveness.kind === 'failed')
    return ok({ guidance: null });
  a.turn ??= { state: newLiveness(deps.drawSide(), atMs, camera), track: null, misses: 0 };
  const { turn } = a;
  const followed = await engine.follow(jpeg, turn.track);
  if (a.turn !== turn) return FORGOTTEN;
  if (!followed.ok) {
    // A picture left out for want of time is no fault of the person's; an engine that stopped has forgotten the face.
    if (isBusy(followed.error)) return ok({ guidance: guidanceOf(sayOf(a)) });
    if (followed.error.code === 'engine-stopped' || followed.error.code === 'engine-failed') a.turn = null;
    return followed;
  }
  const seen = followed.value;
  turn.track = seen.kind === 'face' ? seen.track : null;
  turn.state = observe(turn.state, { kind: 'frame', atMs, seen });
  const asked = livenessVerdict(turn.state, atMs);
  if (asked.kind === 'going-on' && asked.take === 'front') {
    // Whose face it is was seen in the frames before; here the head only has its rest.
    turn.state = observe(turn.state, { kind: 'front-taken' });
  }
  if (asked.kind === 'going-on' && asked.take === 'turn') {
    const likeness = await likenessOf(a, engine, jpeg);
    if (a.turn !== turn) return FORGOTTEN;
    if (!likeness.ok) return likeness;
    const sameFrom = sameFaceFrom(engine);
    turn.state = observe(turn.state, { kind: 'turn-compared', likeness: likeness.value, sameFrom });
  }
  const verdict = livenessVerdict(turn.state, atMs);
  if (verdict.kind === 'going-on') return ok({ guidance: goOn(a, verdict.say) });
  if (verdict.kind === 'failed') return end(deps, a, actor, verdict.evidence, verdict.reason, null);
  return straightAgain(deps, a, engine, { jpeg, atMs }, actor, turn, verdict);
}

/** The turn is done; it counts once the face that looks straight again is that of the beginning. */
async function straightAgain(
  deps: DoorDeps,
  a: OpenAttempt,
  engine: FaceEngine,
  { jpeg, atMs }: Pick<ShownFrame, 'jpeg' | 'atMs'>,
  actor: Actor,
  turn: HeadTurn,
  { evidence }: Extract<LivenessVerdict, { kind: 'passed' }>,
): Promise<Result<Looked, FaceEngineError>> {
  const likeness = await likenessOf(a, engine, jpeg);
  if (a.turn !== turn) return FORGOTTEN;
  if (!likeness.ok) return likeness;
  if (likeness.value !== null && likeness.value >= sameFaceFrom(engine)) {
    return end(deps, a, actor, evidence, null, likeness.value);
  }
  if (likeness.value !== null) turn.misses += 1;
  if (turn.misses >= MAX_MISSES) return end(deps, a, actor, evidence, { code: 'another-face' }, likeness.value);
  if (isLate(turn.state, atMs)) return end(deps, a, actor, evidence, { code: 'too-slow' }, null);
  return ok({ guidance: goOn(a, 'back-to-front') });
}

/** A turned head is a little less like itself, and still far above this: see the README of liveness. */
const sameFaceFrom = (engine: FaceEngine): number => engine.thresholds.fmr1e3;

/** How like the face of this frame is to those that were compared; null where it gives no template. */
async function likenessOf(
  a: OpenAttempt,
  engine: FaceEngine,
  jpeg: Uint8Array,
): Promise<Result<number | null, FaceEngineError>> {
  const read = await engine.analyse(jpeg, { purpose: 'live' });
  if (!read.ok) return isBusy(read.error) ? ok(null) : read;
  if (a.frames.length === 0) return ok(null);
  return ok(read.value.kind === 'face' ? faceSimilarity(meanEmbedding(a.frames), read.value.embedding) : null);
}

function end(
  deps: DoorDeps,
  a: OpenAttempt,
  actor: Actor,
  evidence: LivenessEvidence,
  failure: LivenessFailure | null,
  likenessAfter: number | null,
): Result<Looked, never> {
  const product = failure?.code === 'virtual-camera' ? failure.product : null;
  const result = failure ? 'failed' : 'passed';
  const votes = a.frames.flatMap((f) => f.passive ?? []);
  const passive = votes.length === 0 ? null : votes.reduce((sum, vote) => sum + vote, 0) / votes.length;
  const turnFact = { result, reason: failure?.code ?? null, product, evidence, likenessAfter, passive } as const;
  if (failure) {
    const { attemptId } = a;
    const said = { attemptId, candidateId: a.candidate?.candidateId ?? null, turn: turnFact };
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actor, checkinEvents.livenessFailed, said, a.session?.sessionId ?? null),
    );
  }
  const advice = passive !== null && passive < PASSIVE_DOUBT_BELOW ? ['passive-doubt'] : [];
  a.liveness = failure ? { kind: 'failed', reason: failure.code, advice } : { kind: 'passed', advice };
  a.turnFact = turnFact;
  a.turn = null;
  return ok({ guidance: null });
}

/** A site's own network that takes the face for a picture; no such network is good enough to decide. */
const PASSIVE_DOUBT_BELOW = 0.5;

const isLate = ({ startedAtMs }: LivenessState, atMs: number): boolean => atMs - startedAtMs > TIME_LIMIT_MS;

const sayOf = ({ liveness }: OpenAttempt): Instruction => (liveness.kind === 'going-on' ? liveness.say : 'face-camera');

/** What the attempt shows stays with the exercise where nobody, or not only one, is in view just now. */
function goOn(a: OpenAttempt, say: Instruction): Guidance {
  if (say !== 'come-into-view' && say !== 'one-person') a.liveness = { kind: 'going-on', say };
  return guidanceOf(say);
}

const guidanceOf = (say: Instruction): Guidance =>
  say === 'come-into-view' ? 'no-face' : say === 'one-person' ? 'several-faces' : say;
