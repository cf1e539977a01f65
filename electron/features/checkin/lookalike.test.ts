import { describe, expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  FOUR_LOOKS,
  identify,
  MINUTE,
  OTHER_ROOM,
  openDoor,
  pinOf,
  ROOM,
  S1,
  settle,
  showFace,
  signConsent,
} from '../../../test/harness/exam-day.ts';
import { pictureOf } from '../../../test/harness/fake-face-engine.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import type { CandidateId, SessionId } from '../../lib/ids.ts';
import type { Plan } from '../plan/plan-schema.ts';
import type { Attempt } from './contract.ts';
import { findRecord } from './store.ts';

const checkin = (st: TestStation) => st.as('door').checkin;

/** C01 is in at 201; the same face comes with the card of C02. */
async function comesTwice(st: TestStation): Promise<{ first: Attempt; second: Attempt }> {
  const first = await admit(st, 'C01');
  st.journalEvents();
  const second = await showFace(st, await identify(st, 'C02'), 'C01');
  return { first, second };
}
describe('a face that is inside already', () => {
  test('by another document calls the lead, with both pictures, and nobody lets it in', async () => {
    const st = await atTheDoor();
    const { first, second } = await comesTwice(st);
    const { name, roomName, seat } = { name: st.candidate('C01').name, ...first.place! };
    expect(second.decision).toEqual({
      kind: 'possible-impersonation',
      like: {
        kind: 'admitted',
        candidateId: 'C01',
        attemptId: first.attemptId,
        name,
        roomName,
        seat,
        admittedAtMs: first.closedAtMs,
        score: expect.closeTo(1, 5),
        threshold: 0.6,
      },
    });
    expect(second.images.like).toBe(true);
    const { attemptId } = second;
    expect(st.journalEvents()).toEqual(['checkin.card-read', 'checkin.ticket-presented', 'checkin.lookalike-found']);
    const found = st.journal().at(-1)!;
    expect(found.data).toMatchObject({
      candidateId: 'C02',
      like: { kind: 'admitted', id: 'C01', attemptId: first.attemptId, threshold: 0.6 },
      comparedWith: 1,
      notCompared: 0,
    });
    expect(JSON.stringify(found.data)).not.toContain('样本');
    expect(await codeOf(checkin(st).admit({ attemptId }))).toBe('NOT_ALLOWED');
    const checks = FOUR_LOOKS;
    const byHand = { attemptId, reason: 'other' as const, checks, second: pinOf(st, 'invigilator') };
    expect(await codeOf(checkin(st).admitByHand(byHand))).toBe('NOT_ALLOWED');

    // Each look at the other's picture is on record, with the attempt that gives the reason.
    st.journalEvents();
    const picture = await (await checkin(st).image({ attemptId, which: 'like' })).text();
    expect(picture).toMatch(/^face C01 1 /);
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.lookalike-seen',
      actor: { kind: 'staff', role: 'door' },
      data: { attemptId, kind: 'admitted', id: 'C01' },
    });
  });

  test('the lead is called at the office until it is settled', async () => {
    const st = await atTheDoor();
    const { second } = await comesTwice(st);
    const alarms = async () =>
      (await st.as('site-lead').session.overview({ sessionId: S1 })).alarms.filter((a) => a.code === 'impersonation');
    expect(await alarms()).toEqual([]);
    await checkin(st).callLead({ attemptId: second.attemptId });
    expect(await alarms()).toMatchObject([{ level: 'stop', roomId: ROOM, facts: { lane: '1' } }]);
    expect(st.journal().at(-1)).toMatchObject({ event: 'checkin.lead-called', data: { lane: 1 } });
    await settle(st, second, 'different-person');
    expect(await alarms()).toEqual([]);
  });

  test('a different person goes on where the check stood; who said so is on record', async () => {
    const st = await atTheDoor();
    const { second } = await comesTwice(st);
    const settled = await settle(st, second, 'different-person');
    // The face is still not the one of C02's photograph.
    expect(settled.decision).toMatchObject({ kind: 'call-person', reasons: ['live-plan-fail'] });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.impersonation-cleared',
      data: { candidateId: 'C02', secondStaffId: 'S-supervisor', like: { id: 'C01' } },
    });
    expect(await codeOf(settle(st, second, 'held'))).toBe('NOT_ALLOWED');
    await checkin(st).setAside({ attemptId: second.attemptId });
    expect(findRecord(st.station.db, second.attemptId)?.like).toEqual({
      found: { kind: 'admitted', id: 'C01', attemptId: expect.any(String), score: expect.any(Number), threshold: 0.6 },
      comparedWith: 1,
      notCompared: 0,
      settled: { staffId: 'S-supervisor', note: '样本：两张照片都看了' },
    });
  });

  test('held closes the attempt, and the person waits for the lead', async () => {
    const st = await atTheDoor();
    const { second } = await comesTwice(st);
    const closed = await settle(st, second, 'held', pinOf(st, 'site-lead'));
    expect(closed).toMatchObject({ outcome: 'held', decision: { kind: 'possible-impersonation' } });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.held',
      data: { candidateId: 'C02', like: { found: { id: 'C01' } }, note: '样本：两张照片都看了' },
    });
    const { waiting, counts } = await checkin(st).lane({ roomId: ROOM });
    expect(waiting).toMatchObject([{ candidateId: 'C02', held: true }]);
    expect(counts).toMatchObject({ admitted: 1, setAside: 1 });
  });

  test('only a supervisor or the lead settles it, never who stands at the desk, and by the right PIN', async () => {
    const st = await atTheDoor();
    const { second } = await comesTwice(st);
    expect(await codeOf(settle(st, second, 'held', pinOf(st, 'invigilator')))).toBe('SAME_PERSON');
    const own = pinOf(st, 'door');
    expect(await codeOf(settle(st, second, 'held', own))).toBe('SAME_PERSON');
    const lead = st.as('site-lead').checkin;
    const wish = {
      attemptId: second.attemptId,
      verdict: 'held' as const,
      note: '样本',
      second: pinOf(st, 'site-lead'),
    };
    expect(await codeOf(lead.settleImpersonation(wish))).toBe('SAME_PERSON');
    const wrong = { ...pinOf(st, 'supervisor'), pin: '135790' };
    expect(await codeOf(settle(st, second, 'held', wrong))).toBe('WRONG_PIN');
    const { secondPersons } = await checkin(st).lane({ roomId: ROOM });
    expect(secondPersons.map((p) => p.staffId)).toContain('S-supervisor');
  });

  test('an attempt under no suspicion has nothing to settle', async () => {
    const st = await atTheDoor();
    const a = await showFace(st, await identify(st, 'C01'), 'C01');
    expect(await refusalOf(settle(st, a, 'held'))).toMatchObject({ data: { decision: { kind: 'admit' } } });
  });

  test('at any lane of any room of the session', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    const a = await showFace(st, await identify(st, 'C07'), 'C01');
    expect(st.candidate('C07').roomId).toBe(OTHER_ROOM);
    expect(a.decision).toMatchObject({ kind: 'possible-impersonation', like: { candidateId: 'C01' } });
  });

  test('a face like it, but not enough, is nobody else', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    const a = await showFace(st, await identify(st, 'C02'), 'C01', 0.59);
    expect(a.decision.kind).toBe('call-person');
  });
});

/** Who is C01 in the first session sits a second one after it, in the same room, as C13. */
function sittingTwice(plan: Plan): Plan {
  const [session] = plan.sessions;
  const later = {
    ...session!,
    sessionId: 'S2' as SessionId,
    startsAtMs: session!.endsAtMs + 10 * MINUTE,
    endsAtMs: session!.endsAtMs + 100 * MINUTE,
  };
  const { sessionId } = later;
  return {
    ...plan,
    sessions: [...plan.sessions, later],
    candidates: [...plan.candidates, { ...plan.candidates[0]!, candidateId: 'C13' as CandidateId, sessionId }],
    // Another room's panel comes over: the same one twice in a row would be against the rule of turnover.
    panels: [
      ...plan.panels,
      ...plan.panels.filter((p) => p.roomId === OTHER_ROOM).map((p) => ({ ...p, sessionId, roomId: ROOM })),
    ],
  };
}

describe('who is nobody else', () => {
  test('the same person in another session of the plan', async () => {
    const st = await openTestStation({ plan: sittingTwice });
    await openDoor(st);
    await admit(st, 'C01');
    const [first, second] = st.plan.sessions;
    st.clock.advance(first!.endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    await st.as('site-lead').session.open({ sessionId: second!.sessionId });
    await signConsent(st, 'C13');
    const again = await showFace(st, await identify(st, 'C13'), 'C01');
    expect(again).toMatchObject({ candidateId: 'C13', decision: { kind: 'admit' } });
    await checkin(st).admit({ attemptId: again.attemptId });
    expect(st.journal().filter((e) => e.event === 'checkin.lookalike-found')).toEqual([]);
  });

  test('who declined the comparison: neither compared, nor compared with', async () => {
    const st = await atTheDoor();
    await signConsent(st, 'C01', 'declined');
    const a = await identify(st, 'C01');
    await checkin(st).presentFace({ attemptId: a.attemptId, frame: pictureOf('C01') });
    await checkin(st).admitByHand({
      attemptId: a.attemptId,
      reason: 'declines-face',
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    });
    const other = await showFace(st, await identify(st, 'C02'), 'C01');
    expect(other.decision).toMatchObject({ kind: 'call-person', reasons: ['live-plan-fail'] });
  });

  test('whose admission was taken back', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    await checkin(st).undoAdmission({
      candidateId: 'C01' as never,
      reason: '样本：按错',
      lead: pinOf(st, 'site-lead'),
    });
    const a = await showFace(st, await identify(st, 'C02'), 'C01');
    expect(a.decision.kind).toBe('call-person');
  });
});

describe('a suspicion that stands', () => {
  const second = (st: TestStation) => pinOf(st, 'invigilator');
  const byHand = (st: TestStation, { attemptId }: Attempt) =>
    checkin(st).admitByHand({ attemptId, reason: 'no-card', checks: FOUR_LOOKS, second: second(st) });

  test('is not shaken off by cancelling and coming again, with a number typed and no face', async () => {
    const st = await atTheDoor();
    const { second: suspected } = await comesTwice(st);
    await checkin(st).dismiss({ attemptId: suspected.attemptId });
    const again = await checkin(st).typeDocument({ roomId: ROOM, documentNumber: st.candidate('C02').documentNumber });
    expect(again.decision).toMatchObject({ kind: 'possible-impersonation', like: { candidateId: 'C01' } });
    expect(again.images.like).toBe(true);
    expect(await codeOf(byHand(st, again))).toBe('NOT_ALLOWED');
  });

  test('is not shaken off by declining the comparison', async () => {
    const st = await atTheDoor();
    const { second: suspected } = await comesTwice(st);
    await signConsent(st, 'C02', 'declined');
    expect(await codeOf(byHand(st, suspected))).toBe('NOT_ALLOWED');
  });

  test('ends when a supervisor has told the two apart, and the two are not taken for each other again', async () => {
    const st = await atTheDoor();
    const { second: suspected } = await comesTwice(st);
    await settle(st, suspected, 'different-person');
    await checkin(st).setAside({ attemptId: suspected.attemptId });
    const again = await showFace(st, await identify(st, 'C02'), 'C01');
    expect(again.decision).toMatchObject({ kind: 'call-person', reasons: ['live-plan-fail'] });
    expect((await byHand(st, again)).outcome).toBe('admitted-by-hand');
  });

  test('outlives the station’s end', async () => {
    const st = await atTheDoor();
    await comesTwice(st);
    await st.restart(PASSPHRASE);
    const again = await identify(st, 'C02');
    expect(again.decision.kind).toBe('possible-impersonation');
  });
});
