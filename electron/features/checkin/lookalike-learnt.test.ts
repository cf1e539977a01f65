import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  FOUR_LOOKS,
  identify,
  openDoor,
  pinOf,
  ROOM,
  S1,
  settle,
  showFace,
  turnHead,
} from '../../../test/harness/exam-day.ts';
import { fakeFaceEngine, pictureOf } from '../../../test/harness/fake-face-engine.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import { aPlan, withBlocked } from '../plan/plan-fixture.ts';
import { findRecord } from './store.ts';

const checkin = (st: TestStation) => st.as('door').checkin;

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
      second: pinOf(st, 'invigilator'),
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
    const second = pinOf(st, 'invigilator');
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
      second: pinOf(st, 'invigilator'),
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
    const clear = (second: ReturnType<typeof pinOf>) =>
      codeOf(checkin(st).clearLateLikeness({ suspicionId, note: '样本：当面看了', second }));
    expect(await clear(pinOf(st, 'invigilator'))).toBe('SAME_PERSON');
    expect(await clear({ ...pinOf(st, 'supervisor'), pin: '135790' })).toBe('WRONG_PIN');
    expect(await clear(pinOf(st, 'supervisor'))).toBe('ok');
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.impersonation-cleared',
      data: { candidateId: 'C02', secondStaffId: 'S-supervisor', like: { id: 'C01' } },
    });
    expect([await alarms(), await late()]).toEqual([[], []]);
    expect(await clear(pinOf(st, 'supervisor'))).toBe('NO_SUCH_SUSPICION');
  });

  test('one person: the lead takes the admission back, and the suspicion waits at the door', async () => {
    const { st, alarms, late } = await foundLate();
    const undo = { candidateId: 'C02' as never, reason: '样本：替考', lead: pinOf(st, 'site-lead') };
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
