import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { README_FILE } from '../../features/archive/bundle-format.ts';
import { openCommand, stockCommands } from '../../features/archive/readme-text.ts';
import { STATION_ID } from '../cast.ts';
import type { Day } from '../day.ts';
import { expectTrue, NotAsExpected } from '../expectation.ts';
import type { Step } from '../step.ts';

const run = promisify(execFile);

/** Runs a command line of the bundle's README in the bundle, with an ordinary shell. */
async function shell(command: string, cwd: string): Promise<string> {
  try {
    const { stdout, stderr } = await run('sh', ['-c', command], { cwd });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new NotAsExpected(`${command}: ${(stdout + stderr).trim().slice(0, 300)}`);
  }
}

const isThere = (program: string): Promise<boolean> =>
  run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );

/** As a centre without this software would have it: the bundle, its own list of signers, its key beside it. */
async function layOut(day: Day): Promise<string> {
  const desk = join(day.folder, 'centre');
  const bundle = join(desk, 'bundle');
  await rm(desk, { recursive: true, force: true });
  await mkdir(desk);
  await cp(day.bundleDir!, bundle, { recursive: true });
  await writeFile(join(desk, 'centre.key'), `${day.centre.identity}\n`, { mode: 0o600 });
  return bundle;
}

/** The commands of the bundle's own README, by tools that are none of ours; each that is missing here is said. */
export const stockTools: Step = {
  id: 'stock-tools',
  title: { zh: '不用本软件：sha256sum、ssh-keygen、age', en: 'Without this software: sha256sum, ssh-keygen, age' },
  async play(day) {
    const bundle = await layOut(day);
    const readme = await readFile(join(bundle, README_FILE), 'utf8');
    const done: string[] = [];
    const absent: string[] = [];
    for (const command of [...stockCommands(STATION_ID), openCommand]) {
      expectTrue(readme.includes(command), `the README prints: ${command}`);
      const tool = command.split(' ')[0]!;
      if (!(await isThere(tool))) {
        absent.push(tool);
        continue;
      }
      const said = await shell(command, bundle);
      if (tool === 'ssh-keygen') expectTrue(said.includes('Good'), `ssh-keygen said: ${said}`);
      done.push(tool);
    }
    if (done.includes('age')) {
      const index = JSON.parse(await readFile(join(bundle, '..', 'index.json'), 'utf8')) as { items: unknown[] };
      // The index lists every payload file but itself.
      expectTrue(index.items.length > 0, 'the index opened with age lists files');
    }
    await rm(join(bundle, '..'), { recursive: true, force: true });
    const missing = [...new Set(absent)].join('、');
    const ran = [...new Set(done)].join('、');
    if (done.length === 0) return { zh: `本机没有 ${missing}`, en: `not on this machine: ${missing}`, skipped: true };
    return {
      zh: `照包内说明逐条执行，${ran} 都相符${missing ? `；本机没有 ${missing}，跳过` : ''}`,
      en: `the README's commands ran, ${ran} agree${missing ? `; skipped, not on this machine: ${missing}` : ''}`,
    };
  },
};
