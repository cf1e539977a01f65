import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contentClaims } from '../../electron/cli/content-claims.ts';
import { verifyBundle } from '../../electron/features/archive/verify-bundle.ts';
import { families } from './mutants/families.ts';
import { realBundles } from './mutants/real-bundles.ts';
import { complaintsOf, runMutants } from './mutants/run-mutants.ts';

/** KAODIAN_SEED repeats a run; KAODIAN_MUTANTS says how many, `from+count` a part of them. `npm run mutants` tries 10,000. */
const seed = Number(process.env.KAODIAN_SEED ?? randomInt(2 ** 31));
const [from, count] = (process.env.KAODIAN_MUTANTS ?? '0+300').split('+').map(Number) as [number, number];
const folder = mkdtempSync(join(tmpdir(), 'kaodian-mutants-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(
  `${count} mutants of a real bundle: none is accepted, each is named (KAODIAN_SEED=${seed})`,
  async () => {
    const given = await realBundles(folder);
    const whole = await verifyBundle(given.bundle, { ...given.options, contentClaims });
    expect(whole.claims.filter((c) => c.result === 'fail')).toEqual([]);

    const begunMs = performance.now();
    const tried = await runMutants(given, { seed, from, count, folder }, (done) => {
      if (done % 1000 === 0) console.log(`${done} tried`);
    });
    console.log(
      JSON.stringify({
        seed,
        from,
        mutants: tried.verdicts.length,
        accepted: tried.verdicts.filter((v) => v.accepted).length,
        unnamed: tried.verdicts.filter((v) => v.unnamed.length > 0).length,
        misplaced: tried.verdicts.filter((v) => v.misplaced.length > 0).length,
        seconds: Math.round((performance.now() - begunMs) / 1000),
        families: tried.families,
      }),
    );
    expect(complaintsOf(tried, seed)).toEqual([]);
    expect(tried.verdicts.length).toBe(count);
    expect(Object.keys(tried.families).sort()).toEqual(Object.keys(families).sort());
  },
  Math.max(120_000, count * 600),
);
