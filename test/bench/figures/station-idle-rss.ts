import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { alternating } from '../measure.ts';
import { noProc, residentMb } from '../processes.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const ROUNDS = 3;
const SETTLE_MS = 5_000;

/** Resident memory five seconds after the start, the three face models loaded in their worker. */
export const stationIdleRss: Benchmark = async (print) => {
  const obstacle = noProc();
  if (obstacle !== null) return print({ name: 'station-idle-rss', skipped: obstacle });
  await buildWhenStale(root, ({ en }) => console.error(en));
  const found = await alternating(ROUNDS, { station: idleStation, node: idleNode });
  print({
    name: 'station-idle-rss',
    value: rounded(found.station),
    unit: 'MB',
    goal: '< 200',
    ...against(found.station, found.node, 'MB', 'node doing nothing'),
    note: `5 s after the start, face engine loaded; median of ${ROUNDS}`,
  });
};

async function idleStation(): Promise<number> {
  const folder = scratchFolder();
  const station = await serve(ENTRIES.built, folder);
  try {
    const { faceEngine } = await clientOf(station, await enter(station)).site.state();
    if (faceEngine.kind !== 'ready') throw new Error(`the face engine is not loaded: ${faceEngine.code}`);
    await wait(SETTLE_MS);
    return residentMb(station.pid);
  } finally {
    await station.stop();
    removeFolder(folder);
  }
}

async function idleNode(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  await wait(SETTLE_MS);
  const value = residentMb(child.pid!);
  child.kill();
  await once(child, 'exit');
  return value;
}
