import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { admit, atTheDoor, attemptAt, MINUTE, ROOM } from '../../../test/harness/exam-day.ts';
import { refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { issueTicket, type TicketClaims } from '../identity/ticket.ts';
import { CENTRE_KEY, OTHER_KEY } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { admissionTickets, claimsOf } from '../tickets/admission-tickets.ts';

const door = (st: TestStation) => st.as('door').checkin;

/** The ticket the centre would issue to a candidate, with changed claims or by another key. */
function ticketOf(st: TestStation, candidateId: string, changed: Partial<TicketClaims> = {}, key = CENTRE_KEY): string {
  const { ticketNumber } = st.candidate(candidateId);
  const ticket = admissionTickets(st.plan).find((t) => t.ticketNumber === ticketNumber)!;
  return issueTicket({ ...claimsOf(ticket, st.plan), ...changed }, createPublicKey(key), key);
}
const present = (st: TestStation, text: string) => door(st).presentTicket({ roomId: ROOM, text });

/** A second session in room 202 in the afternoon, in which C01 sits under the same number and C09 under one of its own. */
function withAfternoon(plan: Plan): Plan {
  const [morning] = plan.sessions;
  const later = { startsAtMs: morning!.startsAtMs + 360 * MINUTE, endsAtMs: morning!.endsAtMs + 360 * MINUTE };
  const afternoon = {
    ...morning!,
    sessionId: 'S2' as never,
    label: '下午场（样本）',
    part: 'theory' as const,
    ...later,
  };
  const seat = { sessionId: 'S2' as never, roomId: '202' as never };
  const [first, ninth] = [plan.candidates[0]!, plan.candidates[8]!];
  return {
    ...plan,
    sessions: [...plan.sessions, afternoon],
    candidates: [
      ...plan.candidates,
      { ...first, ...seat, candidateId: 'D01' as never, workstationId: '202-1' as never },
      { ...ninth, ...seat, candidateId: 'D09' as never, ticketNumber: 'PM-0009', workstationId: '202-2' as never },
    ],
  };
}

test('a signed ticket is the person’s own, and said to be signed', async () => {
  const st = await atTheDoor();
  await st.placeCard('C01');
  const a = await present(st, ticketOf(st, 'C01'));
  expect(a.edges[0]).toMatchObject({ edge: 'card-ticket', result: 'pass' });
  expect(st.journal().at(-1)).toMatchObject({
    event: 'checkin.ticket-presented',
    data: { signed: true, agrees: true },
  });
});

describe('what is not believed is named, journaled and changes nothing', () => {
  test.each<[string, (st: TestStation) => string, unknown, string]>([
    [
      'forged',
      (st) =>
        issueTicket({ ...claimsOf(admissionTickets(st.plan)[0]!, st.plan) }, createPublicKey(CENTRE_KEY), OTHER_KEY),
      { code: 'TICKET_NOT_GENUINE', data: { reason: 'bad-signature' } },
      'bad-signature',
    ],
    [
      'of a stranger’s key',
      (st) => ticketOf(st, 'C01', {}, OTHER_KEY),
      { code: 'TICKET_NOT_GENUINE', data: { reason: 'unknown-key' } },
      'unknown-key',
    ],
    [
      'cut off',
      (st) => ticketOf(st, 'C01').slice(0, -9),
      { code: 'TICKET_NOT_GENUINE', data: { reason: 'malformed' } },
      'malformed',
    ],
    [
      'of another site',
      (st) => ticketOf(st, 'C01', { siteId: 'OTHER-SITE' }),
      { code: 'TICKET_OTHER_SITE' },
      'wrong-site',
    ],
    [
      'of a session the plan does not know',
      (st) => ticketOf(st, 'C01', { sessionIds: ['S9'] }),
      { code: 'TICKET_OTHER_SESSION', data: { sessions: [] } },
      'wrong-session',
    ],
    ['no ticket at all', () => 'https://example.invalid/?t=1', { code: 'NOT_A_TICKET' }, 'not-a-ticket'],
  ])('%s', async (_what, text, refusal, reason) => {
    const st = await atTheDoor();
    await st.placeCard('C01');
    const before = await attemptAt(st);
    expect(await refusalOf(present(st, text(st)))).toMatchObject(refusal as object);
    expect(st.journal().at(-1)).toMatchObject({ event: 'checkin.ticket-refused', data: { reason } });
    expect(await attemptAt(st)).toEqual(before);
  });

  test('signed by a key that the centre has withdrawn', async () => {
    const st = await atTheDoor({
      plan: (plan) => {
        const centre = { ...plan.centre, revokedKeys: [`${sshPublicKeyLine(OTHER_KEY)} leaked`] };
        return { ...plan, centre };
      },
    });
    expect(await refusalOf(present(st, ticketOf(st, 'C01', {}, OTHER_KEY)))).toMatchObject({ code: 'TICKET_REVOKED' });
    expect(st.journal().at(-1)).toMatchObject({ data: { reason: 'revoked-key' } });
  });
});

describe('a ticket of another session', () => {
  test('alone on the table it shows the way there', async () => {
    const st = await atTheDoor({ plan: withAfternoon });
    const a = await present(st, ticketOf(st, 'D09'));
    expect(a.decision).toMatchObject({ kind: 'not-here', place: { sessionId: 'S2', roomId: '202' } });
  });

  test('beside a card it is refused with its session, and one for both sessions serves both', async () => {
    const st = await atTheDoor({ plan: withAfternoon });
    await st.placeCard('C01');
    const { label, startsAtMs } = st.plan.sessions[1]!;
    expect(await refusalOf(present(st, ticketOf(st, 'D09')))).toEqual({
      code: 'TICKET_OTHER_SESSION',
      data: { sessions: [{ label, startsAtMs }] },
    });
    const onlyAfternoon = ticketOf(st, 'C01', { sessionIds: ['S2'] });
    expect(await refusalOf(present(st, onlyAfternoon))).toMatchObject({ code: 'TICKET_OTHER_SESSION' });
    expect((await present(st, ticketOf(st, 'C01'))).edges[0]).toMatchObject({ result: 'pass' });
  });
});

describe('a ticket that has been used', () => {
  test('by its holder: it opens that record', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    expect((await present(st, ticketOf(st, 'C01'))).decision).toMatchObject({ kind: 'already-in' });
  });

  test('brought by another after its holder is in: named as used, and two persons decide', async () => {
    const st = await atTheDoor();
    await st.placeCard('C02');
    const early = await present(st, ticketOf(st, 'C01'));
    expect(early.decision).toMatchObject({ kind: 'call-person', reasons: ['ticket-of-another'] });
    await admit(st, 'C01');
    for (const text of [ticketOf(st, 'C01'), st.candidate('C01').ticketNumber]) {
      await st.placeCard('C02');
      const a = await present(st, text);
      expect(a.edges[0]).toMatchObject({ result: 'fail', reason: 'ticket-used' });
      expect(a.decision).toMatchObject({ kind: 'call-person', reasons: ['ticket-used'] });
    }
  });
});

describe('signing ahead at the tablet', () => {
  const whose = (st: TestStation, text: string) => door(st).whoseTicket({ roomId: ROOM, text });

  test.each<[string, (st: TestStation) => string]>([
    ['a signed ticket', (st) => ticketOf(st, 'C01')],
    ['a plain number', (st) => st.candidate('C01').ticketNumber],
  ])('%s says who it is, and begins nothing', async (_what, textOf) => {
    const st = await atTheDoor();
    const found = await whose(st, textOf(st));
    expect(found).toMatchObject({ candidateId: 'C01', name: st.candidate('C01').name, status: 'not-yet' });
    expect(JSON.stringify(found)).not.toContain(st.candidate('C01').documentNumber);
    expect(st.journalEvents()).toEqual(['checkin.looked-up']);
    expect((await door(st).lane({ roomId: ROOM })).attempt).toBeNull();
    // The ticket is as good at the door as before.
    expect((await present(st, textOf(st))).ticketNumber).toBe(st.candidate('C01').ticketNumber);
  });

  test.each<[string, (st: TestStation) => string, object]>([
    [
      'by another key',
      (st) => ticketOf(st, 'C01', {}, OTHER_KEY),
      { code: 'TICKET_NOT_GENUINE', data: { reason: 'unknown-key' } },
    ],
    ['of another site', (st) => ticketOf(st, 'C01', { siteId: 'ELSEWHERE' }), { code: 'TICKET_OTHER_SITE' }],
    [
      'of another session',
      (st) => ticketOf(st, 'C01', { sessionIds: ['S9'] }),
      { code: 'TICKET_OTHER_SESSION', data: { sessions: [] } },
    ],
    [
      'issued to another document',
      (st) => ticketOf(st, 'C01', { holderHash: new Uint8Array(10) }),
      { code: 'TICKET_UNKNOWN' },
    ],
    ['that the plan does not have', () => '2099123456', { code: 'TICKET_UNKNOWN' }],
    ['that is none', () => 'https://example.invalid/?x=1', { code: 'NOT_A_TICKET' }],
  ])('a ticket %s is named, and on record', async (_what, textOf, refusal) => {
    const st = await atTheDoor();
    expect(await refusalOf(whose(st, textOf(st)))).toEqual(refusal);
    expect(st.journalEvents()).toEqual(['checkin.ticket-refused']);
  });
});
