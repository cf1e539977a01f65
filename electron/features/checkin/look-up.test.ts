import { describe, expect, test } from 'vitest';
import { admit, attemptAt, identify, openDoor, ROOM, showFace } from '../../../test/harness/exam-day.ts';
import { pictureOf } from '../../../test/harness/fake-face-engine.ts';
import { codeOf, openTestStation, PASSPHRASE, type TestStation } from '../../../test/harness/open-station.ts';
import type { CandidateId, RoomId } from '../../lib/ids.ts';

const door = (st: TestStation) => st.as('door').checkin;
const tailOf = (st: TestStation, candidateId: string, places = 4) =>
  st.candidate(candidateId).documentNumber.slice(-places);
const atTheDoor = async () => {
  const st = await openTestStation();
  await openDoor(st);
  await door(st).lane({ roomId: ROOM });
  st.journalEvents();
  return st;
};

describe('looking up by the end of a number', () => {
  test('finds who holds it, masked, with seat and state; the record has the count and not the digits', async () => {
    const st = await atTheDoor();
    const tail = tailOf(st, 'C01');
    const { total, matches } = await door(st).lookUp({ roomId: ROOM, tail: tail.toLowerCase() });
    const found = matches.find((m) => m.candidateId === 'C01')!;
    const { name, ticketNumber, documentNumber } = st.candidate('C01');
    expect(found).toMatchObject({ name, ticketNumber, roomId: ROOM, status: 'not-yet' });
    expect(found.maskedDocumentNumber).not.toContain(documentNumber.slice(6, 14));
    expect(matches).toHaveLength(total);
    expect(JSON.stringify(matches)).not.toContain(documentNumber);

    const entry = st.journal().at(-1)!;
    expect(entry).toMatchObject({
      event: 'checkin.looked-up',
      sessionId: 'S1',
      data: { roomId: ROOM, matches: total },
    });
    expect(JSON.stringify(entry.data)).not.toContain(tail);
  });

  test("finds by the ticket's end too, and tells who is in already", async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    const { matches } = await door(st).lookUp({ roomId: ROOM, tail: st.candidate('C01').ticketNumber.slice(-6) });
    expect(matches).toMatchObject([{ candidateId: 'C01', status: 'admitted' }]);
  });

  test('of many it shows ten and says how many there are', async () => {
    const end = 'X0000';
    const st = await openTestStation({
      plan: (p) => ({
        ...p,
        candidates: p.candidates.map((c, i) => ({ ...c, ticketNumber: `T${String(i).padStart(2, '0')}${end}` })),
      }),
    });
    await openDoor(st);
    const { total, matches } = await door(st).lookUp({ roomId: ROOM, tail: end });
    expect(total).toBe(st.plan.candidates.filter((c) => c.sessionId === 'S1').length);
    expect(total).toBeGreaterThan(10);
    expect(matches).toHaveLength(10);
  });

  test('nobody is found by an end nobody has, and that is on record too', async () => {
    const st = await atTheDoor();
    expect(await door(st).lookUp({ roomId: ROOM, tail: 'ZZZZ' })).toEqual({ total: 0, matches: [] });
    expect(st.journalEvents()).toEqual(['checkin.looked-up']);
  });

  test.each(['123', '123456789', '12%4', '12 4', ''])('%j is no end of a number', async (tail) => {
    const st = await atTheDoor();
    expect(await codeOf(door(st).lookUp({ roomId: ROOM, tail }))).toBe('BAD_REQUEST');
    expect(st.journalEvents()).toEqual([]);
  });

  test('an examiner may not look, and there is no such room to look from', async () => {
    const st = await atTheDoor();
    expect(await codeOf(st.examiner('E01').checkin.lookUp({ roomId: ROOM, tail: '1234' }))).toBe('FORBIDDEN');
    expect(await codeOf(door(st).lookUp({ roomId: '999' as RoomId, tail: '1234' }))).toBe('NO_SUCH_ROOM');
  });
});

describe('choosing a match', () => {
  test('opens an attempt as if the whole number had been typed: it ends at two persons, whatever the face', async () => {
    const st = await atTheDoor();
    const opened = await door(st).chooseMatch({ roomId: ROOM, candidateId: 'C01' as CandidateId });
    expect(opened).toMatchObject({ candidateId: 'C01', documentBy: 'typed', decision: { kind: 'call-person' } });
    const { ticketNumber } = st.candidate('C01');
    const withTicket = await door(st).presentTicket({ roomId: ROOM, text: ticketNumber });
    const seen = await showFace(st, withTicket, 'C01');
    expect(seen.attemptId).toBe(opened.attemptId);
    expect(seen.decision).toMatchObject({ kind: 'call-person', reasons: ['no-card'] });
    expect(await codeOf(door(st).admit({ attemptId: seen.attemptId }))).toBe('NOT_ALLOWED');
  });

  test('someone of another room is told where to go', async () => {
    const st = await atTheDoor();
    const other = st.plan.candidates.find((c) => c.sessionId === 'S1' && c.roomId !== ROOM)!;
    const opened = await door(st).chooseMatch({ roomId: ROOM, candidateId: other.candidateId });
    expect(opened.decision).toMatchObject({ kind: 'not-here', place: { roomId: other.roomId } });
  });

  test('nobody, and somebody of no session of this door, are unknown and leave nothing open', async () => {
    const st = await atTheDoor();
    const wish = { roomId: ROOM, candidateId: 'C99' as CandidateId };
    expect(await codeOf(door(st).chooseMatch(wish))).toBe('PERSON_UNKNOWN');
    expect((await door(st).lane({ roomId: ROOM })).attempt).toBe(null);
  });

  test("the photograph of the person before does not stay: the other's face fails against the one chosen", async () => {
    const st = await atTheDoor();
    const first = await showFace(st, await identify(st, 'C01'), 'C01');
    const plan = (a: typeof first) => a.edges.find((e) => e.edge === 'live-plan')!.result;
    expect(plan(first)).toBe('pass');
    const other = st.plan.candidates.find((c) => c.roomId === ROOM && c.candidateId !== 'C01')!.candidateId;
    const second = await door(st).chooseMatch({ roomId: ROOM, candidateId: other });
    expect(plan(second)).toBe('not-done');
    expect(plan(await showFace(st, second, 'C01'))).toBe('fail');
  });
});

describe('who waits beside the queue and is taken up', () => {
  const chosen = (st: TestStation) => door(st).chooseMatch({ roomId: ROOM, candidateId: 'C01' as CandidateId });
  const cardPhoto = () => pictureOf('C01');
  /** C01's card with a photograph is read, and they are set aside; somebody else comes meanwhile. */
  async function setAside() {
    const st = await atTheDoor();
    await st.placeCard('C01', {}, cardPhoto());
    const { attemptId } = await attemptAt(st);
    await door(st).setAside({ attemptId });
    await admit(st, 'C03');
    st.journalEvents();
    return { st, attemptId };
  }

  test('goes on with the card that was read, and by it in', async () => {
    const { st, attemptId } = await setAside();
    const again = await chosen(st);
    expect(again).toMatchObject({ candidateId: 'C01', documentBy: 'reader', images: { card: true } });
    expect(again.attemptId).not.toBe(attemptId);
    expect(again.decision).toEqual({ kind: 'pending', needs: ['ticket', 'face', 'turn'] });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.card-kept',
      data: { attemptId: again.attemptId, fromAttemptId: attemptId, violations: [] },
    });
    expect(JSON.stringify(st.journal().at(-1))).not.toContain(st.candidate('C01').documentNumber);
    await door(st).presentTicket({ roomId: ROOM, text: st.candidate('C01').ticketNumber });
    const seen = await showFace(st, again, 'C01');
    expect(seen.edges.map((e) => `${e.edge} ${e.result}`)).toEqual([
      'card-ticket pass',
      'live-card pass',
      'live-plan pass',
    ]);
    expect((await door(st).admit({ attemptId: again.attemptId })).outcome).toBe('admitted');
  });

  test('after a restart too; while the keys are locked the card is asked for again', async () => {
    const { st } = await setAside();
    await st.restart(PASSPHRASE);
    expect(await chosen(st)).toMatchObject({ documentBy: 'reader' });
    await door(st).setAside({ attemptId: (await attemptAt(st)).attemptId });
    await st.restart();
    expect(await chosen(st)).toMatchObject({ documentBy: 'typed', decision: { kind: 'call-person' } });
  });

  test('whose number had only been typed is still without a card', async () => {
    const st = await atTheDoor();
    const { documentNumber } = st.candidate('C01');
    const { attemptId } = await door(st).typeDocument({ roomId: ROOM, documentNumber });
    await door(st).setAside({ attemptId });
    expect(await chosen(st)).toMatchObject({ documentBy: 'typed' });
  });

  test('who only looked in and left begins anew', async () => {
    const st = await atTheDoor();
    await st.placeCard('C01');
    await door(st).dismiss({ attemptId: (await attemptAt(st)).attemptId });
    expect(await chosen(st)).toMatchObject({ documentBy: 'typed' });
  });
});
