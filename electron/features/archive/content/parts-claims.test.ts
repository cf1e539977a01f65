import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admit, declareAll, MINUTE, openDoor, S1, STROKES, sessionOf } from '../../../../test/harness/exam-day.ts';
import { shortnessAccepted } from '../../../../test/harness/on-video.ts';
import { CENTRE, openTestStation, PIN, type TestStation } from '../../../../test/harness/open-station.ts';
import { aPlan } from '../../plan/plan-fixture.ts';
import type { PartPass, Plan } from '../../plan/plan-schema.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { seal, signOff } from '../closing-calls.ts';
import { openBundle } from '../open-bundle.ts';
import { RESULTS_PATH, RULE_PACK_PATH } from './documents.ts';
import { PARTS_PATH, partsClaims } from './parts-claims.ts';

type Json = ReturnType<typeof JSON.parse>;
const hands = { pin: PIN, strokes: STROKES };
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-parts-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let out: string;

const who = (id: string) => aPlan().plan.candidates.find((c) => c.candidateId === id)!;
/** A theory session; C02 has passed skills so long ago that it counts no more, by the plan. */
const asTheory = (plan: Plan): Plan => {
  const session = plan.sessions.find((s) => s.sessionId === S1)!;
  const { occupation, level } = session;
  const expired: PartPass = {
    ...{ occupation, level, part: 'skills', scoreTenths: 700, passedOn: '2020-01-01', source: '样本公布' },
    documentNumber: who('C02').documentNumber,
  };
  return {
    ...plan,
    sessions: plan.sessions.map((s) => (s === session ? { ...s, part: 'theory', rubricId: null } : s)),
    panels: plan.panels.filter((p) => p.sessionId !== S1),
    partPasses: [expired],
  };
};

/** C01 brings a skills pass by a file and passes theory; C02 passes theory too. */
async function play(st: TestStation): Promise<void> {
  const keeper = st.as('score-keeper').scoring;
  const { occupation, level } = sessionOf(st);
  const pass = `${who('C01').documentNumber},${occupation},${level},技能,70,2025-06-01,样本公布`;
  const passes = new File([`证件号码,职业,等级,科目,成绩,合格日期,依据\n${pass}`], 'p.csv');
  const found = await keeper.checkPartPasses({ file: passes });
  if (found.kind !== 'ready') throw new Error(JSON.stringify(found));
  await keeper.adoptPartPasses({ checkId: found.checkId, pin: PIN });
  await openDoor(st);
  for (const id of ['C01', 'C02']) await admit(st, id);
  st.clock.advance(sessionOf(st).endsAtMs + MINUTE - st.clock.wallMs());
  await st.as('site-lead').session.close({ sessionId: S1 });
  await shortnessAccepted(st);
  await keeper.declareKeeper({ sessionId: S1, pin: PIN });
  const rows = ['C01', 'C02'].map((id) => `${who(id).ticketNumber},78.5`);
  const file = new File([`准考证号,成绩\n${rows.join('\n')}`], 't.csv');
  const check = await keeper.checkTheoryFile({ sessionId: S1, file });
  if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
  await keeper.acceptTheoryFile({ checkId: check.checkId, checkCode: check.checkCode, ...hands });
  await declareAll(st);
  await signOff(st);
}

beforeAll(async () => {
  const st = await openTestStation({ plan: asTheory });
  await play(st);
  const { folder } = await seal(st);
  out = join(scratch, 'opened');
  const opened = await openBundle(folder, [CENTRE.identity], out);
  if (!opened.ok) throw new Error(opened.error.code);
}, 60_000);

async function judged(path = '', change: (json: Json) => unknown = () => {}): Promise<string> {
  const read = (p: string) => readFileSync(join(out, p.replace(/^data\//, '').replace(/\.age$/, '')), 'utf8');
  const changed = (p: string, json: Json): Json => {
    if (p === path) change(json);
    return json;
  };
  const lines = (p: string) =>
    read(p)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const [claim] = await partsClaims(
    null as never,
    async (p) => changed(p, JSON.parse(read(p))),
    async (p) => changed(p, lines(p)),
    async () => undefined,
  );
  return `${claim!.result}: ${claim!.detail.en}`;
}
const of = (d: Json, id: string): Json => d.candidates.find((c: Json) => c.candidateId === id);
const ticket = (id: string) => who(id).ticketNumber;

test('as sealed, the valid pass counts, the expired one does not, and no document number is told', async () => {
  expect(await judged()).toBe('pass: All 12 agree: 1 bring a part passed before, 1 have passed every part.');
  const text = readFileSync(join(out, '4-results/parts.json'), 'utf8');
  expect(of(JSON.parse(text), 'C02').parts[1]).toMatchObject({ part: 'skills', standing: 'expired' });
  expect(text).not.toContain(who('C01').documentNumber);
});

test.each<[string, string, (d: Json) => unknown, string]>([
  [
    'an expired pass made younger, and counted',
    PARTS_PATH,
    (d) => {
      of(d, 'C02').passes[0].passedOn = '2025-01-01';
    },
    ticket('C02'),
  ],
  [
    'an expired pass said to be valid',
    PARTS_PATH,
    (d) => {
      of(d, 'C02').parts[1].standing = 'carried';
    },
    ticket('C02'),
  ],
  [
    'somebody said to have passed every part',
    PARTS_PATH,
    (d) => {
      of(d, 'C02').qualified = true;
    },
    ticket('C02'),
  ],
  ['a pass left out', PARTS_PATH, (d) => of(d, 'C01').passes.pop(), ticket('C01')],
  [
    'a pass by a file nobody read in',
    PARTS_PATH,
    (d) => {
      of(d, 'C01').passes[0].from = 'ab'.repeat(32);
    },
    `${ticket('C01')} abab`,
  ],
  [
    'a journal that knows of no file',
    ENTRIES_PATH,
    (lines) => {
      for (const l of lines) if (l.event === 'scoring.part-passes-added') l.event = 'other';
    },
    ticket('C01'),
  ],
  [
    'a theory result changed',
    RESULTS_PATH,
    (d) => {
      for (const r of d.rooms.flatMap((x: Json) => x.results)) if (r.candidateId === 'C01') r.result = 'failed';
    },
    ticket('C01'),
  ],
  [
    'a longer validity',
    RULE_PACK_PATH,
    (p) => {
      p.clauses.find((c: Json) => c.id === 'scoring.carry-over-months').value = 120;
    },
    'scoring.carry-over-months',
  ],
  ['a candidate left out', PARTS_PATH, (d) => d.candidates.shift(), ticket('C01')],
])('%s is found, by name', async (_what, path, change, named) => {
  const found = await judged(path, change);
  expect(found.startsWith('fail: ')).toBe(true);
  expect(found).toContain(named);
});
