import type { Ask } from './facts.ts';

export type HeadPose = { yawDeg: number; turn: number };

/**
 * Where the head is in the exercise: looking straight until its rest is known (`facing`), on its way to the side that was
 * asked (`turning`), there (`turned`), and straight again (`back`).
 */
export type HeadChallenge = {
  phase: 'facing' | 'turning' | 'turned' | 'back';
  /** The newest poses while `facing`. */
  facing: readonly HeadPose[];
  /** The rest pose once it is steady: the median of `facing`, and fixed from `turning` on. */
  front: HeadPose | null;
  /** Whether the newest pose is far enough to the side asked, and it was reached from the front. */
  farEnough: boolean;
  /** Went the other way and has not been straight since. */
  astray: boolean;
  wrongTurns: number;
  leastYawDeg: number | null;
  mostYawDeg: number | null;
};

export const FACING_FRAMES = 5;
/** Straight enough to start from. Wide, since a head at rest reads up to 10 degrees off: the turn is measured from it. */
const MAX_FACING_YAW_DEG = 15;
const MAX_FACING_TURN = 0.35;
/** A rest is no rest while the head moves. */
const MAX_FACING_SWING_DEG = 5;

/**
 * Both must change. A photograph tilted by 35 degrees changes yaw by 3 (5.8 for one in twenty) and turn by 0.07 (0.13),
 * measured on 200 pictures; a real head turned as far as the ears come round changes them by 20 and 0.5.
 */
export const MIN_TURN_YAW_DEG = 12;
export const MIN_TURN = 0.3;
/** Straight again: nearer to the rest than half the way out, or beyond it; people seldom come to rest where they were. */
const MAX_BACK_YAW_DEG = 7;
const MAX_BACK_TURN = 0.2;

export const newHeadChallenge = (): HeadChallenge => ({
  phase: 'facing',
  facing: [],
  front: null,
  farEnough: false,
  astray: false,
  wrongTurns: 0,
  leastYawDeg: null,
  mostYawDeg: null,
});

/** The head is seen in the next pose. */
export function moveHead(challenge: HeadChallenge, pose: HeadPose, ask: Ask): HeadChallenge {
  if (challenge.phase === 'facing') return restHead(challenge, pose);
  if (challenge.phase === 'back') return challenge;
  return turnHead(challenge, pose, ask);
}

/** The rest is on record: the turn may begin. */
export const askTurn = (challenge: HeadChallenge): HeadChallenge =>
  challenge.phase === 'facing' && challenge.front !== null ? { ...challenge, phase: 'turning', facing: [] } : challenge;

/** Out of view or not alone before the turn was asked: the rest is looked for again, and nothing is lost. */
export const restAgain = (challenge: HeadChallenge): HeadChallenge =>
  challenge.phase === 'facing' ? newHeadChallenge() : challenge;

function restHead(challenge: HeadChallenge, pose: HeadPose): HeadChallenge {
  const straight = Math.abs(pose.yawDeg) <= MAX_FACING_YAW_DEG && Math.abs(pose.turn) <= MAX_FACING_TURN;
  const facing = straight ? [...challenge.facing, pose].slice(-FACING_FRAMES) : [];
  const yaws = facing.map(({ yawDeg }) => yawDeg);
  const steady = facing.length === FACING_FRAMES && Math.max(...yaws) - Math.min(...yaws) <= MAX_FACING_SWING_DEG;
  const front = steady ? { yawDeg: medianOf(yaws), turn: medianOf(facing.map(({ turn }) => turn)) } : null;
  return { ...challenge, facing, front };
}

function turnHead(challenge: HeadChallenge, pose: HeadPose, ask: Ask): HeadChallenge {
  const sign = ask === 'left' ? 1 : -1;
  const yaw = sign * (pose.yawDeg - challenge.front!.yawDeg);
  const turn = sign * (pose.turn - challenge.front!.turn);
  const home = yaw <= MAX_BACK_YAW_DEG && turn <= MAX_BACK_TURN;
  const straight = Math.abs(yaw) <= MAX_BACK_YAW_DEG && Math.abs(turn) <= MAX_BACK_TURN;
  const wrong = yaw <= -MIN_TURN_YAW_DEG && turn <= -MIN_TURN;
  const astray = wrong || (challenge.astray && !straight);
  const farEnough = !astray && yaw >= MIN_TURN_YAW_DEG && turn >= MIN_TURN;
  return {
    ...challenge,
    phase: farEnough ? 'turned' : challenge.phase === 'turned' && home ? 'back' : challenge.phase,
    farEnough,
    astray,
    wrongTurns: challenge.wrongTurns + (wrong && !challenge.astray ? 1 : 0),
    leastYawDeg: Math.min(challenge.leastYawDeg ?? pose.yawDeg, pose.yawDeg),
    mostYawDeg: Math.max(challenge.mostYawDeg ?? pose.yawDeg, pose.yawDeg),
  };
}

/** The upper of the two middle ones for an even number. */
const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;
