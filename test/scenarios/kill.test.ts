import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildWhenStale } from '../../electron/desktop/fresh-build.ts';
import { rehearse } from '../../electron/rehearsal/rehearse.ts';
import type { Played } from '../../electron/rehearsal/step.ts';
import { chooseAead } from '../../electron/vault/age/age.ts';
import { inspectJournal } from './journal-on-disk.ts';

const root = resolve(import.meta.dirname, '../..');
const KILLS = 20;
/** KAODIAN_SEED repeats a run. */
const seed = Number(process.env.KAODIAN_SEED ?? randomInt(2 ** 31));

beforeAll(async () => {
  await chooseAead();
  // A station serves the desks too, and does not start without them.
  await buildWhenStale(root, () => {});
}, 120_000);

test(`killed at ${KILLS} random points of a day, the station loses nothing it acknowledged (KAODIAN_SEED=${seed})`, async () => {
  const down: string[] = [];
  let entries = 0;
  let steps: Played[] = [];
  const done = await rehearse(
    {
      serve: { file: process.execPath, args: [resolve(root, 'electron/serve.ts')] },
      browser: false,
      // Everybody comes in by two persons: what is killed here is commits, not the comparing of faces.
      faces: false,
      kill: false,
      kills: { count: KILLS, seed },
      whileDown: async (dataDir) => {
        const found = await inspectJournal(dataDir);
        down.push(...found.faults);
        if (found.entries < entries) down.push(`${entries} entries were there, now ${found.entries}`);
        entries = found.entries;
      },
    },
    async (rehearsed) => {
      const found = await inspectJournal(rehearsed.day.station.dataDir);
      down.push(...found.faults);
      steps = rehearsed.steps;
    },
  );
  const where = done.kills.map((k) => `${k.step}.${k.moment} after ${k.afterMs} ms ${k.path}`).join('\n');
  expect(down, where).toEqual([]);
  expect(
    steps.filter((s) => s.result === 'not-as-expected').map((s) => `${s.step}: ${s.found.en}`),
    `${where}\n${done.complaints}`,
  ).toEqual([]);
  expect(done.kills.length).toBe(KILLS);
  expect(done.complaints).toBe('');
  // The day ended: sealed, verified with and without the key, opened and compared.
  expect(steps.at(-1)?.step).toBe('stock-tools');
}, 240_000);
