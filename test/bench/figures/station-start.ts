import { join } from 'node:path';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, setUp } from '../exam-day.ts';
import { alternating, timeMs } from '../measure.ts';
import { run } from '../processes.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const ROUNDS = 7;

/**
 * From spawning the process to its first whole answer over HTTP: on a morning like any other (site and plan are there,
 * the keys are unwrapped), on the very first start (no folder), and from the sources as in a clone.
 */
export const stationStart: Benchmark = async (print) => {
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  try {
    const usual = join(folder, 'usual');
    const first = await serve(ENTRIES.built, usual);
    await setUp(clientOf(first, await enter(first)), benchPlan(10));
    await first.stop();
    let fresh = 0;
    const startOf = (entry: string, dataDir: () => string) => async () => {
      const station = await serve(entry, dataDir());
      await station.stop();
      return station.startedMs;
    };
    const found = await alternating(ROUNDS, {
      node: () => timeMs(() => run(process.execPath, ['-e', '0'])),
      built: startOf(ENTRIES.built, () => usual),
      firstEver: startOf(ENTRIES.built, () => {
        fresh += 1;
        return join(folder, `fresh-${fresh}`);
      }),
      sources: startOf(ENTRIES.sources, () => usual),
    });
    const line = (name: string, value: number, note: string) =>
      print({
        name,
        value: rounded(value),
        unit: 'ms',
        goal: '< 500',
        ...against(value, found.node, 'ms', 'node -e 0'),
        note,
      });
    line('station-start', found.built, `built, site and plan there, keys unwrapped; median of ${ROUNDS}`);
    line('station-start.first-ever', found.firstEver, 'built, empty data folder');
    line('station-start.sources', found.sources, 'node electron/serve.ts, site and plan there');
  } finally {
    removeFolder(folder);
  }
};
