import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  attemptAt,
  FOUR_LOOKS,
  identify,
  MINUTE,
  OTHER_ROOM,
  openDoor,
  pinOf,
  ROOM,
  S1,
  sessionOf,
  showFace,
} from '../../../test/harness/exam-day.ts';
import { pictureOf } from '../../../test/harness/fake-face-engine.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { foreigner2023CardText } from '../../devices/id-reader/cards.ts';

const door = (st: TestStation) => st.as('door').checkin;
const byHand = {
  reason: 'no-card' as const,
  note: '',
  checks: FOUR_LOOKS,
};
const invigilator = (st: TestStation) => pinOf(st, 'invigilator');

test('a refusal is of the session this door works for, not of the one the person belongs to', async () => {
  const later = { sessionId: 'S2' as never, label: '下午场（样本）' };
  const st = await openTestStation({
    plan: (plan) => {
      const { startsAtMs, endsAtMs } = plan.sessions[0]!;
      const next = { ...plan.sessions[0]!, ...later, startsAtMs: endsAtMs, endsAtMs: 2 * endsAtMs - startsAtMs };
      const candidates = plan.candidates.map((c) => (c.candidateId === 'C02' ? { ...c, sessionId: 'S2' as never } : c));
      const panels = [...plan.panels, ...plan.panels.map((p) => ({ ...p, sessionId: 'S2' as never }))];
      return { ...plan, sessions: [...plan.sessions, next], candidates, panels };
    },
  });
  await openDoor(st);
  await st.as('door').checkin.lane({ roomId: ROOM });
  await st.placeCard('C02');
  const elsewhere = await attemptAt(st);
  expect(elsewhere.decision).toMatchObject({ kind: 'not-here', place: { sessionId: 'S2' } });
  expect(await codeOf(door(st).admit({ attemptId: elsewhere.attemptId }))).toBe('NOT_ALLOWED');
  expect(st.journal().at(-1)).toMatchObject({ event: 'checkin.admit-refused', sessionId: S1 });
});

describe('place and time', () => {
  test('another room: told where to go, no picture taken, and on record as such', async () => {
    const st = await atTheDoor();
    await st.placeCard('C07');
    const a = await attemptAt(st);
    expect(a.decision).toMatchObject({ kind: 'not-here', place: { roomId: OTHER_ROOM, seat: '1 号工位' } });
    expect(await codeOf(door(st).admit({ attemptId: a.attemptId }))).toBe('NOT_ALLOWED');
    const wish = { attemptId: a.attemptId, ...byHand, second: invigilator(st) };
    expect(await codeOf(door(st).admitByHand(wish))).toBe('NOT_ALLOWED');
    expect((await door(st).dismiss({ attemptId: a.attemptId })).outcome).toBe('sent-elsewhere');
    expect(st.journal().at(-1)).toMatchObject({ event: 'checkin.sent-elsewhere', data: { toRoomId: OTHER_ROOM } });
  });

  test('nobody the plan knows', async () => {
    const st = await atTheDoor();
    await st.placeText(
      foreigner2023CardText({
        chineseName: '样本人',
        englishName: 'SPECIMEN',
        sex: '1',
        renewalCount: '00',
        birth: '19000101',
        number: '931000190001010014',
        nationality: 'CAN',
        validFrom: '20230101',
        validUntil: '20330101',
        earlierNumberLink: '',
      }),
    );
    const a = await attemptAt(st);
    expect(a.decision).toEqual({ kind: 'unknown-person' });
    expect((await door(st).dismiss({ attemptId: a.attemptId })).outcome).toBe('abandoned');
  });

  test('before the door opens it is too early, also by hand', async () => {
    const st = await openTestStation();
    await door(st).lane({ roomId: ROOM });
    const a = await identify(st, 'C01');
    expect(a.decision).toMatchObject({ kind: 'too-early', opensAtMs: sessionOf(st).startsAtMs - 15 * MINUTE });
    const wish = { attemptId: a.attemptId, ...byHand, second: invigilator(st) };
    expect(await codeOf(door(st).admitByHand(wish))).toBe('NOT_ALLOWED');
  });

  test('at the late limit still in, a minute after refused by rule, whatever two persons say', async () => {
    const st = await atTheDoor();
    st.clock.advance(45 * MINUTE);
    expect((await admit(st, 'C01')).outcome).toBe('admitted');
    st.clock.advance(MINUTE);
    const a = await identify(st, 'C02');
    expect(a.decision).toMatchObject({
      kind: 'refuse',
      rule: { ruleId: 'admission.late-after-minutes', facts: { minutes: '30', lateByMinutes: '31' } },
    });
    const wish = { attemptId: a.attemptId, ...byHand, second: invigilator(st) };
    expect(await codeOf(door(st).admitByHand(wish))).toBe('NOT_ALLOWED');
    expect((await door(st).dismiss({ attemptId: a.attemptId })).outcome).toBe('refused');
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.refused',
      data: { ruleId: 'admission.late-after-minutes' },
    });
  });

  test('who was set aside in time is not late; who only looked in and left is', async () => {
    const st = await atTheDoor();
    const waiting = await identify(st, 'C01');
    await door(st).setAside({ attemptId: waiting.attemptId, note: '照片存疑' });
    const left = await identify(st, 'C02');
    await door(st).dismiss({ attemptId: left.attemptId });
    st.clock.advance(90 * MINUTE);
    expect((await identify(st, 'C01')).decision).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
    expect((await identify(st, 'C02')).decision).toMatchObject({ kind: 'refuse' });
  });

  test('whoever is in already is shown with when and by whom', async () => {
    const st = await atTheDoor();
    const { attemptId } = await admit(st, 'C01');
    const again = await identify(st, 'C01');
    expect(again.decision).toMatchObject({
      kind: 'already-in',
      admittedAtMs: st.clock.wallMs(),
      byName: 'door（样本）',
    });
    expect(await codeOf(door(st).admit({ attemptId: again.attemptId }))).toBe('NOT_ALLOWED');
    expect(attemptId).not.toBe(again.attemptId);
  });
});

describe('two at once', () => {
  test('two windows of one door admit a person once; the second learns what became of the attempt', async () => {
    const st = await atTheDoor();
    const { attemptId } = await showFace(st, await identify(st, 'C01'), 'C01');
    const replies = await Promise.all([
      refusalOf(door(st).admit({ attemptId })),
      refusalOf(st.as('invigilator').checkin.admit({ attemptId })),
    ]);
    expect(replies.filter((r) => r === 'ok')).toHaveLength(1);
    expect(replies.find((r) => r !== 'ok')).toMatchObject({
      code: 'ATTEMPT_CLOSED',
      data: { attempt: { attemptId, outcome: 'admitted' } },
    });
    expect(st.journal().filter((e) => e.event === 'checkin.admitted')).toHaveLength(1);
  });

  test('an attempt is closed once, whichever way', async () => {
    const st = await atTheDoor();
    const { attemptId } = await identify(st, 'C01');
    await door(st).setAside({ attemptId });
    for (const again of [
      door(st).admit({ attemptId }),
      door(st).dismiss({ attemptId }),
      door(st).setAside({ attemptId }),
      door(st).presentFace({ attemptId, frame: pictureOf('C01') }),
    ]) {
      expect(await codeOf(again)).toBe('ATTEMPT_CLOSED');
    }
    expect(await codeOf(door(st).admit({ attemptId: 'A-NONE' as never }))).toBe('NO_SUCH_ATTEMPT');
  });

  test('the next card ends an attempt that nobody closed, in the name of the station', async () => {
    const st = await atTheDoor();
    const first = await identify(st, 'C01');
    await st.placeCard('C02');
    expect((await attemptAt(st)).candidateId).toBe('C02');
    const abandoned = st.journal().find((e) => e.event === 'checkin.abandoned')!;
    expect(abandoned).toMatchObject({ actor: { kind: 'station' }, data: { attemptId: first.attemptId } });
  });

  test('a card laid on while an admission is being written does not undo it', async () => {
    const st = await atTheDoor();
    const { attemptId } = await showFace(st, await identify(st, 'C01'), 'C01');
    const admitting = refusalOf(door(st).admit({ attemptId }));
    await setImmediate();
    await st.placeCard('C02');
    expect(await admitting).toBe('ok');
    expect((await attemptAt(st)).candidateId).toBe('C02');
    expect((await door(st).lane({ roomId: ROOM })).counts.admitted).toBe(1);
  });
});

describe('the second person', () => {
  test.each([
    ['oneself', 'door', PIN, 'SAME_PERSON'],
    ['an examiner', 'examiner', PIN, 'SAME_PERSON'],
    ['a wrong PIN', 'invigilator', '000000', 'WRONG_PIN'],
  ] as const)('%s is refused and journaled', async (_who, role, pin, expected) => {
    const st = await atTheDoor();
    const { attemptId } = await identify(st, 'C01');
    const { staffId } = st.member(role);
    st.journalEvents();
    expect(await codeOf(door(st).admitByHand({ attemptId, ...byHand, second: { staffId, pin } }))).toBe(expected);
    expect((await door(st).lane({ roomId: ROOM })).counts.admitted).toBe(0);
    expect(st.journalEvents()).toEqual([expected === 'WRONG_PIN' ? 'staff.wrong-pin' : 'checkin.second-refused']);
  });
});

describe('what is refused at the reader and the scanner is journaled', () => {
  test('rubbish, an unknown ticket, an unknown number, an unreadable card', async () => {
    const st = await atTheDoor();
    const { checkin } = st.as('door');
    expect(await codeOf(checkin.presentTicket({ roomId: ROOM, text: 'http://example.invalid/' }))).toBe('NOT_A_TICKET');
    expect(await codeOf(checkin.presentTicket({ roomId: ROOM, text: '999900009999' }))).toBe('TICKET_UNKNOWN');
    expect(await codeOf(checkin.typeDocument({ roomId: ROOM, documentNumber: '310199190001010011' }))).toBe(
      'NUMBER_INVALID',
    );
    await st.placeText(new Uint8Array(256).fill(0xff));
    expect(await codeOf(checkin.lane({ roomId: '999' as never }))).toBe('NO_SUCH_ROOM');
    expect(st.journalEvents()).toEqual([
      'checkin.ticket-refused',
      'checkin.ticket-refused',
      'checkin.number-refused',
      'checkin.card-unreadable',
    ]);
    expect((await checkin.lane({ roomId: ROOM })).attempt).toBeNull();
  });

  test('a lost reader is shown at the door, and both its going and coming are on record', async () => {
    const st = await atTheDoor();
    const reader = async () => (await door(st).lane({ roomId: ROOM })).reader;
    st.reader.report({ kind: 'lost', reason: 'unplugged', sinceMs: st.clock.wallMs() });
    expect(await reader()).toEqual({ kind: 'lost', reason: 'unplugged' });
    st.reader.report({ kind: 'waiting' });
    expect(await reader()).toEqual({ kind: 'waiting' });
    expect(st.journalEvents()).toEqual(['checkin.reader-state', 'checkin.reader-state']);
  });
});
