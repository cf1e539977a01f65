import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  admit,
  examinersOf,
  identify,
  MINUTE,
  markAll,
  markAndSign,
  OTHER_ROOM,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
  showFace,
  signedOffSession,
} from '../../../test/harness/exam-day.ts';
import { filmed } from '../../../test/harness/on-video.ts';
import {
  CENTRE,
  codeOf,
  openTestStation,
  PIN,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import { inTransaction } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { decrypt } from '../../vault/age/age.ts';
import { writePlanPackage } from '../plan/package.ts';
import { aPlan, CENTRE_KEY } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';
import type { Role } from '../staff/roles.ts';
import { bindConnection, insertStaff } from '../staff/store.ts';
import { insertNumber } from './store.ts';

const where = { sessionId: S1, roomId: ROOM };
const of = (st: TestStation, examinerId = 'E01') => st.examiner(examinerId).scoring;
/** Marks a cell at a desk that has just read the sheet. */
const put = async (
  st: TestStation,
  cell: typeof where & { anonymousNumber: string; itemId: string; tenths: number | null },
  examinerId = 'E01',
) => {
  const { rows } = await of(st, examinerId).sheet(where);
  const version = rows.find((r) => r.anonymousNumber === cell.anonymousNumber)?.versions[cell.itemId] ?? 0;
  return of(st, examinerId).mark({ ...cell, version });
};
/** Two candidates are in, on video, and nobody else can come any more. */
const marking = async () => {
  const st = await openTestStation();
  await openDoor(st);
  await admit(st, 'C01');
  await admit(st, 'C02');
  st.clock.advance(sessionOf(st).startsAtMs + 31 * MINUTE - st.clock.wallMs());
  await filmed(st);
  st.journalEvents();
  return st;
};
/** Somebody with roles together that a station of today does not give to one person. */
const holding = (st: TestStation, roles: Role[], examinerId: string) => {
  const { connectionId } = st.station.contextOf(st.cookieFor('stranger'), '')!.caller;
  const examiner = st.plan.examiners.find((e) => e.examinerId === examinerId)!;
  inTransaction(st.station.db, (w) => {
    insertStaff(w, { staffId: 'S-BOTH' as StaffId, name: '双职（样本）', roles }, '', examiner);
    bindConnection(w, connectionId, 'S-BOTH', 'test');
  });
  return st.stranger();
};
/** The lead reads a plan signed by the centre in and adopts it. */
const adopt = async (st: TestStation, plan: Plan) => {
  const lead = st.as('site-lead');
  const file = new File([new Uint8Array(writePlanPackage(plan, st.photos, CENTRE_KEY))], 'plan.zip');
  const check = await lead.plan.checkPackage({ package: file, trustOnFirstUse: true });
  if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
  return codeOf(lead.plan.adopt({ checkId: check.checkId }));
};
const sign = async (st: TestStation, examinerId: string, wish: { pin?: string; checkCode?: string } = {}) => {
  const { state } = await of(st, examinerId).sheet(where);
  const checkCode = 'checkCode' in state ? state.checkCode : '';
  return of(st, examinerId).sign({ ...where, pin: PIN, strokes: STROKES, checkCode, ...wish });
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

describe('locking', () => {
  test('not while somebody can still come in, not with a mark missing, and once', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    await markAll(st, 'E01');
    const { startsAtMs } = sessionOf(st);
    expect(await refusalOf(of(st).lock(where))).toEqual({
      code: 'TOO_EARLY',
      data: { endsAtMs: startsAtMs + 30 * MINUTE },
    });
    await admit(st, 'C02');
    st.clock.advance(startsAtMs + 31 * MINUTE - st.clock.wallMs());
    expect(await refusalOf(of(st).lock(where))).toEqual({ code: 'INCOMPLETE', data: { missing: 1 } });
    await markAll(st, 'E01');
    const locked = await of(st).lock(where);
    expect(locked.state).toMatchObject({ kind: 'locked', waitingFor: 2 });
    expect(await codeOf(of(st).lock(where))).toBe('LOCKED');
    const cell = { ...where, anonymousNumber: locked.rows[0]!.anonymousNumber, itemId: '1', tenths: 0 };
    expect(await codeOf(put(st, cell))).toBe('LOCKED');
    expect(await codeOf(of(st).note({ ...cell, note: '样本', version: 0 }))).toBe('LOCKED');
  });

  test('waits for who came in time and is set aside or at the door, so that they find a whole panel', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    const { attemptId } = await identify(st, 'C02');
    await st.as('door').checkin.setAside({ attemptId });
    st.clock.advance(sessionOf(st).startsAtMs + 29 * MINUTE - st.clock.wallMs());
    const standing = await identify(st, 'C03');
    st.clock.advance(2 * MINUTE);
    await markAll(st, 'E01');
    const waiting = (n: number) => ({ code: 'SOMEBODY_WAITS', data: { waiting: n } });
    st.journalEvents();
    expect(await refusalOf(of(st).lock(where))).toEqual(waiting(2));
    expect(st.journalEvents()).toEqual(['scoring.refused']);
    await st.as('door').checkin.dismiss({ attemptId: standing.attemptId });
    expect(await refusalOf(of(st).lock(where))).toEqual(waiting(1));
    const again = await showFace(st, await identify(st, 'C02'), 'C02');
    expect(await refusalOf(of(st).lock(where))).toEqual(waiting(1));
    await st.as('door').checkin.admit({ attemptId: again.attemptId });
    await filmed(st);
    await markAndSign(st);
    const results = (await of(st).revealed(where)).results.filter((r) => r.result !== 'absent');
    expect(results.map((r) => r.result)).toEqual(['passed', 'passed']);
  });

  test('waits neither for who came too late, nor for another room, nor after the session has closed', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    await admit(st, 'C07');
    const aside = async (candidateId: string) => {
      const { attemptId } = await identify(st, candidateId);
      await st.as('door').checkin.setAside({ attemptId });
    };
    await aside('C08');
    st.clock.advance(60 * MINUTE);
    await aside('C02');
    await markAll(st, 'E01');
    expect(await codeOf(of(st).lock(where))).toBe('ok');
    const other = { ...where, roomId: OTHER_ROOM };
    await markAll(st, 'E04', OTHER_ROOM);
    expect(await codeOf(of(st, 'E04').lock(other))).toBe('SOMEBODY_WAITS');
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    expect(await codeOf(of(st, 'E04').lock(other))).toBe('ok');
  });
});

describe('after the reveal', () => {
  test('nobody signs before it, with a wrong PIN, for other totals, or twice', async () => {
    const st = await marking();
    for (const examinerId of ['E01', 'E02']) {
      await markAll(st, examinerId);
      await of(st, examinerId).lock(where);
    }
    expect(await refusalOf(sign(st, 'E01'))).toEqual({ code: 'NOT_REVEALED', data: { waitingFor: 1 } });
    await markAll(st, 'E03');
    await of(st, 'E03').lock(where);
    st.journalEvents();
    expect(await codeOf(sign(st, 'E01', { pin: '000000' }))).toBe('WRONG_PIN');
    expect(await codeOf(sign(st, 'E01', { checkCode: '0000 0000' }))).toBe('CHECK_CODE_DIFFERS');
    const signed = await sign(st, 'E01');
    expect(signed.state).toMatchObject({ kind: 'signed', waitingFor: 2 });
    expect(await codeOf(sign(st, 'E01'))).toBe('ALREADY_SIGNED');
    expect(st.journalEvents()).toEqual(['staff.wrong-pin', 'scoring.refused', 'scoring.signed', 'scoring.refused']);

    const { evidenceId } = st.journal().find((e) => e.event === 'scoring.signed')!.data as { evidenceId: string };
    const opened = decrypt(readFileSync(join(st.dataDir, 'vault/S1', `${evidenceId}.age`)), [CENTRE.identity]);
    expect(opened.ok && JSON.parse(Buffer.from(opened.value).toString())).toMatchObject({
      examinerId: 'E01',
      strokes: STROKES,
      checkCode: 'checkCode' in signed.state && signed.state.checkCode,
    });
  });

  test('two signatures at once are one', async () => {
    const st = await marking();
    for (const examinerId of examinersOf(st)) {
      await markAll(st, examinerId);
      await of(st, examinerId).lock(where);
    }
    const codes = await Promise.all([codeOf(sign(st, 'E01')), codeOf(sign(st, 'E01'))]);
    expect(codes.sort()).toEqual(['ALREADY_SIGNED', 'ok']);
  });

  test('the result stands when all have signed; before, no score is stated', async () => {
    const st = await marking();
    const results = async () => (await of(st).revealed(where)).results;
    for (const [i, examinerId] of examinersOf(st).entries()) {
      await markAll(st, examinerId, ROOM, i * 10);
      await of(st, examinerId).lock(where);
    }
    const open = (await results()).find((r) => r.result !== 'absent');
    expect(open).toMatchObject({ result: 'not-confirmed', scoreTenths: null, spreadTenths: 20 });
    expect(open!.obstacles).toEqual([{ code: 'not-signed', ruleId: 'scoring.signed', facts: { missing: '3' } }]);
    for (const examinerId of examinersOf(st)) await sign(st, examinerId);
    const final = await results();
    expect(final.map((r) => r.result).sort()).toEqual(['absent', 'absent', 'absent', 'absent', 'passed', 'passed']);
    expect(final.find((r) => r.result === 'passed')).toMatchObject({ scoreTenths: 990, obstacles: [] });
    expect(JSON.stringify(final)).not.toContain('candidateId');
  });

  test('a spread over the limit is an obstacle, and no score is stated', async () => {
    const st = await marking();
    const [row] = (await of(st).sheet(where)).rows;
    for (const examinerId of examinersOf(st)) await markAll(st, examinerId);
    const item = { ...where, anonymousNumber: row!.anonymousNumber, itemId: '5', tenths: 100 };
    await put(st, item, 'E03');
    for (const examinerId of examinersOf(st)) await of(st, examinerId).lock(where);
    for (const examinerId of examinersOf(st)) await sign(st, examinerId);
    const result = (await of(st).revealed(where)).results.find((r) => r.anonymousNumber === row!.anonymousNumber)!;
    expect(result).toMatchObject({ result: 'not-confirmed', scoreTenths: null, spreadTenths: 150 });
    expect(result.obstacles.map((o) => o.code)).toEqual(['spread-over-limit']);
  });

  test('another room’s examiner sees nothing of it', async () => {
    const st = await marking();
    await markAndSign(st);
    st.journalEvents();
    expect(await codeOf(of(st, 'E04').revealed(where))).toBe('NOT_ON_PANEL');
    const atDoor = holding(st, ['examiner', 'door', 'invigilator'], 'E05');
    expect(await codeOf(atDoor.scoring.revealed(where))).toBe('NOT_ON_PANEL');
    expect(st.journalEvents()).toEqual(['scoring.refused', 'scoring.refused']);
    expect(await codeOf(st.as('score-keeper').scoring.revealed(where))).toBe('ok');
  });
});

test('after sealing a sheet can be read, and nothing of it changed or drawn', async () => {
  const st = await openTestStation();
  await signedOffSession(st);
  await of(st)
    .sheet(where)
    .catch(() => undefined);
  await st.as('site-lead').archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
  await st.as('site-lead').archive.seal({ sessionId: S1 });
  const sheet = await of(st).sheet(where);
  const cell = { ...where, anonymousNumber: sheet.rows[0]!.anonymousNumber, itemId: '1', tenths: 1 };
  expect(await codeOf(put(st, cell))).toBe('SESSION_SEALED');
  expect(await codeOf(of(st).lock(where))).toBe('SESSION_SEALED');
  expect(await codeOf(sign(st, 'E01'))).toBe('SESSION_SEALED');
  st.journalEvents();
  expect((await st.examiner('E04').scoring.sheet({ ...where, roomId: OTHER_ROOM })).rows).toEqual([]);
  expect(st.journalEvents()).toEqual([]);
});
