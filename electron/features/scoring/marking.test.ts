import { describe, expect, test } from 'vitest';
import { examinersOf, markAll, OTHER_ROOM, openDoor, ROOM, S1 } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { inTransaction } from '../../db/database.ts';
import { writePlanPackage } from '../plan/package.ts';
import { aPlan, CENTRE_KEY } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { holding, marking, of, put, where } from './marking-fixture.ts';
import { insertNumber } from './store.ts';

/** The lead reads a plan signed by the centre in and adopts it. */
const adopt = async (st: TestStation, plan: Plan) => {
  const lead = st.as('site-lead');
  const file = new File([new Uint8Array(writePlanPackage(plan, st.photos, CENTRE_KEY))], 'plan.zip');
  const check = await lead.plan.checkPackage({ package: file, trustOnFirstUse: true });
  if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
  return codeOf(lead.plan.adopt({ checkId: check.checkId }));
};

describe('blind marking', () => {
  test('the sheet shows numbers and seats: no name, no document or ticket number, no candidate id, nobody else’s marks', async () => {
    const st = await marking();
    const mine = await of(st).sheet(where);
    expect(mine.rows).toHaveLength(2);
    await markAll(st, 'E02', ROOM, 7);
    await st
      .examiner('E02')
      .scoring.note({ ...where, anonymousNumber: mine.rows[0]!.anonymousNumber, note: '样本备注', version: 0 });
    await st.examiner('E02').scoring.lock(where);
    const after = await of(st).sheet(where);
    expect(after).toEqual(mine);
    const said = JSON.stringify(after);
    for (const c of st.plan.candidates) {
      for (const hidden of [c.name, c.documentNumber, c.ticketNumber, `"${c.candidateId}"`]) {
        expect(said).not.toContain(hidden);
      }
    }
    expect(await refusalOf(of(st).revealed(where))).toEqual({ code: 'NOT_REVEALED', data: { waitingFor: 2 } });
    expect(await codeOf(st.as('score-keeper').scoring.revealed(where))).toBe('NOT_REVEALED');
    const refused = st.journal().findLast((e) => e.event === 'scoring.refused');
    expect(refused).toMatchObject({ actor: { role: 'score-keeper' }, data: { step: 'look', code: 'NOT_REVEALED' } });
  });

  test('an examiner who is also lead reads no marks in the journal', async () => {
    const st = await marking();
    await markAll(st, 'E02');
    const both = holding(st, ['site-lead', 'examiner'], 'E01');
    const read = async (wish: object) => (await both.journal.page({ limit: 200, ...wish })).rows;
    expect((await read({})).filter((r) => r.event.startsWith('scoring.'))).toEqual([]);
    expect(await read({ contains: 'tenths' })).toEqual([]);
  });

  test('who watches sees in the journal that marks are given, and what they are once the panel has locked', async () => {
    const st = await marking();
    await markAll(st, 'E02', ROOM, 7);
    await markAll(st, 'E04', OTHER_ROOM);
    const read = async (wish: object = {}) =>
      (await st.as('supervisor').journal.page({ limit: 200, sessionId: S1, ...wish })).rows.filter((r) =>
        r.event.startsWith('scoring.'),
      );
    const before = await read();
    expect(before.map((r) => r.event)).toContain('scoring.marked');
    expect(before.map((r) => r.event)).toContain('scoring.numbers-drawn');
    expect(before.every((r) => Object.keys(r.data as object).join() === 'hidden')).toBe(true);
    for (const contains of ['tenths', 'C01', '"number":"A0']) expect(await read({ contains })).toEqual([]);
    for (const examinerId of examinersOf(st)) {
      await markAll(st, examinerId);
      await of(st, examinerId).lock(where);
    }
    const found = await read({ contains: 'tenths', limit: 7 });
    expect(found).toHaveLength(7);
    expect(found.every((r) => JSON.stringify(r.data).includes('"roomId":"201"'))).toBe(true);
  });

  test('the order of the numbers is drawn once and is not the order of the plan for ever', async () => {
    const st = await marking();
    await of(st).sheet(where);
    await of(st, 'E02').sheet(where);
    const drawn = st.journal().filter((e) => e.event === 'scoring.numbers-drawn');
    expect(drawn).toHaveLength(1);
    const { numbers } = drawn[0]!.data as { numbers: Record<string, string> };
    expect(Object.keys(numbers)).toEqual(['A01', 'A02', 'A03', 'A04', 'A05', 'A06']);
    expect(Object.values(numbers).sort()).toEqual(['C01', 'C02', 'C03', 'C04', 'C05', 'C06']);
  });

  test('nothing is drawn before the session is open: the plan may be corrected, and whoever it names then has a number', async () => {
    const st = await openTestStation({
      plan: (p) => ({ ...p, candidates: p.candidates.filter((c) => c.candidateId !== 'C02') }),
    });
    expect((await of(st).sheet(where)).rows).toEqual([]);
    expect(st.journalEvents()).toEqual([]);
    const whole = aPlan().plan.candidates;
    const seatOf = (id: string) => whole.find((c) => c.candidateId === id)!;
    const swap = (id: string, other: string) => ({
      ...seatOf(id),
      roomId: seatOf(other).roomId,
      workstationId: seatOf(other).workstationId,
    });
    const corrected = whole.map((c) =>
      c.candidateId === 'C03' ? swap('C03', 'C07') : c.candidateId === 'C07' ? swap('C07', 'C03') : c,
    );
    expect(await adopt(st, { ...st.plan, planId: 'P2', candidates: corrected })).toBe('ok');
    await openDoor(st);
    await of(st).sheet(where);
    await of(st, 'E04').sheet({ ...where, roomId: OTHER_ROOM });
    const drawn = st.journal().filter((e) => e.event === 'scoring.numbers-drawn');
    expect(drawn.map((e) => Object.values((e.data as { numbers: object }).numbers).sort())).toEqual([
      ['C01', 'C02', 'C04', 'C05', 'C06', 'C07'],
      ['C03', 'C08', 'C09', 'C10', 'C11', 'C12'],
    ]);
    expect(await adopt(st, { ...st.plan, planId: 'P3' })).toBe('PLAN_IN_USE');
  });

  test('whoever has no number when another is there already gets the next one', async () => {
    const st = await openTestStation();
    await openDoor(st);
    inTransaction(st.station.db, (w) => insertNumber(w, S1, ROOM, 'C04', 'A01'));
    await of(st).sheet(where);
    const { numbers } = st.journal().find((e) => e.event === 'scoring.numbers-drawn')!.data as {
      numbers: Record<string, string>;
    };
    expect(Object.keys(numbers)).toEqual(['A02', 'A03', 'A04', 'A05', 'A06']);
    expect(Object.values(numbers).sort()).toEqual(['C01', 'C02', 'C03', 'C05', 'C06']);
  });

  test('who is not on the panel has no sheet: another room’s examiner, the reserve, an examiner without a seat', async () => {
    const st = await marking();
    for (const examinerId of ['E04', 'E07']) expect(await codeOf(of(st, examinerId).sheet(where))).toBe('NOT_ON_PANEL');
    expect(await codeOf(st.as('examiner').scoring.sheet(where))).toBe('NOT_ON_PANEL');
    expect(await codeOf(of(st).sheet({ ...where, sessionId: 'S9' as never }))).toBe('NO_SUCH_SESSION');
    expect(await of(st).mine()).toMatchObject([{ sessionId: S1, roomId: ROOM, duty: 'lead' }]);
    expect(await of(st, 'E07').mine()).toEqual([]);
    expect(st.journalEvents()).toEqual(['scoring.refused', 'scoring.refused', 'scoring.refused']);
  });
});

describe('an account under another plan', () => {
  const next = (plan: Plan, change: (e: Plan['examiners'][number]) => object): Plan => ({
    ...plan,
    planId: 'P2',
    examiners: plan.examiners.map((e) => ({ ...e, ...change(e) })),
  });

  test('does not become whoever the plan now calls by its id; that person registers anew', async () => {
    const st = await openTestStation();
    const before = of(st);
    expect(await before.mine()).toHaveLength(1);
    const other = { name: '后来的人（样本）', cardNumber: '9900000000000001' };
    expect(
      await adopt(
        st,
        next(st.plan, (e) => (e.examinerId === 'E01' ? other : {})),
      ),
    ).toBe('ok');
    expect(await before.mine()).toEqual([]);
    expect(await codeOf(before.sheet(where))).toBe('NOT_ON_PANEL');
    const lead = st.as('site-lead');
    expect((await lead.staff.names()).find((m) => m.name === 'E01（样本）')).toMatchObject({ examinerId: null });
    const wish = { name: other.name, roles: ['examiner' as const], pin: PIN, examinerId: 'E01' as never };
    const added = await lead.staff.add(wish);
    await st.stranger().staff.signIn({ staffId: added.staffId, pin: PIN, desk: '201' });
    expect(await st.stranger().scoring.mine()).toHaveLength(1);
    expect(await codeOf(lead.staff.add({ ...wish, name: '第三人（样本）' }))).toBe('EXAMINER_TAKEN');
  });

  test('follows its person to the id the next plan has for them', async () => {
    const st = await openTestStation();
    const first = st.plan.examiners.find((e) => e.examinerId === 'E01')!;
    const fourth = st.plan.examiners.find((e) => e.examinerId === 'E04')!;
    const mine = of(st);
    const swapped = { E01: fourth, E04: first } as Record<string, typeof first>;
    const plan = next(st.plan, (e) => ({ ...(swapped[e.examinerId] ?? e), examinerId: e.examinerId }));
    expect(await adopt(st, plan)).toBe('ok');
    expect(await mine.mine()).toMatchObject([{ roomId: OTHER_ROOM }]);
    expect((await st.examiner('E01').staff.me())?.examinerId).toBe('E04');
  });
});

describe('a mark', () => {
  test('is kept with what was there before; over the maximum, unknown cells and fractions are refused', async () => {
    const st = await marking();
    const [row] = (await of(st).sheet(where)).rows;
    const cell = { ...where, anonymousNumber: row!.anonymousNumber, itemId: '1' };
    expect(await put(st, { ...cell, tenths: 50 })).toEqual({
      savedAtMs: st.clock.wallMs(),
      totalTenths: 50,
      version: 1,
    });
    await put(st, { ...cell, tenths: 20 });
    expect(await put(st, { ...cell, tenths: null })).toMatchObject({ totalTenths: 0 });
    const marked = st.journal().filter((e) => e.event === 'scoring.marked');
    expect(marked.map((e) => e.data)).toMatchObject([
      { tenths: 50, before: null },
      { tenths: 20, before: 50 },
      { tenths: null, before: 20 },
    ]);
    st.journalEvents();
    expect(await refusalOf(put(st, { ...cell, tenths: 51 }))).toEqual({
      code: 'OVER_MAXIMUM',
      data: { maxTenths: 50 },
    });
    expect(await codeOf(put(st, { ...cell, itemId: '99', tenths: 1 }))).toBe('NO_SUCH_CELL');
    expect(await codeOf(put(st, { ...cell, anonymousNumber: 'Z99', tenths: 1 }))).toBe('NO_SUCH_CELL');
    expect(await codeOf(put(st, { ...cell, tenths: 1.5 }))).toBe('BAD_REQUEST');
    expect(await codeOf(put(st, { ...cell, tenths: -1 }))).toBe('BAD_REQUEST');
    expect(st.journalEvents()).toEqual(['scoring.refused', 'scoring.refused', 'scoring.refused']);
  });

  test('for somebody who is not there is refused', async () => {
    const st = await marking();
    await of(st).sheet(where);
    const { numbers } = st.journal().find((e) => e.event === 'scoring.numbers-drawn')!.data as {
      numbers: Record<string, string>;
    };
    const absent = Object.entries(numbers).find(([, id]) => id === 'C03')![0];
    const cell = { ...where, anonymousNumber: absent, itemId: '1', tenths: 10 };
    expect(await codeOf(put(st, cell))).toBe('NO_SUCH_CELL');
    expect(await codeOf(of(st).note({ ...where, anonymousNumber: absent, note: '样本', version: 0 }))).toBe(
      'NO_SUCH_CELL',
    );
  });
});
