import { closeSync, copyFileSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, CAMERAS, SESSION, setUp } from '../exam-day.ts';
import { median, percentile, timeMs } from '../measure.ts';
import { aSegment, recorder } from '../segments.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const SEGMENTS = 150;
const WARM_UP = 10;
const SEGMENT_BYTES = 400_000;
const SEGMENT_MS = 2_000;

/** Segments of two seconds, one after another over HTTP: hashed, encrypted, synced, journaled. Beside each, a copy and its sync. */
export const putSegment: Benchmark = async (print) => {
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  const station = await serve(ENTRIES.built, join(folder, 'data'));
  try {
    const lead = clientOf(station, await enter(station));
    await setUp(lead, benchPlan(10));
    await lead.session.open({ sessionId: SESSION });
    const put = await recorder(lead, CAMERAS[0]!, Date.now() - SEGMENTS * SEGMENT_MS, SEGMENT_MS);
    const source = join(folder, 'segment');
    const copies = join(folder, 'copies');
    mkdirSync(copies);
    writeFileSync(source, new Uint8Array(await aSegment(SEGMENT_BYTES).arrayBuffer()));
    const putMs: number[] = [];
    const copyMs: number[] = [];
    for (let i = 0; i < SEGMENTS; i += 1) {
      const segment = aSegment(SEGMENT_BYTES);
      putMs.push(await timeMs(() => put(segment)));
      copyMs.push(await timeMs(() => copyAndSync(source, copies, i)));
    }
    const [puts, copied] = [putMs.slice(WARM_UP), copyMs.slice(WARM_UP)];
    const peer = 'a copy, its sync and its folder\u2019s';
    print({
      name: 'put-segment.p50',
      value: rounded(median(puts)),
      unit: 'ms',
      goal: '< 100',
      ...against(median(puts), median(copied), 'ms', peer),
      note: `0.4 MB through HTTP, ${puts.length} of them; p99 ${rounded(percentile(puts, 0.99))} ms`,
    });
    const mbPerSecond = (times: number[]) => (SEGMENT_BYTES / 1000) * (times.length / times.reduce((a, b) => a + b));
    print({
      name: 'put-segment.throughput',
      value: rounded(mbPerSecond(puts)),
      unit: 'MB/s',
      goal: '> 5',
      ...against(mbPerSecond(puts), mbPerSecond(copied), 'MB/s', peer),
      note: 'one desk, one segment in flight; a camera makes 0.2 MB/s at most',
    });
  } finally {
    await station.stop();
    removeFolder(folder);
  }
};

function copyAndSync(source: string, folder: string, n: number): void {
  const target = join(folder, String(n));
  copyFileSync(source, target);
  for (const path of [target, folder]) {
    const file = openSync(path, 'r');
    fsyncSync(file);
    closeSync(file);
  }
}
