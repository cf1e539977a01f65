/**
 * `npm run power-cuts [-- --seed N --cuts N --a-day N]`: whole exam days whose power is cut, 1,000 times in all by default.
 * A line of JSON for each day, one for all at the end; exits 1 when anything acknowledged was lost or a day did not end.
 * The day of seed N + i is day i; `--seed` of a failing day with `--cuts` of its number plays that day again. Root only.
 */
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../../electron/desktop/fresh-build.ts';
import { chooseAead } from '../../electron/vault/age/age.ts';
import { cutDay } from './power/cut-day.ts';
import { powerHindrance } from './power/loop-disk.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    cuts: { type: 'string', default: '1000' },
    'a-day': { type: 'string', default: '50' },
  },
});
const why = powerHindrance();
if (why !== null) {
  console.error(`power cuts are not simulated: ${why}`);
  process.exit(2);
}
await chooseAead();
await buildWhenStale(resolve(import.meta.dirname, '../..'), console.error);
let [made, failed, days] = [0, 0, 0];
const bySteps: Record<string, number> = {};
for (let seed = Number(values.seed); made < Number(values.cuts) && failed === 0; seed += 1) {
  const begunMs = performance.now();
  const day = await cutDay(Math.min(Number(values['a-day']), Number(values.cuts) - made), seed);
  made += day.cuts.length;
  days += 1;
  if (day.faults.length > 0 || !day.finished) failed += 1;
  for (const [step, n] of Object.entries(day.bySteps)) bySteps[step] = (bySteps[step] ?? 0) + n;
  const seconds = Math.round((performance.now() - begunMs) / 1000);
  console.log(JSON.stringify({ seed, cuts: day.cuts.length, seconds, finished: day.finished, faults: day.faults }));
}
console.log(JSON.stringify({ days, cuts: made, failed, bySteps }));
process.exitCode = failed === 0 ? 0 : 1;
