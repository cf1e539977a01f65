import { expect, test } from 'vitest';
import { admit, MINUTE, markAndSign, openDoor, ROOM, S1, sessionOf } from '../../../test/harness/exam-day.ts';
import { shortnessAccepted } from '../../../test/harness/on-video.ts';
import { codeOf, openTestStation, PIN, type TestStation } from '../../../test/harness/open-station.ts';
import { recordCamera } from '../../../test/harness/record-camera.ts';
import type { CandidateId } from '../../lib/ids.ts';
import type { Plan } from '../plan/plan-schema.ts';

const where = { sessionId: S1, roomId: ROOM };
const DOWN_MS = 2 * MINUTE;

/** Two go in, one of them for half an hour; then the camera is down for two minutes. All marked and signed, and closed. */
async function day(st: TestStation): Promise<TestStation> {
  await openDoor(st);
  const begunMs = st.clock.wallMs();
  for (const id of ['C01', 'C02']) await admit(st, id);
  const { startsAtMs, endsAtMs } = sessionOf(st);
  st.clock.advance(startsAtMs + 31 * MINUTE - st.clock.wallMs());
  await st.as('invigilator').presence.signOut({ candidateId: 'C02' as CandidateId, kind: 'finished', note: '' });
  const downMs = startsAtMs + 42 * MINUTE;
  st.clock.advance(endsAtMs - st.clock.wallMs());
  const { cameras } = await st.as('invigilator').recording.room(where);
  for (const { cameraId } of cameras) {
    await recordCamera(st, cameraId, [
      { beginMs: begunMs, endMs: downMs },
      { beginMs: downMs + DOWN_MS, endMs: endsAtMs },
    ]);
  }
  await st.as('site-lead').session.close({ sessionId: S1 });
  await markAndSign(st);
  return st;
}
const resultsOf = async (st: TestStation) => {
  const { rows } = await st.as('score-keeper').scoring.scoreBoard({ sessionId: S1 });
  return ['C01', 'C02'].map((id) => {
    const { result, scoreTenths, obstacles } = rows.find((r) => r.candidateId === id)!;
    return { result, scoreTenths, obstacles };
  });
};
const confirmed = { result: 'passed', scoreTenths: 1000, obstacles: [] };
const lacking = (seconds: string) => ({
  result: 'not-confirmed',
  scoreTenths: null,
  obstacles: [{ code: 'not-covered', ruleId: 'recording.every-room', facts: { seconds } }],
});

test('a score that video does not cover is not confirmed; one that is covered, and what two persons accepted, is confirmed', async () => {
  const st = await day(await openTestStation());
  expect(await resultsOf(st)).toEqual([lacking('120'), confirmed]);
  const seen = (await st.examiner('E01').scoring.revealed(where)).results;
  expect(seen.flatMap((r) => r.obstacles.map((o) => o.code))).toEqual(['not-covered']);
  const closing = async () => (await st.as('site-lead').archive.closing({ sessionId: S1 })).missing;
  const unconfirmed = { itemId: `not-confirmed:${ROOM}`, facts: { room: '201 考场', count: '1' } };
  expect(await closing()).toContainEqual(expect.objectContaining(unconfirmed));

  await shortnessAccepted(st);
  expect(await resultsOf(st)).toEqual([confirmed, confirmed]);
  expect((await closing()).map((m) => m.code)).not.toContain('not-confirmed');
}, 30_000);

const withoutCameras = (plan: Plan): Plan => ({ ...plan, rooms: plan.rooms.map((r) => ({ ...r, cameras: [] })) });

test('a room without cameras is not opened, unless two persons have said that its pack asks for no video there', async () => {
  const st = await openTestStation({ plan: withoutCameras });
  expect(await codeOf(openDoor(st))).toBe('NOT_READY');
  await st.as('site-lead').rules.change({
    clauseId: 'recording.cameraless-rooms',
    from: true,
    value: false,
    reason: '样本：中心同意本职业不录像',
    pin: PIN,
    second: { staffId: st.member('supervisor').staffId, pin: PIN },
  });
  expect(await resultsOf(await day(st))).toEqual([confirmed, confirmed]);
}, 30_000);
