/**
 * `npm run mutants [-- --seed N --from N --count N]`: 10,000 mutants of a real bundle, or a part of them. Ends with a
 * line of JSON; exits 1 when one is accepted or not named, with what makes it again.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    from: { type: 'string', default: '0' },
    count: { type: 'string', default: '10000' },
  },
});
const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/scenarios/mutants.test.ts', '--reporter=dot'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, KAODIAN_SEED: values.seed, KAODIAN_MUTANTS: `${values.from}+${values.count}` },
});
process.exitCode = status ?? 1;
