import { describe, expect, test } from 'vitest';
import {
  admit,
  identify,
  MINUTE,
  OTHER_ROOM,
  openDoor,
  openUnsigned,
  ROOM,
  S1,
  sessionOf,
} from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';

const stateNow = async (st: TestStation) => (await st.as('site-lead').session.list())[0]!.state;
const close = (st: TestStation, earlyReason = '') => st.as('site-lead').session.close({ sessionId: S1, earlyReason });

describe('the readiness gate', () => {
  test('opens once; what only asks for a look does not stop it and is on record', async () => {
    const st = await openTestStation();
    expect(await stateNow(st)).toBe('preparing');
    await openUnsigned(st);
    expect(await stateNow(st)).toBe('open');
    const opened = st.journal().find((e) => e.event === 'session.opened')!;
    expect(opened).toMatchObject({ sessionId: 'S1', actor: { role: 'site-lead' } });
    expect((opened.data as { readiness: object[] }).readiness).toContainEqual({ code: 'supervisor', result: 'look' });
    expect(await refusalOf(st.as('site-lead').session.open({ sessionId: S1 }))).toEqual({
      code: 'WRONG_STATE',
      data: { state: 'open' },
    });
    // Other features write down what they begin with at the opening.
    const steps = st.journalEvents().filter((e) => e.startsWith('session.'));
    expect(steps).toEqual(['session.opened', 'session.step-refused']);
  });

  test('keys still wrapped keep the door shut, and the refusal names them', async () => {
    const st = await openTestStation();
    await st.restart();
    const refused = await refusalOf(st.as('site-lead').session.open({ sessionId: S1 }));
    expect(refused).toMatchObject({ code: 'NOT_READY' });
    expect(await stateNow(st)).toBe('preparing');
    expect(st.journal().at(-1)).toMatchObject({ event: 'session.open-refused', data: { stops: ['keys'] } });
  });

  test('a panel that is too small keeps the door shut', async () => {
    const st = await openTestStation({
      plan: (p) => ({ ...p, panels: p.panels.filter((seat) => seat.duty === 'lead') }),
    });
    expect(await codeOf(st.as('site-lead').session.open({ sessionId: S1 }))).toBe('NOT_READY');
    expect(st.journal().at(-1)).toMatchObject({ data: { stops: ['panel'] } });
  });

  test('of two leads opening at once one opens', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead').session;
    const codes = await Promise.all([codeOf(lead.open({ sessionId: S1 })), codeOf(lead.open({ sessionId: S1 }))]);
    expect(codes.sort()).toEqual(['WRONG_STATE', 'ok']);
  });

  test('an unknown session is no session', async () => {
    const st = await openTestStation();
    const { session } = st.as('site-lead');
    const sessionId = 'S9' as typeof S1;
    expect(await codeOf(session.open({ sessionId }))).toBe('NO_SUCH_SESSION');
    expect(await codeOf(session.close({ sessionId }))).toBe('NO_SUCH_SESSION');
    expect(await codeOf(session.overview({ sessionId }))).toBe('NO_SUCH_SESSION');
    expect(await codeOf(session.mark({ sessionId, roomId: null, note: '' }))).toBe('NO_SUCH_SESSION');
  });
});

describe('the end', () => {
  test('a session runs from its start time by itself', async () => {
    const st = await openTestStation();
    await openDoor(st);
    st.clock.advance(15 * MINUTE - 1);
    expect(await stateNow(st)).toBe('open');
    st.clock.advance(1);
    expect(await stateNow(st)).toBe('running');
  });

  test.each([
    ['before it was opened', -30, '', 'WRONG_STATE'],
    ['at the late limit, with a reason', 30, '全体提前交卷', 'TOO_EARLY'],
    ['a minute after the late limit, with a reason', 31, '全体提前交卷', 'ok'],
    ['a minute after the late limit, without a reason', 31, '', 'TOO_EARLY'],
    ['with a reason of blanks', 31, '   ', 'TOO_EARLY'],
    ['at the end time', 150, '', 'ok'],
  ])('%s', async (_when, minutesAfterStart, reason, expected) => {
    const st = await openTestStation();
    if (minutesAfterStart > 0) await openDoor(st);
    st.clock.advance(sessionOf(st).startsAtMs + minutesAfterStart * MINUTE - st.clock.wallMs());
    st.journalEvents();
    expect(await codeOf(close(st, reason))).toBe(expected);
    expect(await stateNow(st)).toBe(expected === 'ok' ? 'closed' : expected === 'TOO_EARLY' ? 'running' : 'preparing');
    expect(st.journalEvents()).toEqual([
      { ok: 'session.closed', TOO_EARLY: 'session.close-refused', WRONG_STATE: 'session.step-refused' }[expected],
    ]);
  });

  test('whoever was not admitted is absent from then on, also who was set aside; the numbers add up', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    const { attemptId } = await identify(st, 'C02');
    await st.as('door').checkin.setAside({ attemptId });
    const counts = async () => (await st.as('site-lead').session.overview({ sessionId: S1 })).counts;
    expect(await counts()).toEqual({
      expected: 12,
      admitted: 1,
      byHand: 0,
      away: 0,
      setAside: 1,
      notYet: 10,
      absent: 0,
    });

    st.clock.advance(180 * MINUTE);
    await close(st);
    expect(await counts()).toEqual({
      expected: 12,
      admitted: 1,
      byHand: 0,
      away: 0,
      setAside: 0,
      notYet: 0,
      absent: 11,
    });
    const list = await st.as('door').checkin.list({ sessionId: S1 });
    expect(list.filter((c) => c.status === 'absent')).toHaveLength(11);
    expect(await codeOf(close(st))).toBe('WRONG_STATE');
  });
});

describe('the overview', () => {
  test('shows each room with its counts, cameras and panel; alarms speak while the session runs', async () => {
    const st = await openTestStation();
    const overview = () => st.as('supervisor').session.overview({ sessionId: S1 });
    expect((await overview()).alarms).toEqual([]);
    await openDoor(st);
    st.examiner('E01');
    st.clock.advance(16 * MINUTE);
    const seen = await overview();
    expect(seen.rooms.map((r) => [r.roomId, r.counts.expected, r.cameras, r.staff])).toEqual([
      [ROOM, 6, { recording: 0, total: 1 }, { present: 1, needed: 3 }],
      [OTHER_ROOM, 6, { recording: 0, total: 1 }, { present: 0, needed: 3 }],
    ]);
    expect(seen.alarms.map((a) => a.code)).toEqual([
      'camera-not-started',
      'camera-not-started',
      'panel-short',
      'panel-short',
    ]);
    expect(seen.journal.size).toBe(st.journal().length);
  });

  test("a jump of the computer's clock is journaled and shown", async () => {
    const st = await openTestStation();
    await openDoor(st);
    st.clock.advance(1000);
    st.tick();
    st.journalEvents();
    st.clock.setWall(st.clock.wallMs() + 60_000);
    st.tick();
    st.tick();
    expect(st.journalEvents()).toEqual(['site.clock-jumped']);
    const { alarms } = await st.as('site-lead').session.overview({ sessionId: S1 });
    expect(alarms).toContainEqual(expect.objectContaining({ code: 'clock-jump', facts: { seconds: '60' } }));
  });

  test('a checkpoint is signed every five minutes while there is something new', async () => {
    const st = await openTestStation();
    const at = async () => (await st.as('site-lead').session.overview({ sessionId: S1 })).journal;
    st.tick();
    const first = await at();
    expect(first.lastCheckpointSize).toBe(first.size);
    st.clock.advance(6 * MINUTE);
    st.tick();
    expect((await at()).lastCheckpointAtMs).toBe(first.lastCheckpointAtMs);
    await st.as('supervisor').session.mark({ sessionId: S1, roomId: ROOM, note: '样本' });
    st.tick();
    expect((await at()).lastCheckpointAtMs).toBe(st.clock.wallMs());
  });

  test('a moment worth finding again is in the journal with who, where and when', async () => {
    const st = await openTestStation();
    const wish = { sessionId: S1, roomId: ROOM, note: '考生举手' };
    expect(await st.as('supervisor').session.mark(wish)).toEqual({ atMs: st.clock.wallMs(), by: 'S-supervisor' });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'session.moment-marked',
      sessionId: 'S1',
      data: { roomId: ROOM, cameraId: null, note: '考生举手' },
    });
  });
});
