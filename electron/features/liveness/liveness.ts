import { type BlinkWatch, newBlinkWatch, watchEyes } from './blink.ts';
import { type Continuity, keepTrack, newContinuity } from './continuity.ts';
import type { Ask, LivenessFact, SeenFrame } from './facts.ts';
import { askTurn, type HeadChallenge, moveHead, newHeadChallenge, restAgain } from './head-challenge.ts';
import { intervalsOf, newPictureFeed, type PictureFeed, watchFeed } from './picture-feed.ts';
import type { Instruction, LivenessEvidence, LivenessFailure, LivenessVerdict } from './verdict.ts';
import { virtualCameraIn } from './virtual-camera.ts';

/** A challenge under way. Opaque to callers; a value, for memory alone: its sketches are no record. */
export type LivenessState = {
  readonly ask: Ask;
  readonly startedAtMs: number;
  readonly lastMs: number;
  readonly frames: number;
  readonly newest: SeenFrame['kind'];
  readonly failure: LivenessFailure | null;
  readonly head: HeadChallenge;
  readonly place: Continuity;
  readonly feed: PictureFeed;
  readonly eyes: BlinkWatch;
  /** When the turn was asked for. */
  readonly askedAtMs: number | null;
  readonly comparison: { tries: number; likeness: number | null; same: boolean };
};

/** From the first frame to straight again. */
export const TIME_LIMIT_MS = 15_000;
/**
 * From the question to straight again; an unhurried turn takes three to five seconds. The longer it lasts, the more often a
 * recording that knows nothing of the question happens to turn the same way.
 */
export const TURN_LIMIT_MS = 8_000;
/** A frame blurred by the movement may look like nobody; three of them are somebody else. */
const MAX_COMPARISONS = 3;
const MAX_WRONG_TURNS = 1;

/**
 * Begins a challenge: look straight, turn the head to the side asked, look straight again.
 *
 * @param ask          drawn at random by the station for each challenge, never by the desk
 * @param cameraLabel  the video track's label as the browser gives it
 */
export function newLiveness(ask: Ask, startedAtMs: number, cameraLabel: string): LivenessState {
  const product = virtualCameraIn(cameraLabel);
  return {
    ask,
    startedAtMs,
    lastMs: startedAtMs,
    frames: 0,
    newest: 'no-face',
    failure: product === null ? null : { code: 'virtual-camera', product },
    head: newHeadChallenge(),
    place: newContinuity(),
    feed: newPictureFeed(),
    eyes: newBlinkWatch(),
    askedAtMs: null,
    comparison: { tries: 0, likeness: null, same: false },
  };
}

/** The challenge after one more fact; once it has passed or failed it no longer changes. */
export function observe(state: LivenessState, fact: LivenessFact): LivenessState {
  if (state.failure !== null || hasPassed(state)) return state;
  switch (fact.kind) {
    case 'frame':
      return observeFrame(state, fact.atMs, fact.seen);
    case 'front-taken':
      return askNow(state);
    case 'turn-compared':
      return compareTurn(state, fact.likeness, fact.sameFrom);
  }
}

/**
 * How the challenge stands.
 *
 * @param nowMs  by the clock of the frames; beyond the time limit a challenge that has not passed has failed
 */
export function livenessVerdict(state: LivenessState, nowMs: number): LivenessVerdict {
  if (hasPassed(state)) return { kind: 'passed', evidence: evidenceOf(state) };
  const reason = state.failure ?? (isLate(state, nowMs) ? ({ code: 'too-slow' } as const) : null);
  if (reason) return { kind: 'failed', reason, evidence: evidenceOf(state) };
  return { kind: 'going-on', say: instructionOf(state), take: takeOf(state) };
}

const hasPassed = ({ head, comparison }: LivenessState): boolean => head.phase === 'back' && comparison.same;

const isLate = ({ startedAtMs, askedAtMs }: LivenessState, atMs: number): boolean =>
  atMs - startedAtMs > TIME_LIMIT_MS || (askedAtMs !== null && atMs - askedAtMs > TURN_LIMIT_MS);

function askNow(state: LivenessState): LivenessState {
  const head = askTurn(state.head);
  return head === state.head ? state : { ...state, head, askedAtMs: state.lastMs };
}

function observeFrame(before: LivenessState, atMs: number, seen: SeenFrame): LivenessState {
  const { after: feed, broken: feedBroken } = watchFeed(before.feed, atMs, seen.sketch);
  const { after: place, broken } = keepTrack(before.place, atMs, seen);
  const state = { ...before, lastMs: atMs, frames: before.frames + 1, newest: seen.kind, feed, place };
  if (isLate(before, atMs)) return { ...state, failure: { code: 'too-slow' } };
  if (feedBroken) return { ...state, failure: { code: feedBroken } };
  if (before.head.phase === 'facing' && (broken || seen.kind !== 'face')) {
    // Nothing has been asked yet: people step up to the desk, look around, send a friend away.
    return {
      ...state,
      place: { ...newContinuity(), lastFrameMs: atMs },
      head: restAgain(before.head),
      eyes: newBlinkWatch(),
    };
  }
  if (broken) return { ...state, failure: { code: broken } };
  if (seen.kind !== 'face') return state;
  const moved = moveHead(before.head, seen, before.ask);
  // Straight again before anybody could tell whose face it was in the turn: once more, then.
  const head = moved.phase === 'back' && !before.comparison.same ? { ...moved, phase: 'turning' as const } : moved;
  const failure = head.wrongTurns > MAX_WRONG_TURNS ? ({ code: 'wrong-way' } as const) : null;
  return { ...state, failure, head, eyes: watchEyes(before.eyes, atMs, seen) };
}

function compareTurn(state: LivenessState, likeness: number | null, sameFrom: number): LivenessState {
  if (state.head.phase !== 'turned') return state;
  if (likeness === null) return state;
  const tries = state.comparison.tries + 1;
  const same = state.comparison.same || likeness >= sameFrom;
  const best = Math.max(state.comparison.likeness ?? -1, likeness);
  const failure = !same && tries >= MAX_COMPARISONS ? ({ code: 'another-face' } as const) : null;
  return { ...state, failure, comparison: { tries, likeness: best, same } };
}

function takeOf({ newest, head, comparison }: LivenessState): 'front' | 'turn' | null {
  if (newest !== 'face') return null;
  if (head.phase === 'facing') return head.front ? 'front' : null;
  return head.phase === 'turned' && head.farEnough && !comparison.same ? 'turn' : null;
}

function instructionOf({ newest, head, comparison, ask }: LivenessState): Instruction {
  if (newest === 'no-face') return 'come-into-view';
  if (newest === 'several-faces') return 'one-person';
  if (head.phase === 'facing') return 'face-camera';
  const turned = head.phase === 'turned' && comparison.same;
  if (turned || head.astray) return 'back-to-front';
  return ask === 'left' ? 'turn-left' : 'turn-right';
}

function evidenceOf({
  ask,
  frames,
  startedAtMs,
  lastMs,
  head,
  comparison,
  eyes,
  feed,
}: LivenessState): LivenessEvidence {
  const { medianMs, spreadMs } = intervalsOf(feed.intervalsMs);
  return {
    ask,
    frames,
    tookMs: lastMs - startedAtMs,
    frontYawDeg: head.front?.yawDeg ?? null,
    leastYawDeg: head.leastYawDeg,
    mostYawDeg: head.mostYawDeg,
    wrongTurns: head.wrongTurns,
    likeness: comparison.likeness,
    blinks: eyes.count,
    medianIntervalMs: medianMs,
    intervalSpreadMs: spreadMs,
  };
}
