import { describe, expect, test } from 'vitest';
import {
  admit,
  closedSession,
  declareAll,
  identify,
  MINUTE,
  openDoor,
  S1,
  STROKES,
} from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, type TestStation } from '../../../test/harness/open-station.ts';
import { inTransaction } from '../../db/database.ts';
import type { Attempt } from '../checkin/contract.ts';
import { insertNumber } from '../scoring/store.ts';
import { writePlanPackage } from './package.ts';
import { aPlan, CENTRE_KEY, OTHER_KEY } from './plan-fixture.ts';
import type { Plan } from './plan-schema.ts';
import { writeWorkbook } from './write-workbook.ts';

const file = (bytes: Uint8Array, name: string) => new File([new Uint8Array(bytes)], name);
const zipOf = (st: TestStation, plan: Plan, key = CENTRE_KEY) =>
  file(writePlanPackage(plan, st.photos, key), 'plan.zip');
const rows = (st: TestStation) =>
  ['plans', 'plan_photos', 'evidence'].map(
    (t) => (st.station.db.prepare(`SELECT count(*) AS n FROM ${t}`).get() as { n: number }).n,
  );
const lead = (st: TestStation) => st.as('site-lead').plan;
/** The same day with other sessions and people: the plan of the next exam day. */
const nextDay = (plan: Plan): Plan => {
  const anew = (id: string) => (/^(S|C)\d/.test(id) ? `${id}-2` : id);
  return JSON.parse(JSON.stringify({ ...plan, planId: 'NEXT-DAY' }), (key, value) =>
    key === 'sessionId' || key === 'candidateId' ? anew(value) : value,
  );
};
const setAside = (st: TestStation, { attemptId }: Attempt) => st.as('door').checkin.setAside({ attemptId });
const dismiss = (st: TestStation, { attemptId }: Attempt) => st.as('door').checkin.dismiss({ attemptId });
const number = async (st: TestStation) => inTransaction(st.station.db, (w) => insertNumber(w, S1, '201', 'C01', 'A01'));
async function checkId(st: TestStation, plan: Plan): Promise<string> {
  const check = await lead(st).checkPackage({ package: zipOf(st, plan) });
  if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
  return check.checkId;
}

test('a workbook with problems lists them by sheet, row and column, and saves nothing', async () => {
  const st = await openTestStation({ plan: null });
  const { plan, files } = aPlan();
  const photos = files.map((f) => file(f.bytes, f.name));
  const [first, second, ...others] = plan.candidates;
  const doubled = [first!, { ...second!, ticketNumber: first!.ticketNumber }, ...others];
  const workbook = await writeWorkbook({ ...plan, candidates: doubled });
  const check = await lead(st).check({ workbook: file(workbook, 'p.xlsx'), photos });
  expect(check).toMatchObject({ kind: 'problems' });
  expect(check.kind === 'problems' && check.problems.every((p) => p.text.zh && p.text.en)).toBe(true);
  expect(rows(st)).toEqual([0, 0, 0]);
  expect(await lead(st).current()).toBeNull();
  expect(st.journalEvents()).toEqual(['plan.check-failed']);
});

test('no workbook at all is a problem, not an accident', async () => {
  const st = await openTestStation({ plan: null });
  const workbook = file(Buffer.from('not a workbook'), 'p.xlsx');
  expect(await lead(st).check({ workbook, photos: [] })).toMatchObject({ kind: 'problems' });
  expect(await lead(st).checkPackage({ package: workbook, trustOnFirstUse: true })).toMatchObject({ kind: 'problems' });
  expect(rows(st)).toEqual([0, 0, 0]);
});

test('a good workbook is saved whole on adoption and not before, with its photographs', async () => {
  const st = await openTestStation({ plan: null });
  const { plan, files } = aPlan();
  const workbook = file(await writeWorkbook(plan), 'p.xlsx');
  const check = await lead(st).check({ workbook, photos: files.map((f) => file(f.bytes, f.name)) });
  expect(check).toMatchObject({ kind: 'ready', summary: { candidates: 12, photos: 12, signed: false } });
  expect(rows(st)).toEqual([0, 0, 0]);
  if (check.kind !== 'ready') return;
  const adopted = await lead(st).adopt({ checkId: check.checkId });
  expect(adopted.summary).toEqual(check.summary);
  expect(await st.as('door').plan.current()).toEqual(adopted);
  expect(rows(st)).toEqual([1, 12, 12]);
  const photo = await st.as('door').plan.photo({ candidateId: 'C03' as never });
  expect(Buffer.from(await photo.arrayBuffer())).toEqual(Buffer.from(files[2]!.bytes));
  expect(st.journalEvents()).toEqual(['plan.adopted', 'plan.photo-seen']);
});

describe('the signed package', () => {
  test("an unknown signer is shown by fingerprint, and believed only once the lead says so; a known centre's alone after", async () => {
    const st = await openTestStation({ plan: null });
    const strange = await lead(st).checkPackage({ package: zipOf(st, st.plan) });
    expect(strange).toMatchObject({ kind: 'unknown-signer', fingerprint: expect.stringMatching(/^SHA256:/) });
    const trusted = await lead(st).checkPackage({ package: zipOf(st, st.plan), trustOnFirstUse: true });
    if (trusted.kind !== 'ready') throw new Error(trusted.kind);
    await lead(st).adopt({ checkId: trusted.checkId });
    const forged = await lead(st).checkPackage({ package: zipOf(st, st.plan, OTHER_KEY), trustOnFirstUse: true });
    expect(forged.kind).toBe('unknown-signer');
    expect(st.journalEvents()).toEqual(['plan.unknown-signer', 'plan.adopted', 'plan.unknown-signer']);
  });

  test('one changed byte is a problem', async () => {
    const st = await openTestStation();
    const bytes = writePlanPackage(st.plan, st.photos, CENTRE_KEY);
    const at = Buffer.from(bytes).indexOf('SAMPLE-DAY');
    bytes[at]! ^= 1;
    expect((await lead(st).checkPackage({ package: file(bytes, 'p.zip') })).kind).toBe('problems');
  });
});

describe('adoption', () => {
  test('a check is adopted once, also when two ask at the same moment, and forgotten when newer ones came', async () => {
    const st = await openTestStation();
    const id = await checkId(st, { ...st.plan, batch: '样本批次二' });
    const codes = await Promise.all([codeOf(lead(st).adopt({ checkId: id })), codeOf(lead(st).adopt({ checkId: id }))]);
    expect(codes.sort()).toEqual(['CHECK_EXPIRED', 'ok']);
    expect(rows(st)[0]).toBe(2);
    expect(st.journalEvents().sort()).toEqual(['plan.adopt-refused', 'plan.adopted']);

    const old = await checkId(st, st.plan);
    for (let i = 0; i < 3; i += 1) await checkId(st, st.plan);
    expect(await codeOf(lead(st).adopt({ checkId: old }))).toBe('CHECK_EXPIRED');
  });

  test('the plan of another site is refused', async () => {
    const st = await openTestStation();
    const id = await checkId(st, { ...st.plan, site: { ...st.plan.site, filingNumber: '样本备〔2026〕002号' } });
    expect(await codeOf(lead(st).adopt({ checkId: id }))).toBe('OTHER_SITE');
    expect(st.journalEvents()).toEqual(['plan.adopt-refused']);
  });

  test('while candidates are in, the plan stays; after sealing the next day can come, with ids of its own', async () => {
    const st = await openTestStation();
    const before = await checkId(st, { ...st.plan, batch: '样本批次二' });
    await openDoor(st);
    await admit(st, 'C01');
    expect(await codeOf(lead(st).adopt({ checkId: before }))).toBe('PLAN_IN_USE');
    expect(await codeOf(lead(st).adopt({ checkId: await checkId(st, nextDay(st.plan)) }))).toBe('PLAN_IN_USE');
    expect((await lead(st).current())?.summary.batch).toBe('样本批次');
  });

  test.each<[string, (st: TestStation) => Promise<unknown>]>([
    ['a session that was opened', (st) => openDoor(st)],
    ['somebody who was set aside', async (st) => setAside(st, await identify(st, 'C01'))],
    ['somebody who looked in before the door opened', async (st) => dismiss(st, await identify(st, 'C01'))],
    ['a number that was drawn', (st) => number(st)],
  ])('%s forbids another plan', async (_what, happens) => {
    const st = await openTestStation();
    const corrected = await checkId(st, { ...st.plan, batch: '样本批次二' });
    const next = await checkId(st, nextDay(st.plan));
    await happens(st);
    for (const id of [corrected, next]) expect(await codeOf(lead(st).adopt({ checkId: id }))).toBe('PLAN_IN_USE');
  });

  test('after sealing the next exam day can come, but not under ids that are on record already', async () => {
    const st = await openTestStation();
    await closedSession(st);
    await declareAll(st);
    const { archive } = st.as('site-lead');
    await archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
    await archive.seal({ sessionId: S1 });
    const again = await checkId(st, { ...st.plan, planId: 'AGAIN' });
    expect(await codeOf(lead(st).adopt({ checkId: again }))).toBe('PLAN_IN_USE');
    const next = await lead(st).adopt({ checkId: await checkId(st, nextDay(st.plan)) });
    expect(next.summary.planId).toBe('NEXT-DAY');
    expect((await st.as('site-lead').session.list()).map((s) => s.state)).toEqual(['preparing']);
  });
});

test('the template is a workbook', async () => {
  const st = await openTestStation({ plan: null });
  const template = await lead(st).template();
  expect(
    Buffer.from(await template.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});

describe("looking at a candidate's photograph", () => {
  const looks = (st: TestStation) =>
    st.journal().flatMap((e) => (e.event === 'plan.photo-seen' ? [[e.actor, e.data, e.sessionId]] : []));

  test('is on record with who looked, once a minute for a person and a candidate', async () => {
    const st = await openTestStation();
    const see = (role: 'supervisor' | 'site-lead', candidateId: string) =>
      st.as(role).plan.photo({ candidateId: candidateId as never });
    for (let i = 0; i < 3; i += 1) await see('supervisor', 'C01');
    await see('supervisor', 'C02');
    await see('site-lead', 'C01');
    st.clock.advance(MINUTE - 1);
    await see('supervisor', 'C01');
    expect(looks(st)).toHaveLength(3);
    expect(looks(st)[0]).toEqual([
      { kind: 'staff', staffId: 'S-supervisor', role: 'supervisor', desk: 'test' },
      { candidateId: 'C01' },
      S1,
    ]);
    st.clock.advance(1);
    await see('supervisor', 'C01');
    expect(looks(st)).toHaveLength(4);
    expect(await codeOf(see('supervisor', 'C99'))).toBe('NO_SUCH_IMAGE');
    expect(looks(st)).toHaveLength(4);
  });

  test('is part of the check while the candidate stands at the door, and not after', async () => {
    const st = await openTestStation();
    await openDoor(st);
    const attempt = await identify(st, 'C01');
    const see = (candidateId: string) => st.as('door').plan.photo({ candidateId: candidateId as never });
    await see('C01');
    expect(looks(st)).toEqual([]);
    await see('C02');
    await dismiss(st, attempt);
    await see('C01');
    expect(looks(st).map(([, data]) => data)).toEqual([{ candidateId: 'C02' }, { candidateId: 'C01' }]);
  });
});

test('a check nobody adopts is let go after half an hour, and when another plan is adopted', async () => {
  const st = await openTestStation();
  const old = await checkId(st, { ...st.plan, batch: '样本批次二' });
  st.clock.advance(30 * MINUTE - 1);
  st.tick();
  const fresh = await checkId(st, { ...st.plan, batch: '样本批次三' });
  st.clock.advance(1);
  st.tick();
  expect(await codeOf(lead(st).adopt({ checkId: old }))).toBe('CHECK_EXPIRED');
  const other = await checkId(st, { ...st.plan, batch: '样本批次四' });
  await lead(st).adopt({ checkId: fresh });
  expect(await codeOf(lead(st).adopt({ checkId: other }))).toBe('CHECK_EXPIRED');
});
