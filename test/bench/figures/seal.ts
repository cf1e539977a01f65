import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StationClient } from '../../../electron/contract/index.ts';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { against, type BenchLine, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, CAMERAS, closeAndSign, SESSION, setUp } from '../exam-day.ts';
import { alternating, median, timeMs } from '../measure.ts';
import { forgetPeak, noProc, peakMb, run } from '../processes.ts';
import { aSegment, recorder } from '../segments.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const GIB = 1024 ** 3;
const ROUNDS = 3;

/** What 1 GiB of captured video is: few large files, or as a desk sends it, two seconds each. */
const SHAPES = [
  { name: 'seal-1gib', segmentBytes: 4 * 1024 * 1024, segmentMs: 20_000 },
  { name: 'seal-1gib.2-s-segments', segmentBytes: 400_000, segmentMs: 2_000 },
] as const;

/**
 * Sealing 1 GiB of video that is captured already, by `archive.seal` over HTTP, in a station just started. Captured
 * once; each round seals a copy of the data folder whose evidence is hard-linked.
 */
export const seal: Benchmark = async (print) => {
  await buildWhenStale(root, ({ en }) => console.error(en));
  for (const shape of SHAPES) await sealOne(print, shape);
};

async function sealOne(print: (line: BenchLine) => void, shape: (typeof SHAPES)[number]): Promise<void> {
  const folder = scratchFolder();
  try {
    const captured = join(folder, 'captured');
    const cookie = await capture(captured, shape.segmentBytes, shape.segmentMs);
    const peaks: number[] = [];
    let round = 0;
    const found = await alternating(ROUNDS, {
      async seal() {
        const copy = join(folder, `round-${round}`);
        await copyLinked(captured, copy);
        const sealed = await sealIn(copy, cookie, peaks);
        return sealed.ms;
      },
      async copy() {
        const target = join(folder, `copy-${round}`);
        round += 1;
        const ms = await timeMs(() => run('cp', ['-r', join(captured, 'vault'), target]));
        removeFolder(target);
        return ms;
      },
    });
    const files = Math.ceil(GIB / shape.segmentBytes);
    print({
      name: shape.name,
      value: rounded(found.seal),
      unit: 'ms',
      goal: '< 2000',
      ...against(found.seal, found.copy, 'ms', 'cp -r of the same files, not synced'),
      note: `${files} segments; median of ${ROUNDS}, station just started`,
    });
    if (peaks.length > 0) {
      const note = 'the most the station held while sealing';
      print({ name: `${shape.name}.rss`, value: rounded(median(peaks)), unit: 'MB', goal: '< 400', note });
    }
  } finally {
    removeFolder(folder);
  }
}

/** A session with 1 GiB of video from two cameras, closed and signed for. Returns the lead's cookie. */
async function capture(dataDir: string, segmentBytes: number, segmentMs: number): Promise<string> {
  const station = await serve(ENTRIES.built, dataDir);
  try {
    const cookie = await enter(station);
    const lead = clientOf(station, cookie);
    await setUp(lead, benchPlan(-31));
    await lead.session.open({ sessionId: SESSION });
    const each = Math.ceil(GIB / segmentBytes / CAMERAS.length);
    console.error(`   storing ${each * CAMERAS.length} segments of ${rounded(segmentBytes / 1e6)} MB`);
    await Promise.all(CAMERAS.map((cameraId) => fill(lead, cameraId, each, segmentBytes, segmentMs)));
    await closeAndSign(lead);
    await formsLieReady(lead);
    return cookie;
  } finally {
    await station.stop();
  }
}

/** As at a desk: between the lead's signature and the seal the station prints what is still to print. */
async function formsLieReady(lead: StationClient): Promise<void> {
  const kept = async () =>
    (await lead.journal.page({ limit: 200, sessionId: SESSION })).rows.filter((r) => r.event === 'forms.kept').length;
  const forms = (await lead.forms.list({ sessionId: SESSION })).filter((f) => f.state === 'ready').length;
  for (let quiet = 0, last = 0, left = 300; left > 0 && (last < forms || quiet < 30); left -= 1) {
    await pause(100);
    const now = await kept();
    quiet = now === last ? quiet + 1 : 0;
    last = now;
  }
}

async function fill(
  lead: StationClient,
  cameraId: (typeof CAMERAS)[number],
  count: number,
  segmentBytes: number,
  segmentMs: number,
): Promise<void> {
  const put = await recorder(lead, cameraId, Date.now() - count * segmentMs, segmentMs);
  for (let i = 0; i < count; i += 1) await put(aSegment(segmentBytes));
}

/** The station's folder again: evidence by hard link, everything that changes by copy. */
async function copyLinked(from: string, to: string): Promise<void> {
  cpSync(from, to, { recursive: true, filter: (path) => !path.startsWith(join(from, 'vault')) });
  await run('cp', ['-al', join(from, 'vault'), join(to, 'vault')]);
}

async function sealIn(dataDir: string, cookie: string, peaks: number[]): Promise<{ ms: number; folder: string }> {
  const station = await serve(ENTRIES.built, dataDir);
  try {
    const lead = clientOf(station, cookie);
    const mayMeasure = noProc() === null;
    if (mayMeasure) forgetPeak(station.pid);
    const start = performance.now();
    const { folder } = await lead.archive.seal({ sessionId: SESSION });
    const ms = performance.now() - start;
    if (mayMeasure) peaks.push(peakMb(station.pid));
    return { ms, folder };
  } finally {
    await station.stop();
  }
}
