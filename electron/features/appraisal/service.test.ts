import { expect, test } from 'vitest';
import { admit, examinersOf, markAndSign, openDoor, ROOM, S1, sessionOf } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, type TestStation } from '../../../test/harness/open-station.ts';
import { inTransaction } from '../../db/database.ts';
import type { ExaminerId } from '../../lib/ids.ts';
import { aRecord } from '../examiners/dossier-fixture.ts';
import { currentDossier, dossierHistory, insertDossier } from '../examiners/store.ts';

const good = { discipline: 'good', standard: 'good', record: 'good' } as const;
const fit = { sessionId: S1, result: 'fit', aspects: good, remark: '', pin: PIN } as const;
const unfit = { ...fit, result: 'unfit', remark: '评分中途离场，多次缺项' } as const;
const first = (st: TestStation) => examinersOf(st)[0] as ExaminerId;

async function closed(st: TestStation, ids = ['C01', 'C02']): Promise<void> {
  await openDoor(st);
  for (const id of ids) await admit(st, id);
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  await st.as('site-lead').session.close({ sessionId: S1 });
}

function fileDossier(st: TestStation, appraisals: { year: number; result: 'fit' | 'unfit' }[] = []): string {
  const { name, cardNumber } = st.plan.examiners.find((e) => e.examinerId === first(st))!;
  const record = { ...aRecord({ name, cardNumber }), appraisals };
  const by = { atMs: 1, byStaffId: 'S', source: 'form', reason: '样本' } as const;
  inTransaction(st.station.db, (w) => insertDossier(w, { dossierId: 'DS-1', replaces: null, record, ...by }));
  return 'DS-1';
}
const yearOf = (st: TestStation) => new Date(sessionOf(st).startsAtMs).getUTCFullYear();

test('lead and supervisor each say their word by PIN; the last of each counts, and all are on record', async () => {
  const st = await openTestStation();
  await closed(st);
  st.journalEvents();
  const examinerId = first(st);
  await st.as('site-lead').appraisal.give({ ...fit, examinerId });
  await st.as('supervisor').appraisal.give({ ...fit, examinerId });
  await st.as('site-lead').appraisal.give({ ...unfit, examinerId });
  expect(st.journalEvents()).toEqual(['appraisal.given', 'appraisal.given', 'appraisal.given']);
  const { examiners, open } = await st.as('supervisor').appraisal.view({ sessionId: S1, scope: 'session' });
  expect(open).toBe(true);
  const { given } = examiners.find((e) => e.examinerId === examinerId)!;
  expect(given.map((g) => [g.byRole, g.result])).toEqual([
    ['site-lead', 'unfit'],
    ['supervisor', 'fit'],
  ]);
  expect(JSON.stringify(st.journal().at(-1))).not.toContain(unfit.remark);
});

test('refused: before the session has begun, by a wrong PIN, about nobody of the panel, and a bad word without a reason', async () => {
  const st = await openTestStation();
  await openDoor(st);
  const examinerId = first(st);
  const { appraisal } = st.as('site-lead');
  expect(await codeOf(appraisal.give({ ...fit, examinerId }))).toBe('NOT_OPENED');
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  await st.as('site-lead').session.close({ sessionId: S1 });
  expect(await codeOf(appraisal.give({ ...fit, examinerId, pin: '000000' }))).toBe('WRONG_PIN');
  expect(await codeOf(appraisal.give({ ...fit, examinerId: 'E07' as ExaminerId }))).toBe('NOT_ON_PANEL');
  for (const remark of ['', '差 ']) {
    expect(await codeOf(appraisal.give({ ...unfit, examinerId, remark }))).toBe('REMARK_NEEDED');
  }
  const poor = { ...good, record: 'poor' } as const;
  expect(await codeOf(appraisal.give({ ...fit, aspects: poor, examinerId }))).toBe('REMARK_NEEDED');
  expect(await codeOf(st.examiner(examinerId).appraisal.give({ ...fit, examinerId }))).toBe('FORBIDDEN');
  expect(await codeOf(appraisal.view({ sessionId: 'S9' as never, scope: 'session' }))).toBe('NO_SUCH_SESSION');
});

test('where both agree the year’s result goes into the dossier as a new version, once', async () => {
  const st = await openTestStation();
  await closed(st);
  const [examinerId, dossierId] = [first(st), fileDossier(st)];
  await st.as('site-lead').appraisal.give({ ...fit, examinerId });
  expect(currentDossier(st.station.db, dossierId)!.record.appraisals).toEqual([]);
  await st.as('supervisor').appraisal.give({ ...fit, examinerId });
  const result = { year: yearOf(st), result: 'fit' };
  expect(currentDossier(st.station.db, dossierId)!.record.appraisals).toEqual([result]);
  await st.as('supervisor').appraisal.give({ ...fit, examinerId });
  expect(dossierHistory(st.station.db, dossierId)).toHaveLength(2);
  for (const role of ['site-lead', 'supervisor'] as const) await st.as(role).appraisal.give({ ...unfit, examinerId });
  expect(currentDossier(st.station.db, dossierId)!.record.appraisals).toEqual([{ ...result, result: 'unfit' }]);
  expect(dossierHistory(st.station.db, dossierId)[0]!.reason).toContain('工作考核');
});

test('one voice alone, or two that differ, change no dossier; nor does “fit” take back a year that was unfit', async () => {
  const st = await openTestStation();
  await closed(st);
  const examinerId = first(st);
  const dossierId = fileDossier(st, [{ year: yearOf(st), result: 'unfit' }]);
  await st.as('site-lead').appraisal.give({ ...unfit, examinerId });
  await st.as('supervisor').appraisal.give({ ...fit, examinerId });
  await st.as('site-lead').appraisal.give({ ...fit, examinerId });
  expect(dossierHistory(st.station.db, dossierId)).toHaveLength(1);
});

test('of marks nothing is told before the whole panel has locked, and no figures from a handful', async () => {
  const st = await openTestStation();
  await closed(st);
  const view = () => st.as('supervisor').appraisal.view({ sessionId: S1, scope: 'session' });
  const ofRoom = async () => (await view()).examiners.filter((e) => e.roomName === '201 考场');
  expect((await ofRoom()).map((e) => e.together)).toEqual([0, 0, 0]);
  const where = { sessionId: S1, roomId: ROOM };
  await markAndSign(st);
  expect((await st.examiner(first(st)).scoring.sheet(where)).state.kind).toBe('signed');
  expect((await ofRoom()).map((e) => [e.together, e.statistics])).toEqual([
    [2, null],
    [2, null],
    [2, null],
  ]);
  expect((await view()).rooms[0]).toMatchObject({ candidates: 2, examiners: 3, agreement: null });
});
