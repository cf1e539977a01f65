import { expect, test } from 'vitest';
import { admit, MINUTE, openDoor, pinOf, S1, sessionOf } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { recordCamera } from '../../../test/harness/record-camera.ts';
import type { CandidateId } from '../../lib/ids.ts';

const C01 = 'C01' as CandidateId;
const S = 1_000;
/** The camera is down for so long. */
const DOWN_MS = 134 * S;

/** Two go in, one of them for half an hour only; the camera is down from minute 42 on. Ends closed. */
async function day(): Promise<{ st: TestStation; admittedMs: number; downMs: number; endMs: number }> {
  const st = await openTestStation();
  await openDoor(st);
  const begunMs = st.clock.wallMs();
  await admit(st, 'C01');
  const admittedMs = st.clock.wallMs();
  await admit(st, 'C02');
  const { startsAtMs, endsAtMs } = sessionOf(st);
  st.clock.advance(startsAtMs + 31 * MINUTE - st.clock.wallMs());
  await st.as('invigilator').presence.signOut({ candidateId: 'C02' as CandidateId, kind: 'finished', note: '' });
  const downMs = startsAtMs + 42 * MINUTE;
  st.clock.advance(endsAtMs - st.clock.wallMs());
  await recordCamera(st, '201-A', [
    { beginMs: begunMs, endMs: downMs },
    { beginMs: downMs + DOWN_MS, endMs: endsAtMs },
  ]);
  return { st, admittedMs, downMs, endMs: endsAtMs };
}

const coverageIn = async (st: TestStation) => (await st.as('site-lead').coverage.session({ sessionId: S1 })).candidates;

test('who was there during a gap is short of video, who had gone is not', async () => {
  const { st, admittedMs, downMs, endMs } = await day();
  await st.as('site-lead').session.close({ sessionId: S1 });
  const [one, two] = await coverageIn(st);
  expect(one).toMatchObject({
    candidateId: 'C01',
    seat: '1 号工位',
    cameras: [{ cameraId: '201-A' }],
    present: [{ beginMs: admittedMs, endMs }],
    presentMs: endMs - admittedMs,
    mostMs: endMs - admittedMs - DOWN_MS,
    gaps: [{ beginMs: downMs, endMs: downMs + DOWN_MS, causes: [{ cameraId: '201-A', reason: 'no-segments' }] }],
    verdict: 'short',
    acceptance: null,
  });
  expect(two).toMatchObject({ candidateId: 'C02', gaps: [], verdict: 'covered' });
});

const wish = (st: TestStation, changed: object = {}) => ({
  candidateId: C01,
  reason: '采集卡掉线两分钟，监考全程在场，见考场记录',
  pin: PIN,
  second: pinOf(st, 'supervisor'),
  ...changed,
});

test('two persons accept a shortness once the session is over; neither one alone, nor a wrong PIN, nor twice', async () => {
  const { st } = await day();
  const { coverage, session } = st.as('site-lead');
  expect(await refusalOf(coverage.accept(wish(st)))).toEqual({ code: 'WRONG_STATE', data: { state: 'running' } });
  await session.close({ sessionId: S1 });
  const own = pinOf(st, 'site-lead');
  const door = pinOf(st, 'door');
  st.journalEvents();
  expect(await codeOf(coverage.accept(wish(st, { second: own })))).toBe('SAME_PERSON');
  expect(await codeOf(coverage.accept(wish(st, { second: door })))).toBe('SAME_PERSON');
  expect(await codeOf(coverage.accept(wish(st, { pin: '000000' })))).toBe('WRONG_PIN');
  expect(await codeOf(coverage.accept(wish(st, { candidateId: 'C02' })))).toBe('NOT_SHORT');
  expect(await codeOf(coverage.accept(wish(st, { candidateId: 'C03' })))).toBe('NOT_ADMITTED');
  const accepted = await coverage.accept(wish(st));
  expect(accepted).toMatchObject({
    verdict: 'short',
    acceptance: { reason: wish(st).reason, secondName: 'supervisor（样本）' },
  });
  expect(await codeOf(coverage.accept(wish(st)))).toBe('NOT_SHORT');
  expect(st.journalEvents()).toEqual([
    'coverage.acceptance-refused',
    'coverage.acceptance-refused',
    'staff.wrong-pin',
    'coverage.acceptance-refused',
    'coverage.acceptance-refused',
    'coverage.accepted',
    'coverage.acceptance-refused',
  ]);
  expect(await codeOf(st.as('door').coverage.session({ sessionId: S1 }))).toBe('FORBIDDEN');
});
