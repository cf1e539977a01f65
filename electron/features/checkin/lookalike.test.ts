import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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
  showFace,
  signConsent,
  turnHead,
} from '../../../test/harness/exam-day.ts';
import { fakeFaceEngine, pictureOf } from '../../../test/harness/fake-face-engine.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  PIN,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import type { CandidateId, SessionId } from '../../lib/ids.ts';
import { aPlan, withBlocked } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';
import type { Attempt } from './contract.ts';
import { findRecord } from './store.ts';

const checkin = (st: TestStation) => st.as('door').checkin;
const by = (st: TestStation, role: 'supervisor' | 'site-lead' | 'invigilator') => ({
  staffId: st.member(role).staffId,
  pin: PIN,
});

/** C01 is in at 201; the same face comes with the card of C02. */
async function comesTwice(st: TestStation): Promise<{ first: Attempt; second: Attempt }> {
  const first = await admit(st, 'C01');
  st.journalEvents();
  const second = await showFace(st, await identify(st, 'C02'), 'C01');
  return { first, second };
}
const settle = (st: TestStation, a: Attempt, verdict: 'different-person' | 'held', second = by(st, 'supervisor')) =>
  checkin(st).settleImpersonation({ attemptId: a.attemptId, verdict, note: '样本：两张照片都看了', second });

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
    const byHand = { attemptId, reason: 'other' as const, checks, second: by(st, 'invigilator') };
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
    const closed = await settle(st, second, 'held', by(st, 'site-lead'));
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
    expect(await codeOf(settle(st, second, 'held', by(st, 'invigilator')))).toBe('SAME_PERSON');
    const own = pinOf(st, 'door');
    expect(await codeOf(settle(st, second, 'held', own))).toBe('SAME_PERSON');
    const lead = st.as('site-lead').checkin;
    const wish = { attemptId: second.attemptId, verdict: 'held' as const, note: '样本', second: by(st, 'site-lead') };
    expect(await codeOf(lead.settleImpersonation(wish))).toBe('SAME_PERSON');
    const wrong = { ...by(st, 'supervisor'), pin: '135790' };
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
      second: by(st, 'invigilator'),
    });
    const other = await showFace(st, await identify(st, 'C02'), 'C01');
    expect(other.decision).toMatchObject({ kind: 'call-person', reasons: ['live-plan-fail'] });
  });

  test('whose admission was taken back', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    await checkin(st).undoAdmission({ candidateId: 'C01' as never, reason: '样本：按错', lead: by(st, 'site-lead') });
    const a = await showFace(st, await identify(st, 'C02'), 'C01');
    expect(a.decision.kind).toBe('call-person');
  });
});

describe('a suspicion that stands', () => {
  const second = (st: TestStation) => by(st, 'invigilator');
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

describe('what happens meanwhile', () => {
  test('one face at two doors, compared before either let it in: the second is held up', async () => {
    const st = await atTheDoor();
    const a = await showFace(st, await identify(st, 'C01'), 'C01');
    const b = await showFace(st, await identify(st, 'C07'), 'C01');
    expect(b.decision).toMatchObject({ kind: 'call-person', reasons: ['live-plan-fail'] });
    await checkin(st).admit({ attemptId: a.attemptId });
    const hand = {
      attemptId: b.attemptId,
      reason: 'other' as const,
      checks: FOUR_LOOKS,
      second: by(st, 'invigilator'),
    };
    expect(await refusalOf(checkin(st).admitByHand(hand))).toMatchObject({
      code: 'NOT_ALLOWED',
      data: { decision: { kind: 'possible-impersonation', like: { candidateId: 'C01' } } },
    });
    expect(st.journal().filter((e) => e.event === 'checkin.lookalike-found')).toHaveLength(1);
  });

  test('who told the two persons that they want no comparison is compared with nobody after them', async () => {
    const st = await atTheDoor();
    const { attemptId } = await showFace(st, await identify(st, 'C01'), 'C01');
    const second = by(st, 'invigilator');
    await checkin(st).admitByHand({ attemptId, reason: 'declines-face', checks: FOUR_LOOKS, second });
    const other = await showFace(st, await identify(st, 'C02'), 'C01');
    expect(other.decision).toMatchObject({ kind: 'call-person', reasons: ['live-plan-fail'] });
  });

  test('a picture that the vault cannot give hides nobody after it', async () => {
    const st = await atTheDoor();
    const first = await admit(st, 'C01');
    await admit(st, 'C03');
    const kept = findRecord(st.station.db, first.attemptId)!.evidence.find((e) => e.kind === 'live-face')!;
    const read = st.station.db.prepare('SELECT file FROM evidence WHERE evidence_id = ?').get(kept.evidenceId);
    unlinkSync(join(st.dataDir, 'vault', (read as { file: string }).file));
    await st.restart(PASSPHRASE);
    const a = await showFace(st, await identify(st, 'C02'), 'C03');
    expect(a.decision).toMatchObject({ kind: 'possible-impersonation', like: { candidateId: 'C03' } });
    expect(st.journal().at(-1)!.data).toMatchObject({ comparedWith: 1, notCompared: 1 });
  });
});

/** An engine that looks at pictures of the vault only when told to; photographs of the plan and live frames as ever. */
function slowLearner() {
  const usual = fakeFaceEngine();
  let { promise: gate, resolve: open } = Promise.withResolvers<void>();
  open();
  const engine: FaceEngine = {
    ...usual,
    async analyse(image, how) {
      if (how?.purpose === 'photo' && image[0] !== 0x89) await gate;
      return usual.analyse(image, how);
    },
  };
  const shut = () => {
    ({ promise: gate, resolve: open } = Promise.withResolvers<void>());
  };
  return { engine, shut, open: () => open() };
}

describe('while the faces inside are being learnt anew', () => {
  /** C01 is in, the station has started again, and its faces are not learnt yet. C02's card comes with C01's face. */
  async function midLearning() {
    const learner = slowLearner();
    const st = await atTheDoor({ faceEngine: learner.engine });
    await admit(st, 'C01');
    learner.shut();
    await st.restart(PASSPHRASE);
    const { attemptId } = await identify(st, 'C02');
    const look = () => checkin(st).presentFace({ attemptId, frame: pictureOf('C01') });
    for (let i = 0; i < 3; i += 1) await look();
    const a = await turnHead(st, (await look()).attempt, 'C01');
    return { st, learner, look, a };
  }
  /** Until what the station does in the background is done. */
  const settled = async (st: TestStation, done: () => boolean | Promise<boolean>) => {
    for (let i = 0; i < 1_000 && !(await done()); i += 1) {
      await setImmediate();
      st.tick();
    }
    expect(await done()).toBe(true);
  };

  test('the door says so and waits, and nobody is held to be compared', async () => {
    const { st, learner, look, a } = await midLearning();
    // The two faces differ from the plan's: that is the doubt. What matters here is that no comparison is claimed.
    expect(await look()).toMatchObject({ guidance: 'learning-faces', attempt: { frames: { good: 3 } } });
    expect(a.decision.kind).toBe('call-person');
    learner.open();
    await settled(st, async () => (await look()).attempt.decision.kind === 'possible-impersonation');
  });

  test('an honest candidate is not let in before', async () => {
    const learner = slowLearner();
    const st = await atTheDoor({ faceEngine: learner.engine });
    await admit(st, 'C01');
    learner.shut();
    await st.restart(PASSPHRASE);
    const { attemptId } = await identify(st, 'C02');
    const look = () => checkin(st).presentFace({ attemptId, frame: pictureOf('C02') });
    for (let i = 0; i < 3; i += 1) await look();
    await turnHead(st, (await look()).attempt, 'C02');
    expect(await look()).toMatchObject({
      guidance: 'learning-faces',
      attempt: { decision: { kind: 'pending', needs: ['face'] } },
    });
    expect(await codeOf(checkin(st).admit({ attemptId }))).toBe('NOT_ALLOWED');
    learner.open();
    await settled(st, async () => (await look()).attempt.decision.kind === 'admit');
  });

  /** Two persons let C02 in while nothing was known of C01's face; then it is. */
  async function foundLate() {
    const { st, learner, a } = await midLearning();
    const hand = {
      attemptId: a.attemptId,
      reason: 'other' as const,
      checks: FOUR_LOOKS,
      second: by(st, 'invigilator'),
    };
    const closed = await checkin(st).admitByHand(hand);
    expect(findRecord(st.station.db, a.attemptId)?.like).toMatchObject({ comparedWith: 0, notCompared: 1 });
    st.journalEvents();
    learner.open();
    const alarms = async () =>
      (await st.as('site-lead').session.overview({ sessionId: S1 })).alarms.filter(
        (one) => one.code === 'impersonation-late',
      );
    const late = async () => (await checkin(st).lane({ roomId: ROOM })).lateLikenesses;
    await settled(st, async () => (await late()).length > 0);
    return { st, closed, alarms, late };
  }

  test('who was let in by two persons meanwhile is compared afterwards: office and lane are told', async () => {
    const { st, closed, alarms, late } = await foundLate();
    expect(await alarms()).toMatchObject([{ level: 'stop', roomId: ROOM, facts: { lane: '1' } }]);
    const [found, ...more] = await late();
    expect(more).toEqual([]);
    expect(found).toMatchObject({ attempt: closed, like: { kind: 'admitted', candidateId: 'C01' } });
    const entry = st.journal().find((e) => e.event === 'checkin.lookalike-found')!;
    expect(entry).toMatchObject({
      actor: { kind: 'station' },
      data: { late: true, candidateId: 'C02', comparedWith: 1 },
    });
    const { suspicionId } = found!;
    const own = await checkin(st).lateLikenessPicture({ suspicionId, which: 'live' });
    const other = await checkin(st).lateLikenessPicture({ suspicionId, which: 'like' });
    // The same face at the door, under two documents.
    expect([await own.text(), await other.text()]).toEqual([
      expect.stringMatching(/^face C01 /),
      expect.stringMatching(/^face C01 /),
    ]);
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.lookalike-seen',
      data: { kind: 'admitted', id: 'C01' },
    });
    st.tick();
    expect(await late()).toHaveLength(1);
  });

  test('two different persons, says a supervisor by their own PIN: it is over', async () => {
    const { st, alarms, late } = await foundLate();
    const { suspicionId } = (await late())[0]!;
    const clear = (second: ReturnType<typeof by>) =>
      codeOf(checkin(st).clearLateLikeness({ suspicionId, note: '样本：当面看了', second }));
    expect(await clear(by(st, 'invigilator'))).toBe('SAME_PERSON');
    expect(await clear({ ...by(st, 'supervisor'), pin: '135790' })).toBe('WRONG_PIN');
    expect(await clear(by(st, 'supervisor'))).toBe('ok');
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.impersonation-cleared',
      data: { candidateId: 'C02', secondStaffId: 'S-supervisor', like: { id: 'C01' } },
    });
    expect([await alarms(), await late()]).toEqual([[], []]);
    expect(await clear(by(st, 'supervisor'))).toBe('NO_SUCH_SUSPICION');
  });

  test('one person: the lead takes the admission back, and the suspicion waits at the door', async () => {
    const { st, alarms, late } = await foundLate();
    const undo = { candidateId: 'C02' as never, reason: '样本：替考', lead: by(st, 'site-lead') };
    await checkin(st).undoAdmission(undo);
    expect([await alarms(), await late()]).toEqual([[], []]);
    expect((await identify(st, 'C02')).decision.kind).toBe('possible-impersonation');
  });
});

test('after a restart the faces are known again, from the pictures in the vault', async () => {
  const st = await atTheDoor();
  await admit(st, 'C01');
  await st.restart(PASSPHRASE);
  const a = await showFace(st, await identify(st, 'C02'), 'C01');
  expect(a.decision).toMatchObject({ kind: 'possible-impersonation', like: { candidateId: 'C01' } });
});

describe('the block list', () => {
  const blocking = withBlocked(aPlan(), 9);
  const blockingStation = async () => {
    const { blocked } = blocking.plan;
    const st = await openTestStation({ plan: (plan) => ({ ...plan, blocked: blocked! }), photos: blocking.photos });
    await openDoor(st);
    return st;
  };

  test('a face on it calls the lead, with name, reason and picture from the plan', async () => {
    const st = await blockingStation();
    const a = await showFace(st, await identify(st, 'C02'), 'C09');
    expect(a.decision).toMatchObject({
      kind: 'possible-impersonation',
      like: { kind: 'blocked', blockedId: 'B01', name: '黑某（样本）', reason: '样本通报：替考', threshold: 0.6 },
    });
    const picture = await checkin(st).image({ attemptId: a.attemptId, which: 'like' });
    expect(Buffer.from(await picture.arrayBuffer()).readUInt32BE(36)).toBe(9);
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.lookalike-seen',
      data: { kind: 'blocked', id: 'B01' },
    });
    const closed = await settle(st, a, 'held');
    expect(closed.outcome).toBe('held');
    // Name and reason are for those who decide: not for the journal.
    expect(JSON.stringify(st.journal())).not.toMatch(/黑某|样本通报/);
  });

  test('nobody on it looks like the others', async () => {
    const st = await blockingStation();
    expect((await showFace(st, await identify(st, 'C02'), 'C02')).decision.kind).toBe('admit');
  });
});
