/**
 * `npm run soak [-- --checkins N]`: a long run of check-ins, as lines of JSON on standard output. Exits 1 when one was
 * lost, or double, or the journal does not hold, or the station's memory grows.
 */
import { parseArgs } from 'node:util';
import { chooseAead } from '../../electron/vault/age/age.ts';
import { percentile } from '../bench/measure.ts';
import { PACK_CHANGES } from './soak/soak-plan.ts';
import { soak } from './soak/soak-run.ts';
import { slopeOf } from './soak/straight-line.ts';

const DEFAULT_CHECKINS = 2_000;
/** Of resident memory, per check-in, over the second half: what the record of 10,000 would cost stays below 50 MB. */
const MOST_GROWTH_KB = 5;

const { values } = parseArgs({ options: { checkins: { type: 'string', default: String(DEFAULT_CHECKINS) } } });
const checkins = Number(values.checkins);
if (!Number.isInteger(checkins) || checkins < 1 || checkins > 2_000) {
  console.error('--checkins takes 1 to 2000: a plan holds 200 sessions, and there are ten faces');
  process.exit(2);
}
const print = (line: object) => console.log(JSON.stringify(line));

await chooseAead();
print({
  name: 'soak.begin',
  checkins,
  lanes: 2,
  rulePack: 'national, but for what photographs cannot do (turn their heads, sign) and the late limit',
  changed: PACK_CHANGES,
});
const done = await soak(checkins, (progress) => print({ name: 'soak.progress', ...progress }));
const settled = done.memory.filter(({ x }) => x >= checkins / 2);
const growthKb = Math.round(slopeOf(settled) * 1e4) / 10;
const memoryFlat = done.memory.length === 0 ? null : growthKb <= MOST_GROWTH_KB;
print({
  name: 'soak.end',
  checkins: done.checkins,
  presentedAtBothLanes: done.presentedTwice,
  toldAlreadyIn: done.toldAlreadyIn,
  lost: done.lost,
  double: done.double,
  unacknowledged: done.unacknowledged,
  faults: done.faults,
  journal: done.journal,
  seconds: done.seconds,
  perMinute: Math.round((done.checkins / done.seconds) * 60),
  decisionMs: { p50: Math.round(percentile(done.decisionMs, 0.5)), p95: Math.round(percentile(done.decisionMs, 0.95)) },
  admitMs: { p50: Math.round(percentile(done.admitMs, 0.5)), p95: Math.round(percentile(done.admitMs, 0.95)) },
  rssMb: { first: done.memory[0]?.y, half: settled[0]?.y, last: done.memory.at(-1)?.y },
  growthKbPerCheckin: growthKb,
  memoryFlat,
});
const none = [done.lost, done.double, done.unacknowledged, done.faults, done.journal.faults].every(
  (l) => l.length === 0,
);
process.exitCode = none && done.checkins === checkins && memoryFlat !== false ? 0 : 1;
