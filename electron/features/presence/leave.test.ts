import { describe, expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  FOUR_LOOKS,
  identify,
  MINUTE,
  pinOf,
  ROOM,
  S1,
  STROKES,
  sessionOf,
  showFace,
} from '../../../test/harness/exam-day.ts';
import { codeOf, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import type { CandidateId } from '../../lib/ids.ts';

const C01 = 'C01' as CandidateId;
const room = (st: TestStation) => st.as('invigilator').presence;
const later = (st: TestStation, minutesAfterStart: number) =>
  st.clock.advance(sessionOf(st).startsAtMs + minutesAfterStart * MINUTE - st.clock.wallMs());
const whereOf = async (st: TestStation, id: string) =>
  (await room(st).room({ roomId: ROOM })).people.find((p) => p.candidateId === id)?.where;

/** C01 is in, an hour after the start. */
async function inside(): Promise<TestStation> {
  const st = await atTheDoor();
  await admit(st, 'C01');
  later(st, 60);
  st.journalEvents();
  return st;
}

describe('a break', () => {
  test('is on record, counts as away, and ends only through the door, with a check', async () => {
    const st = await inside();
    const left = await room(st).signOut({ candidateId: C01, kind: 'break', note: '' });
    expect(left.where).toEqual({
      kind: 'break',
      sinceMs: st.clock.wallMs(),
      dueAtMs: st.clock.wallMs() + 10 * MINUTE,
      overdue: false,
    });
    expect((await st.as('door').checkin.lane({ roomId: ROOM })).counts).toMatchObject({ admitted: 1, away: 1 });
    const row = (await st.as('door').checkin.list({ sessionId: S1 })).find((r) => r.candidateId === 'C01');
    expect(row).toMatchObject({ status: 'admitted', away: { kind: 'break' } });
    st.clock.advance(11 * MINUTE);
    expect(await whereOf(st, 'C01')).toMatchObject({ kind: 'break', overdue: true });

    await st.placeCard('C01');
    const carded = (await st.as('door').checkin.lane({ roomId: ROOM })).attempt!;
    // The ticket was used on the way in.
    expect(carded.decision).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
    const seen = await showFace(st, carded, 'C01');
    expect(seen.decision).toEqual({ kind: 'admit', again: true });
    const back = await st.as('door').checkin.admit({ attemptId: seen.attemptId });
    expect(back.outcome).toBe('readmitted');
    expect(await whereOf(st, 'C01')).toEqual({ kind: 'inside', sinceMs: st.clock.wallMs() });
    expect(st.journalEvents()).toEqual([
      'presence.left',
      'checkin.card-read',
      'checkin.readmitted',
      'presence.came-back',
    ]);
    expect((await st.as('door').checkin.lane({ roomId: ROOM })).counts).toMatchObject({ admitted: 1, away: 0 });
  });

  test('another face calls a person, and two persons may let them in again', async () => {
    const st = await inside();
    await room(st).signOut({ candidateId: C01, kind: 'break', note: '' });
    const seen = await showFace(st, await identify(st, 'C01'), 'C05');
    expect(seen.decision).toMatchObject({ kind: 'call-person', again: true });
    const { attemptId } = seen;
    expect(await codeOf(st.as('door').checkin.admit({ attemptId }))).toBe('NOT_ALLOWED');
    const back = await st.as('door').checkin.admitByHand({
      attemptId,
      reason: 'face-near-miss',
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    });
    expect(back.outcome).toBe('readmitted-by-hand');
    expect(await whereOf(st, 'C01')).toMatchObject({ kind: 'inside' });
  });

  test('two lanes at once let one person back in once', async () => {
    const st = await inside();
    await room(st).signOut({ candidateId: C01, kind: 'break', note: '' });
    const first = await showFace(st, await identify(st, 'C01'), 'C01');
    const door = st.as('door').checkin;
    const second = await door.typeDocument({
      roomId: ROOM,
      lane: 2,
      documentNumber: st.candidate('C01').documentNumber,
    });
    const byHand = {
      reason: 'no-card' as const,
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    };
    const codes = await Promise.all([
      codeOf(door.admit({ attemptId: first.attemptId })),
      codeOf(door.admitByHand({ attemptId: second.attemptId, ...byHand })),
    ]);
    expect(codes.toSorted()).toEqual(['NOT_ALLOWED', 'ok']);
    expect(st.journalEvents().filter((e) => e === 'presence.came-back')).toHaveLength(1);
  });
});

describe('signing out for good', () => {
  test('by the candidate’s own hand; the door lets nobody back in after it', async () => {
    const st = await inside();
    const left = await room(st).signOut({ candidateId: C01, kind: 'finished', note: '', strokes: STROKES });
    expect(left.where).toEqual({ kind: 'finished', sinceMs: st.clock.wallMs(), signed: true });
    const { data } = st.journal().at(-1)!;
    expect(data).toMatchObject({ kind: 'finished', ruleId: null, evidenceId: expect.any(String) });
    await st.placeCard('C01');
    const { decision } = (await st.as('door').checkin.lane({ roomId: ROOM })).attempt!;
    expect(decision).toMatchObject({ kind: 'already-in', away: { kind: 'finished' } });
  });

  test('a dot is no signature; without strokes it is on record as unsigned', async () => {
    const st = await inside();
    const wish = { candidateId: C01, kind: 'finished' as const, note: '' };
    expect(await codeOf(room(st).signOut({ ...wish, strokes: [[[1, 1, 0]]] }))).toBe('NO_SIGNATURE');
    expect((await room(st).signOut(wish)).where).toMatchObject({ kind: 'finished', signed: false });
  });

  test('nobody leaves twice, nobody who was never in, and nobody after the end', async () => {
    const st = await inside();
    await room(st).signOut({ candidateId: C01, kind: 'finished', note: '' });
    expect(await refusalOf(room(st).signOut({ candidateId: C01, kind: 'break', note: '' }))).toEqual({
      code: 'NOT_INSIDE',
      data: { where: { kind: 'finished', sinceMs: st.clock.wallMs(), signed: false } },
    });
    const c02 = { candidateId: 'C02' as CandidateId, kind: 'break' as const, note: '' };
    expect(await codeOf(room(st).signOut(c02))).toBe('NOT_ADMITTED');
    later(st, 300);
    await st.as('site-lead').session.close({ sessionId: S1 });
    expect(await codeOf(room(st).undoSignOut({ candidateId: C01, note: '样本' }))).toBe('WRONG_STATE');
    expect(st.journalEvents().filter((e) => e.endsWith('refused'))).toEqual([
      'presence.leave-refused',
      'presence.leave-refused',
      'presence.undo-refused',
    ]);
  });

  test('before the earliest leave it shows the clause and needs a note; at that minute it does not', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    later(st, 29);
    const wish = { candidateId: C01, kind: 'finished' as const };
    const early = await refusalOf(room(st).signOut({ ...wish, note: ' ' }));
    expect(early).toMatchObject({
      code: 'EARLY_LEAVE',
      data: { rule: { ruleId: 'admission.leave-after-minutes', facts: { minutes: '30' } } },
    });
    await room(st).signOut({ ...wish, note: '身体不适' });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'presence.left',
      data: { note: '身体不适', ruleId: 'admission.leave-after-minutes' },
    });
    await room(st).undoSignOut({ candidateId: C01, note: '记错了人' });
    later(st, 30);
    await room(st).signOut({ ...wish, note: '' });
    expect(st.journal().at(-1)).toMatchObject({ data: { ruleId: null } });
  });

  test('a mistake is taken back by a new entry; the one before stays', async () => {
    const st = await inside();
    expect(await codeOf(room(st).undoSignOut({ candidateId: C01, note: '样本' }))).toBe('NOT_OUT');
    await room(st).signOut({ candidateId: C01, kind: 'finished', note: '' });
    await room(st).undoSignOut({ candidateId: C01, note: '按错了键' });
    expect(await whereOf(st, 'C01')).toMatchObject({ kind: 'inside' });
    const kinds = st.station.db.prepare('SELECT kind FROM movements ORDER BY rowid').all();
    expect(kinds).toEqual([{ kind: 'finished' }, { kind: 'undone' }]);
    expect(() => st.station.db.prepare('DELETE FROM movements').run()).toThrow('never deleted');
  });
});

test('the end signs out who is inside or on a break, and says that nobody signed', async () => {
  const st = await atTheDoor();
  for (const id of ['C01', 'C02', 'C03']) await admit(st, id);
  later(st, 60);
  await room(st).signOut({ candidateId: C01, kind: 'finished', note: '', strokes: STROKES });
  await room(st).signOut({ candidateId: 'C02' as CandidateId, kind: 'break', note: '' });
  later(st, 300);
  await st.as('site-lead').session.close({ sessionId: S1 });
  expect(await whereOf(st, 'C01')).toMatchObject({ kind: 'finished', signed: true });
  expect(await whereOf(st, 'C02')).toMatchObject({ kind: 'session-end', from: 'break' });
  expect(await whereOf(st, 'C03')).toMatchObject({ kind: 'session-end', from: 'inside' });
  const ended = st.journal().find((e) => e.event === 'presence.ended');
  expect(ended).toMatchObject({ actor: { kind: 'station' }, data: { inside: ['C03'], onBreak: ['C02'] } });
});

test('where everybody is outlives a restart', async () => {
  const st = await inside();
  await room(st).signOut({ candidateId: C01, kind: 'break', note: '' });
  await st.restart();
  expect((await room(st).room({ roomId: ROOM })).counts).toEqual({
    admitted: 1,
    inside: 0,
    onBreak: 1,
    finished: 0,
    overdue: 0,
  });
});
