import { expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  FOUR_LOOKS,
  identify,
  MINUTE,
  OTHER_ROOM,
  pinOf,
  ROOM,
  S1,
  showFace,
} from '../../../test/harness/exam-day.ts';
import type { CandidateId } from '../../lib/ids.ts';

test('who waits beside the queue stands at their own door, in the order they were set aside, and leaves by being admitted', async () => {
  const st = await atTheDoor();
  const door = st.as('door').checkin;
  for (const id of ['C03', 'C01', 'C07']) {
    const { attemptId } = await identify(st, id);
    await door.setAside({ attemptId, note: '等候' });
    st.clock.advance(MINUTE);
  }
  const waiting = async (roomId = ROOM) =>
    (await door.lane({ roomId })).waiting.map((w) => [w.candidateId, w.seat, w.held] as const);
  expect(await waiting()).toEqual([
    ['C03', '3 号工位', false],
    ['C01', '1 号工位', false],
  ]);
  expect((await waiting(OTHER_ROOM)).map(([id]) => id)).toEqual(['C07']);
  const counts = async () => (await door.lane({ roomId: ROOM })).counts;
  expect(await counts()).toMatchObject({ admitted: 0, setAside: 2, notYet: 4 });
  // Set aside a second time: now the last of them.
  const { attemptId } = await identify(st, 'C03');
  await door.setAside({ attemptId });
  expect((await waiting()).map(([id]) => id)).toEqual(['C01', 'C03']);
  await admit(st, 'C01');
  expect((await waiting()).map(([id]) => id)).toEqual(['C03']);
  expect(await counts()).toMatchObject({ admitted: 1, setAside: 1, notYet: 4 });
});

test('a clock set back hides nobody who was set aside after it', async () => {
  const st = await atTheDoor();
  const door = st.as('door').checkin;
  await door.dismiss({ attemptId: (await identify(st, 'C01')).attemptId });
  st.clock.setWall(st.clock.wallMs() - 2 * MINUTE);
  await door.setAside({ attemptId: (await identify(st, 'C01')).attemptId });
  expect((await door.lane({ roomId: ROOM })).waiting.map((w) => w.candidateId)).toEqual(['C01']);
});

test('the board says who came in by two persons, who is out, and lists everybody by ticket number', async () => {
  const st = await atTheDoor();
  const door = st.as('door').checkin;
  await admit(st, 'C02');
  const { attemptId } = await showFace(st, await identify(st, 'C01'), 'C05');
  await door.admitByHand({
    attemptId,
    reason: 'face-near-miss',
    checks: FOUR_LOOKS,
    second: pinOf(st, 'invigilator'),
  });
  st.clock.advance(60 * MINUTE);
  await st.as('invigilator').presence.signOut({ candidateId: 'C02' as CandidateId, kind: 'break', note: '' });
  expect((await door.lane({ roomId: ROOM })).counts).toEqual({
    expected: 6,
    admitted: 2,
    byHand: 1,
    away: 1,
    setAside: 0,
    notYet: 4,
    absent: 0,
  });
  const rows = await door.list({ sessionId: S1 });
  expect(rows.map((r) => r.ticketNumber)).toEqual(rows.map((r) => r.ticketNumber).toSorted());
  expect(rows.slice(0, 3).map((r) => [r.candidateId, r.status, r.away?.kind ?? null])).toEqual([
    ['C01', 'admitted-by-hand', null],
    ['C02', 'admitted', 'break'],
    ['C03', 'not-yet', null],
  ]);
});
