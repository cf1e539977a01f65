import type { Ask, LivenessFact, SeenFrame } from './facts.ts';
import { type LivenessState, livenessVerdict, newLiveness, observe } from './liveness.ts';

export const FRAME_MS = 80;
export const SAME_FROM = 0.5;

type Face = Extract<SeenFrame, { kind: 'face' }>;

let drawn = 1;
/** Park and Miller's generator: the same noise in every run. */
const nextNoise = (): number => {
  drawn = (drawn * 48_271) % 2_147_483_647;
  return drawn % 60;
};

/** For tests: a sketch no other frame has, as a camera's noise makes it (a tenth of a grey level). */
export const noisySketch = (): Uint16Array => Uint16Array.from({ length: 192 }, () => 30_000 + nextNoise());

/** For tests: a frame with a face that looks straight, or as said. */
export const face = (held: Partial<Face> = {}): Face => ({
  kind: 'face',
  sketch: noisySketch(),
  box: { left: 220, top: 140, width: 200, height: 260 },
  yawDeg: 0,
  turn: 0,
  pitchDeg: 0,
  eyeOpenLeft: 0.3,
  eyeOpenRight: 0.3,
  ...held,
});
export const nobody = (): SeenFrame => ({ kind: 'no-face', sketch: noisySketch() });
export const two = (): SeenFrame => ({ kind: 'several-faces', count: 2, sketch: noisySketch() });

const SIGN = { left: 1, right: -1 } as const;
/** A real turn's frames on the way out and home again, in shares of the farthest. */
const WAY = [0.1, 0.3, 0.6, 1, 1, 0.8, 0.5, 0.2, 0];

export const straight = (frames = 6): SeenFrame[] => Array.from({ length: frames }, () => face());
export const turnTo = (side: Ask, yawDeg = 24, turn = 0.6): SeenFrame[] =>
  WAY.map((share) => face({ yawDeg: SIGN[side] * yawDeg * share, turn: SIGN[side] * turn * share }));

export type Played = { state: LivenessState; nowMs: number; verdict: ReturnType<typeof livenessVerdict> };

/**
 * For tests: shows the frames one after another as a desk does, and answers what the verdict asks to be taken.
 *
 * @param likeness  of each comparison in turn; the last one goes for all that follow
 */
export function play(
  frames: readonly SeenFrame[],
  {
    ask = 'left',
    likeness = [0.9],
    label = 'Integrated Camera',
    everyMs = FRAME_MS,
  }: {
    ask?: Ask;
    likeness?: readonly (number | null)[];
    label?: string;
    everyMs?: number;
  } = {},
): Played {
  let state = newLiveness(ask, 0, label);
  let nowMs = 0;
  let compared = 0;
  const tell = (fact: LivenessFact) => {
    state = observe(state, fact);
  };
  for (const seen of frames) {
    nowMs += everyMs;
    tell({ kind: 'frame', atMs: nowMs, seen });
    const verdict = livenessVerdict(state, nowMs);
    if (verdict.kind !== 'going-on') continue;
    if (verdict.take === 'front') tell({ kind: 'front-taken' });
    if (verdict.take === 'turn') {
      tell({
        kind: 'turn-compared',
        likeness: likeness[Math.min(compared, likeness.length - 1)]!,
        sameFrom: SAME_FROM,
      });
      compared += 1;
    }
  }
  return { state, nowMs, verdict: livenessVerdict(state, nowMs) };
}
