/**
 * `npm run soak [-- --checkins N] [--minutes M]`: a long run of check-ins, as lines of JSON on standard output. Exits 1 when one
 * was lost, or double, or the journal does not hold, or the station's memory grows. `--minutes` ends it in order where a slow
 * machine has not come so far: what was done is judged, and the last line says how many were not.
 */
import { parseArgs } from 'node:util';
import { chooseAead } from '../../electron/vault/age/age.ts';
import { percentile } from '../bench/measure.ts';
import { PACK_CHANGES } from './soak/soak-plan.ts';
import { soak } from './soak/soak-run.ts';
import { type Point, slopeOf } from './soak/straight-line.ts';

const DEFAULT_CHECKINS = 2_000;
/** Of memory still held, per check-in. A known face is 0.8 kB, the journal's leaves of a check-in 0.2 kB. */
const MOST_GROWTH_KB = 5;
/** What is held goes up and down by some MB; over fewer check-ins that would look like growth. */
const LEAST_TO_TELL = 500;

const { values } = parseArgs({
  options: {
    checkins: { type: 'string', default: String(DEFAULT_CHECKINS) },
    minutes: { type: 'string' },
  },
});
const checkins = Number(values.checkins);
const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY);
if (!(minutes > 0)) {
  console.error('--minutes takes a number above 0');
  process.exit(2);
}
if (!Number.isInteger(checkins) || checkins < 1 || checkins > 2_000) {
  console.error('--checkins takes 1 to 2000: a plan holds 200 sessions, and there are ten faces');
  process.exit(2);
}
const round = (mb: number) => Math.round(mb * 10) / 10;
const print = (line: object) => console.log(JSON.stringify(line));

await chooseAead();
print({
  name: 'soak.begin',
  checkins,
  lanes: 2,
  rulePack: 'national, but for what photographs cannot do (turn their heads, sign) and the late limit',
  changed: PACK_CHANGES,
});
const done = await soak(checkins, minutes, (progress) => print({ name: 'soak.progress', ...progress }));
const kbPerCheckin = (points: readonly Point[]) => Math.round(slopeOf(points) * 1e4) / 10;
const growthKb = kbPerCheckin(done.live.map(({ checkins: x, liveMb: y }) => ({ x, y })));
const memoryFlat = done.checkins < LEAST_TO_TELL ? null : growthKb <= MOST_GROWTH_KB;
print({
  name: 'soak.end',
  checkins: done.checkins,
  notBegun: checkins - done.checkins,
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
  held: done.live.map(({ checkins: after, liveMb, rssMb }) => ({ after, liveMb: round(liveMb), rssMb: round(rssMb) })),
  heldGrowthKbPerCheckin: growthKb,
  rssGrowthKbPerCheckin: kbPerCheckin(done.resident.map(({ checkins: x, rssMb: y }) => ({ x, y }))),
  memoryFlat,
});
const none = [done.lost, done.double, done.unacknowledged, done.faults, done.journal.faults].every(
  (l) => l.length === 0,
);
// Without a limit of time all of them are to be done.
const enough = values.minutes !== undefined || done.checkins === checkins;
process.exitCode = none && enough && done.checkins > 0 && memoryFlat !== false ? 0 : 1;
