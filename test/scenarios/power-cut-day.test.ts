import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildWhenStale } from '../../electron/desktop/fresh-build.ts';
import { chooseAead } from '../../electron/vault/age/age.ts';
import { cutDay } from './power/cut-day.ts';
import { powerHindrance } from './power/loop-disk.ts';

/** KAODIAN_SEED repeats a run; `npm run power-cuts` makes a thousand. */
const seed = Number(process.env.KAODIAN_SEED ?? randomInt(2 ** 31));
const CUTS = 10;

const why = powerHindrance(['strace']);
if (why !== null) console.warn(`power cuts are not simulated: ${why}`);

describe.skipIf(why !== null)(`power cuts through a day (KAODIAN_SEED=${seed})`, () => {
  beforeAll(async () => {
    await chooseAead();
    // A station serves the desks too, and does not start without them.
    await buildWhenStale(resolve(import.meta.dirname, '../..'), () => {});
  }, 120_000);

  test(`cut ${CUTS} times, the station loses nothing it acknowledged, and the day comes to its end`, async () => {
    const day = await cutDay(CUTS, seed);
    expect(day.faults, day.cuts.join('\n')).toEqual([]);
    expect([day.cuts.length, day.finished]).toEqual([CUTS, true]);
  }, 300_000);

  test('the control: with syncs that do nothing, it is seen that something is lost', async () => {
    const day = await cutDay(CUTS, seed, false);
    expect(day.faults).not.toEqual([]);
  }, 300_000);
});
