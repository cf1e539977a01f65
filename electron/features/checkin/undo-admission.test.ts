import { describe, expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  examinersOf,
  FOUR_LOOKS,
  identify,
  MINUTE,
  markAll,
  pinOf,
  ROOM,
  S1,
  sessionOf,
  showFace,
} from '../../../test/harness/exam-day.ts';
import { codeOf, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { inTransaction, openDatabase } from '../../db/database.ts';
import type { CandidateId } from '../../lib/ids.ts';
import { migrations } from '../../station/migrations.ts';
import { admissionsIn, insertAdmission } from './store.ts';

const C01 = 'C01' as CandidateId;
const door = (st: TestStation) => st.as('door').checkin;
const lead = (st: TestStation) => pinOf(st, 'site-lead');
const undo = (st: TestStation, changed: object = {}) =>
  door(st).undoAdmission({ candidateId: C01, reason: '放错了人', lead: lead(st), ...changed });
const later = (st: TestStation, minutesAfterStart: number) =>
  st.clock.advance(sessionOf(st).startsAtMs + minutesAfterStart * MINUTE - st.clock.wallMs());

test('an admission taken back stays on record, counts no more, and the person may be admitted anew', async () => {
  const st = await atTheDoor();
  const first = await admit(st, 'C01');
  st.journalEvents();
  expect(await undo(st)).toEqual({ undoneAtMs: st.clock.wallMs() });
  expect(st.journal().at(-1)).toMatchObject({
    event: 'checkin.admission-undone',
    actor: { role: 'door' },
    data: { candidateId: 'C01', turn: 1, attemptId: first.attemptId, leadStaffId: lead(st).staffId, draftMarks: false },
  });
  const counts = async () => (await door(st).lane({ roomId: ROOM })).counts;
  expect(await counts()).toMatchObject({ admitted: 0, notYet: 6 });
  const row = (await door(st).list({ sessionId: S1 })).find((r) => r.candidateId === 'C01');
  expect(row).toMatchObject({ status: 'not-yet', attempts: 1 });
  expect(await codeOf(undo(st))).toBe('NOT_ADMITTED');
  const second = await admit(st, 'C01');
  expect(second.outcome).toBe('admitted');
  expect(await counts()).toMatchObject({ admitted: 1 });
  await undo(st);
  expect(st.journal().at(-1)).toMatchObject({ data: { turn: 2, attemptId: second.attemptId } });
});

test('after the late limit they count as having come when they first did; marking waits for them', async () => {
  const st = await atTheDoor();
  await admit(st, 'C01');
  await admit(st, 'C02');
  later(st, 40);
  await undo(st);
  const [examiner] = examinersOf(st);
  await markAll(st, examiner!);
  const lock = () => refusalOf(st.examiner(examiner!).scoring.lock({ sessionId: S1, roomId: ROOM }));
  expect(await lock()).toEqual({ code: 'SOMEBODY_WAITS', data: { waiting: 1 } });
  expect((await admit(st, 'C01')).outcome).toBe('admitted');
});

describe('is refused, and that is on record', () => {
  test('without the lead’s own role or PIN', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    st.journalEvents();
    const notLead = pinOf(st, 'invigilator');
    expect(await codeOf(undo(st, { lead: notLead }))).toBe('NOT_THE_LEAD');
    expect(st.journalEvents()).toEqual(['checkin.undo-refused']);
    expect(await codeOf(undo(st, { lead: { ...lead(st), pin: '000000' } }))).toBe('WRONG_PIN');
    expect(await codeOf(undo(st, { reason: ' ' }))).toBe('BAD_REQUEST');
    expect((await door(st).lane({ roomId: ROOM })).counts.admitted).toBe(1);
    const own = await st.as('site-lead').checkin.undoAdmission({ candidateId: C01, reason: '样本', lead: lead(st) });
    expect(own.undoneAtMs).toBe(st.clock.wallMs());
  });

  test('once the session is closed', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    later(st, 300);
    await st.as('site-lead').session.close({ sessionId: S1 });
    expect(await refusalOf(undo(st))).toEqual({ code: 'WRONG_STATE', data: { state: 'closed' } });
  });

  test('over draft marks, unless the lead confirms; over locked ones always', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    later(st, 40);
    const [examiner] = examinersOf(st);
    await markAll(st, examiner!);
    expect(await refusalOf(undo(st))).toEqual({ code: 'MARKING_BEGUN', data: { locked: false } });
    await undo(st, { despiteMarks: true });
    expect(st.journal().at(-1)).toMatchObject({ data: { draftMarks: true } });
    const where = { sessionId: S1, roomId: ROOM };
    expect((await st.examiner(examiner!).scoring.sheet(where)).rows).toEqual([]);
    await admit(st, 'C01');
    await st.examiner(examiner!).scoring.lock(where);
    expect(await refusalOf(undo(st, { despiteMarks: true }))).toEqual({
      code: 'MARKING_BEGUN',
      data: { locked: true },
    });
  });
});

describe('two lanes never admit one person twice', () => {
  test('at the same moment', async () => {
    const st = await atTheDoor();
    const first = await showFace(st, await identify(st, 'C01'), 'C01');
    const { documentNumber, ticketNumber } = st.candidate('C01');
    const typed = await door(st).typeDocument({ roomId: ROOM, lane: 2, documentNumber });
    await door(st).presentTicket({ roomId: ROOM, lane: 2, text: ticketNumber });
    const byHand = {
      attemptId: typed.attemptId,
      reason: 'no-card' as const,
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    };
    const codes = await Promise.all([
      codeOf(door(st).admit({ attemptId: first.attemptId })),
      codeOf(door(st).admitByHand(byHand)),
      codeOf(door(st).admit({ attemptId: first.attemptId })),
    ]);
    expect(codes.filter((c) => c === 'ok')).toHaveLength(1);
    expect(admissionsIn(st.station.db, S1)).toHaveLength(1);
    expect(st.journal().filter((e) => /^checkin\.admitted/.test(e.event))).toHaveLength(1);
  });

  test('nor when the door’s own checks were left out: the database refuses', async () => {
    const st = await atTheDoor();
    const { attemptId } = await admit(st, 'C01');
    const again = () =>
      inTransaction(st.station.db, (w) =>
        insertAdmission(w, S1, { candidateId: 'C01', roomId: ROOM, attemptId, atMs: 0, byName: '样本' }),
      );
    expect(again).toThrow(/admitted already|UNIQUE/);
    // Nor as a turn that nobody has taken back.
    const counted = () =>
      inTransaction(st.station.db, (w) =>
        w.prepare("INSERT INTO admission_turns VALUES ('C01', 2, 'S1', '201', ?, 0, '样本')").run(attemptId),
      );
    expect(counted).toThrow('admitted already');
    expect(() => st.station.db.prepare('DELETE FROM admission_turns').run()).toThrow('never deleted');
  });
});

test('admissions of an earlier version are first turns, and stand', () => {
  const before = migrations.filter((m) => m.id < 130);
  const db = openDatabase(':memory:', before);
  db.raw.exec(`
    INSERT INTO attempts VALUES ('A1', 'S1', '201', 'C01', 'admitted', 1, 2, '{}');
    INSERT INTO admissions VALUES ('C01', 'S1', '201', 'A1', 2, '门岗（样本）');`);
  db.raw.exec(migrations.find((m) => m.id === 130)!.sql);
  expect(admissionsIn(db, 'S1')).toEqual([
    { candidateId: 'C01', turn: 1, roomId: '201', attemptId: 'A1', atMs: 2, byName: '门岗（样本）', byHand: false },
  ]);
  db.raw.close();
});
