import { admit, MINUTE, openDoor, ROOM, S1, STROKES, sessionOf } from '../../../test/harness/exam-day.ts';
import { filmed } from '../../../test/harness/on-video.ts';
import { openTestStation, PIN, type TestStation } from '../../../test/harness/open-station.ts';
import { inTransaction } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import type { Role } from '../staff/roles.ts';
import { bindConnection, insertStaff } from '../staff/store.ts';

export const where = { sessionId: S1, roomId: ROOM };
export const of = (st: TestStation, examinerId = 'E01') => st.examiner(examinerId).scoring;
/** Marks a cell at a desk that has just read the sheet. */
export const put = async (
  st: TestStation,
  cell: typeof where & { anonymousNumber: string; itemId: string; tenths: number | null },
  examinerId = 'E01',
) => {
  const { rows } = await of(st, examinerId).sheet(where);
  const version = rows.find((r) => r.anonymousNumber === cell.anonymousNumber)?.versions[cell.itemId] ?? 0;
  return of(st, examinerId).mark({ ...cell, version });
};
/** Two candidates are in, on video, and nobody else can come any more. */
export const marking = async () => {
  const st = await openTestStation();
  await openDoor(st);
  await admit(st, 'C01');
  await admit(st, 'C02');
  st.clock.advance(sessionOf(st).startsAtMs + 31 * MINUTE - st.clock.wallMs());
  await filmed(st);
  st.journalEvents();
  return st;
};
export const sign = async (st: TestStation, examinerId: string, wish: { pin?: string; checkCode?: string } = {}) => {
  const { state } = await of(st, examinerId).sheet(where);
  const checkCode = 'checkCode' in state ? state.checkCode : '';
  return of(st, examinerId).sign({ ...where, pin: PIN, strokes: STROKES, checkCode, ...wish });
};
/** Somebody with roles together that a station of today does not give to one person. */
export const holding = (st: TestStation, roles: Role[], examinerId: string) => {
  const { connectionId } = st.station.contextOf(st.cookieFor('stranger'), '')!.caller;
  const examiner = st.plan.examiners.find((e) => e.examinerId === examinerId)!;
  inTransaction(st.station.db, (w) => {
    insertStaff(w, { staffId: 'S-BOTH' as StaffId, name: '双职（样本）', roles }, '', examiner);
    bindConnection(w, connectionId, 'S-BOTH', 'test');
  });
  return st.stranger();
};
