import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';
import {
  admit,
  atTheDoor,
  attemptAt,
  FOUR_LOOKS,
  identify,
  MINUTE,
  openDoor,
  pinOf,
  ROOM,
  S1,
  sessionOf,
  showFace,
  signedOffSession,
} from '../../../test/harness/exam-day.ts';
import { pictureOf } from '../../../test/harness/fake-face-engine.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import { residentCardText } from '../../devices/id-reader/cards.ts';
import { writePlanPackage } from '../plan/package.ts';
import { CENTRE_KEY } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';

const door = (st: TestStation) => st.as('door').checkin;
const lead = (st: TestStation) => st.as('site-lead');
const ticket = (st: TestStation, id: string) =>
  door(st).presentTicket({ roomId: ROOM, text: st.candidate(id).ticketNumber });
const typed = (st: TestStation, id: string) =>
  door(st).typeDocument({ roomId: ROOM, documentNumber: st.candidate(id).documentNumber });
const byHand = (st: TestStation) => ({
  reason: 'no-card' as const,
  checks: FOUR_LOOKS,
  second: pinOf(st, 'invigilator'),
});
const endOf = async (st: TestStation) => {
  st.clock.advance(Math.max(0, sessionOf(st).endsAtMs - st.clock.wallMs()));
  await lead(st).session.close({ sessionId: S1 });
};
/** Attempts on record, oldest first. */
const recorded = (st: TestStation) =>
  st.station.db
    .prepare('SELECT candidate_id AS who, session_id AS session, outcome FROM attempts ORDER BY rowid')
    .all();
const admitted = async (st: TestStation) =>
  (await door(st).list({ sessionId: S1 })).filter((c) => c.status.startsWith('admitted')).map((c) => c.candidateId);

describe('an attempt is one person’s from its first moment to its last', () => {
  test('card and ticket of another, after ticket and face of the first: nothing is inherited', async () => {
    const st = await atTheDoor();
    const first = await showFace(st, await ticket(st, 'C01'), 'C01');
    st.clock.advance(MINUTE);
    await st.placeCard('C02');
    const second = await ticket(st, 'C02');
    expect(second).toMatchObject({ candidateId: 'C02', frames: { good: 0 }, startedAtMs: st.clock.wallMs() });
    expect(second.attemptId).not.toBe(first.attemptId);
    expect(await codeOf(door(st).admit({ attemptId: second.attemptId }))).toBe('NOT_ALLOWED');
    expect(await codeOf(door(st).admit({ attemptId: first.attemptId }))).toBe('ATTEMPT_CLOSED');
    expect(recorded(st)).toEqual([{ who: 'C01', session: 'S1', outcome: 'abandoned' }]);
  });

  test.each([
    ['a ticket', ticket],
    ['a typed number', typed],
    [
      'a look-up',
      (st: TestStation, id: string) =>
        door(st).chooseMatch({ roomId: ROOM, candidateId: st.candidate(id).candidateId }),
    ],
  ])('%s of another begins an attempt of their own', async (what, present) => {
    const st = await atTheDoor();
    if (what === 'a ticket') await ticket(st, 'C01');
    else await identify(st, 'C01');
    const first = await showFace(st, await attemptAt(st), 'C01');
    const second = await present(st, 'C02');
    expect(second).toMatchObject({ candidateId: 'C02', frames: { good: 0 }, images: { live: false } });
    expect(recorded(st)).toEqual([{ who: 'C01', session: 'S1', outcome: 'abandoned' }]);
    expect(await codeOf(door(st).presentFace({ attemptId: first.attemptId, frame: pictureOf('C01') }))).toBe(
      'ATTEMPT_CLOSED',
    );
  });

  test('nor does someone of another room, or nobody the plan knows, go on with the attempt', async () => {
    const st = await atTheDoor();
    await ticket(st, 'C01');
    await st.placeCard('C07');
    expect((await attemptAt(st)).decision).toMatchObject({ kind: 'not-here' });
    await ticket(st, 'C07');
    await st.placeCard('C01', { number: '310199190001019996' });
    expect((await attemptAt(st)).decision).toEqual({ kind: 'unknown-person' });
    expect(recorded(st)).toMatchObject([{ who: 'C01' }, { who: 'C07', outcome: 'sent-elsewhere' }]);
  });

  test('two persons who admit one while another’s number is typed never let the other in', async () => {
    const st = await atTheDoor();
    const { attemptId } = await identify(st, 'C01');
    const admitting = door(st).admitByHand({ attemptId, ...byHand(st) });
    const [, outcome] = await Promise.all([typed(st, 'C02'), codeOf(admitting)]);
    expect(['ok', 'ATTEMPT_CLOSED']).toContain(outcome);
    expect(await admitted(st)).toEqual(outcome === 'ok' ? ['C01'] : []);
    expect((await attemptAt(st)).candidateId).toBe('C02');
  });

  test('whoever comes late inherits no arrival from the attempt before', async () => {
    const st = await atTheDoor();
    await ticket(st, 'C01');
    st.clock.advance(55 * MINUTE);
    await st.placeCard('C02');
    expect((await ticket(st, 'C02')).decision).toMatchObject({ kind: 'refuse' });
  });

  test('cards laid on in quick succession each leave a record', async () => {
    const st = await atTheDoor();
    await identify(st, 'C01');
    for (const id of ['C02', 'C03', 'C04']) {
      const text = residentCardText(sampleCard(st.candidate(id)));
      st.reader.present({ text, photo: null, samId: null, readAtMs: st.clock.wallMs() });
    }
    while (st.journal().filter((e) => e.event === 'checkin.card-read').length < 4) await setImmediate();
    expect((await attemptAt(st)).candidateId).toBe('C04');
    expect(recorded(st)).toMatchObject([{ who: 'C01' }, { who: 'C02' }, { who: 'C03' }]);
  });
});

describe('an attempt does not outlive its session', () => {
  test('the end of the session closes it, as abandoned, in the same commit', async () => {
    const st = await atTheDoor();
    const { attemptId } = await identify(st, 'C01');
    st.journalEvents();
    await endOf(st);
    expect(st.journalEvents()).toEqual(['checkin.abandoned', 'session.closed']);
    expect(await attemptAt(st)).toMatchObject({ attemptId, outcome: 'abandoned' });
    expect(recorded(st)).toEqual([{ who: 'C01', session: 'S1', outcome: 'abandoned' }]);
    expect(await codeOf(door(st).setAside({ attemptId }))).toBe('ATTEMPT_CLOSED');
  });

  test('a session that cannot be closed leaves it open', async () => {
    const st = await atTheDoor();
    const { attemptId } = await identify(st, 'C01');
    expect(await codeOf(lead(st).session.close({ sessionId: S1 }))).toBe('TOO_EARLY');
    expect(await attemptAt(st)).toMatchObject({ attemptId, outcome: null });
  });

  /** The people of the first session come again in the afternoon, to the same room. */
  const withAfternoon = (p: Plan): Plan => {
    const [s1] = p.sessions;
    const s2 = {
      ...s1!,
      sessionId: 'S2' as typeof S1,
      label: '下午',
      startsAtMs: s1!.endsAtMs + 60 * MINUTE,
      endsAtMs: s1!.endsAtMs + 180 * MINUTE,
    };
    const here = <T extends { roomId: string; sessionId: string }>(all: T[]) =>
      all.filter((x) => x.roomId === ROOM).map((x) => ({ ...x, sessionId: s2.sessionId }));
    const again = here(p.candidates).map((c) => ({
      ...c,
      candidateId: `${c.candidateId}B` as typeof c.candidateId,
      ticketNumber: `${c.ticketNumber}B`,
    }));
    return {
      ...p,
      sessions: [s1!, s2],
      candidates: [...p.candidates, ...again],
      // At least a third of a room's panel is new: those of the other room come over.
      panels: [
        ...p.panels,
        ...p.panels.filter((x) => x.roomId !== ROOM).map((x) => ({ ...x, roomId: ROOM, sessionId: s2.sessionId })),
      ],
    };
  };

  test('who was refused in the morning is not let in by the hours of the afternoon', async () => {
    const st = await openTestStation({ plan: withAfternoon });
    await openDoor(st);
    st.clock.advance(55 * MINUTE);
    const late = await identify(st, 'C06');
    expect(late.decision).toMatchObject({ kind: 'refuse' });
    await endOf(st);
    st.clock.advance(45 * MINUTE);
    await lead(st).session.open({ sessionId: 'S2' as typeof S1 });
    expect(await codeOf(door(st).admit({ attemptId: late.attemptId }))).toBe('ATTEMPT_CLOSED');
    expect((await identify(st, 'C06')).candidateId).toBe('C06B');
  });

  test('an attempt for the morning is not gone on with once the afternoon has been opened', async () => {
    const st = await openTestStation({ plan: withAfternoon });
    const early = await showFace(st, await identify(st, 'C01'), 'C01');
    st.clock.advance(sessionOf(st).endsAtMs + 45 * MINUTE - st.clock.wallMs());
    await lead(st).session.open({ sessionId: 'S2' as typeof S1 });
    expect(await codeOf(door(st).admit({ attemptId: early.attemptId }))).toBe('NOT_ALLOWED');
    expect((await ticket(st, 'C01')).attemptId).not.toBe(early.attemptId);
    expect(recorded(st)).toEqual([{ who: 'C01', session: 'S1', outcome: 'abandoned' }]);
  });
});

describe('a session that is over takes nobody up', () => {
  test.each(['closed', 'sealed'] as const)(
    '%s: card, ticket, number and look-up are refused, on record',
    async (state) => {
      const st = await openTestStation();
      await signedOffSession(st);
      if (state === 'sealed') await lead(st).archive.seal({ sessionId: S1 });
      const before = recorded(st);
      const evidence = () => st.station.db.prepare('SELECT count(*) AS n FROM evidence').get();
      const kept = evidence();
      st.journalEvents();
      await st.placeCard('C02');
      const over = { code: 'WRONG_STATE', data: { state } };
      expect(await refusalOf(ticket(st, 'C02'))).toEqual(over);
      expect(await refusalOf(typed(st, 'C02'))).toEqual(over);
      const { candidateId } = st.candidate('C02');
      expect(await refusalOf(door(st).chooseMatch({ roomId: ROOM, candidateId }))).toEqual(over);
      expect(st.journalEvents()).toEqual([
        'checkin.card-refused',
        'checkin.ticket-refused',
        'checkin.number-refused',
        'checkin.number-refused',
      ]);
      // Nothing is added to a session after its seal, refusals no more than attempts.
      const under = st
        .journal()
        .slice(-4)
        .map((e) => e.sessionId);
      expect(under).toEqual(Array(4).fill(state === 'sealed' ? null : 'S1'));
      expect([recorded(st), evidence()]).toEqual([before, kept]);
      expect((await door(st).lane({ roomId: ROOM })).session?.state).toBe(state);
    },
  );
});

describe('an attempt does not outlive its plan', () => {
  const DAY = 24 * 60 * MINUTE;
  const nextDay = (p: Plan): Plan => {
    const sessionId = 'D2' as typeof S1;
    return {
      ...p,
      planId: 'P2' as typeof p.planId,
      sessions: p.sessions.map((s) => ({
        ...s,
        sessionId,
        startsAtMs: s.startsAtMs + DAY,
        endsAtMs: s.endsAtMs + DAY,
      })),
      candidates: p.candidates.map((c) => ({
        ...c,
        candidateId: `${c.candidateId}-D2` as typeof c.candidateId,
        sessionId,
      })),
      panels: p.panels.map((seat) => ({ ...seat, sessionId })),
    };
  };

  test('the next plan finds an empty door; what stood there is on record', async () => {
    const st = await openTestStation();
    const open = await identify(st, 'C01');
    const bytes = writePlanPackage(nextDay(st.plan), st.photos, CENTRE_KEY);
    const check = await lead(st).plan.checkPackage({ package: new File([new Uint8Array(bytes)], 'plan.zip') });
    if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
    await lead(st).plan.adopt({ checkId: check.checkId });
    expect(recorded(st)).toEqual([{ who: 'C01', session: 'S1', outcome: 'abandoned' }]);
    expect((await door(st).lane({ roomId: ROOM })).attempt).toBeNull();
    expect(await codeOf(door(st).dismiss({ attemptId: open.attemptId }))).toBe('ATTEMPT_CLOSED');
    expect((await identify(st, 'C02')).candidateId).toBe('C02-D2');
  });
});

describe('an arrival outlives a restart', () => {
  test('who stood at the door in time when the station ended is not late; who had left before is', async () => {
    const st = await atTheDoor();
    const left = await identify(st, 'C02');
    await door(st).dismiss({ attemptId: left.attemptId });
    await identify(st, 'C01');
    await st.restart(PASSPHRASE);
    await ticket(st, 'C03');
    await st.restart(PASSPHRASE);
    st.clock.advance(46 * MINUTE);
    expect((await identify(st, 'C01')).decision).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
    expect((await identify(st, 'C02')).decision).toMatchObject({ kind: 'refuse' });
    expect((await admit(st, 'C03')).outcome).toBe('admitted');
    expect((await identify(st, 'C04')).decision).toMatchObject({ kind: 'refuse' });
  });
});
