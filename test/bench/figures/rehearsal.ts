import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { commands } from '../../../electron/cli/commands.ts';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import { type Benchmark, rounded } from '../bench-line.ts';
import { removeFolder, root, scratchFolder } from '../served-station.ts';

/** Wall time of `npm run rehearse`: a whole exam day from plan to opened bundle. Once: it takes long enough to average. */
export const rehearsal: Benchmark = async (print) => {
  if (!commands.has('rehearse')) return print({ name: 'rehearsal', skipped: 'there is no command `rehearse` yet' });
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  try {
    const start = performance.now();
    const code = await new Promise<number | null>((resolve, reject) => {
      const args = [join(root, 'electron/cli.ts'), 'rehearse', '--out', join(folder, 'out')];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0) throw new Error(`the rehearsal ended with ${code}`);
    const value = rounded((performance.now() - start) / 1000);
    print({ name: 'rehearsal', value, unit: 's', goal: '< 120', note: 'from start to exit, one run' });
  } finally {
    removeFolder(folder);
  }
};
