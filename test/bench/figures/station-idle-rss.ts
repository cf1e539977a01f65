import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, setUp } from '../exam-day.ts';
import { alternating } from '../measure.ts';
import { familyMb, noProc } from '../processes.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const ROUNDS = 3;
const SETTLE_MS = 5_000;

/**
 * Memory of the station and all its processes five seconds after the start on a morning like any other: site and plan are there, the keys are
 * unwrapped, the three face models lie in their own process, which counts. Beside it the same before there is a site.
 */
export const stationIdleRss: Benchmark = async (print) => {
  const obstacle = noProc();
  if (obstacle !== null) return print({ name: 'station-idle-rss', skipped: obstacle });
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  try {
    const usual = join(folder, 'usual');
    const first = await serve(ENTRIES.built, usual);
    await setUp(clientOf(first, await enter(first)), benchPlan(10));
    await first.stop();
    let fresh = 0;
    const found = await alternating(ROUNDS, {
      usual: () => idleStation(usual),
      firstEver: () => {
        fresh += 1;
        return idleStation(join(folder, `fresh-${fresh}`));
      },
      node: idleNode,
    });
    const line = (name: string, value: number, note: string) =>
      print({
        name,
        value: rounded(value),
        unit: 'MB',
        goal: '< 200',
        ...against(value, found.node, 'MB', 'node doing nothing'),
        note: `5 s after the start, face engine loaded; ${note}; median of ${ROUNDS}`,
      });
    line('station-idle-rss', found.usual, 'site and plan there, keys unwrapped');
    line('station-idle-rss.first-ever', found.firstEver, 'empty data folder');
  } finally {
    removeFolder(folder);
  }
};

async function idleStation(dataDir: string): Promise<number> {
  const station = await serve(ENTRIES.built, dataDir);
  try {
    const { faceEngine } = await clientOf(station, await enter(station)).site.state();
    if (faceEngine.kind !== 'ready') throw new Error(`the face engine is not loaded: ${faceEngine.code}`);
    await wait(SETTLE_MS);
    return familyMb(station.pid);
  } finally {
    await station.stop();
  }
}

async function idleNode(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  await wait(SETTLE_MS);
  const value = familyMb(child.pid!);
  child.kill();
  await once(child, 'exit');
  return value;
}
