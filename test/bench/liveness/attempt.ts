import type { FaceEngine, Following, Track } from '../../../electron/devices/face-engine/port.ts';
import { faceSimilarity } from '../../../electron/devices/face-engine/similarity.ts';
import type { Ask } from '../../../electron/features/liveness/facts.ts';
import { livenessVerdict, newLiveness, observe } from '../../../electron/features/liveness/liveness.ts';
import { FRAMES_A_SECOND } from './clip.ts';

/** Frames as somebody holds them before the camera; null when there are no more. `asked`: the question is on the screen. */
export type Show = (frame: number, asked: boolean) => Promise<Buffer | null> | Buffer | null;

export type Outcome = { code: string; likeness: number | null; tookMs: number; blinks: number };

/** One challenge, as the station holds it. `code` is `passed`, the reason of a failure, or `ended` with the frames. */
export async function attempt(engine: FaceEngine, ask: Ask, show: Show): Promise<Outcome> {
  let state = newLiveness(ask, 0, '');
  let track: Track | null = null;
  let front: Float32Array | null = null;
  for (let frame = 0; ; frame += 1) {
    const image = await show(frame, front !== null);
    if (!image) return { code: 'ended', likeness: null, tookMs: state.lastMs, blinks: 0 };
    const atMs = (frame * 1_000) / FRAMES_A_SECOND;
    const seen = await followed(engine, image, track);
    track = seen.kind === 'face' ? seen.track : null;
    state = observe(state, { kind: 'frame', atMs, seen });
    const before = livenessVerdict(state, atMs);
    if (before.kind === 'going-on' && before.take !== null) {
      const embedding = await embeddingOf(engine, image);
      if (before.take === 'front' && embedding) {
        front = embedding;
        state = observe(state, { kind: 'front-taken' });
      } else if (before.take === 'turn') {
        const likeness = embedding && front ? faceSimilarity(embedding, front) : null;
        state = observe(state, { kind: 'turn-compared', likeness, sameFrom: engine.thresholds.fmr1e3 });
      }
    }
    const verdict = livenessVerdict(state, atMs);
    if (verdict.kind === 'going-on') continue;
    const { likeness, tookMs, blinks } = verdict.evidence;
    return { code: verdict.kind === 'passed' ? 'passed' : verdict.reason.code, likeness, tookMs, blinks };
  }
}

/** The same frame with the same track is asked for many times by neighbouring attempts. */
const known = new WeakMap<Buffer, Following>();

async function followed(engine: FaceEngine, image: Buffer, track: Track | null): Promise<Following> {
  const before = known.get(image);
  if (before && track) return before;
  const seen = await engine.follow(image, track);
  if (!seen.ok) throw new Error(seen.error.code);
  if (track) known.set(image, seen.value);
  return seen.value;
}

async function embeddingOf(engine: FaceEngine, image: Buffer): Promise<Float32Array | null> {
  const reading = await engine.analyse(image);
  return reading.ok && reading.value.kind === 'face' ? reading.value.embedding : null;
}
