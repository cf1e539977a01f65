import { describe, expect, test } from 'vitest';
import {
  atTheDoor,
  attemptAt,
  FOUR_LOOKS,
  FRAME_MS,
  identify,
  openDoor,
  pinOf,
  ROOM,
  showFace,
  signConsent,
  turnHead,
} from '../../../test/harness/exam-day.ts';
import {
  fakeFaceEngine,
  pictureOf,
  pictureOfHead,
  pictureOfTurn,
  pictureWithout,
} from '../../../test/harness/fake-face-engine.ts';
import { openTestStation, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { err } from '../../lib/result.ts';
import type { Attempt } from './contract.ts';
import { findRecord } from './store.ts';

const checkin = (st: TestStation) => st.as('door').checkin;
/** A frame after the one before it, as a camera gives them. */
async function show(st: TestStation, { attemptId }: Attempt, frame: Blob, camera = 'Integrated Camera') {
  st.clock.advance(FRAME_MS);
  return checkin(st).presentFace({ attemptId, frame, camera });
}
/** Good frames, and the head at rest: the door has just asked for the turn. */
async function askedToTurn(st: TestStation, candidateId = 'C01'): Promise<Attempt> {
  let now = await identify(st, candidateId);
  for (let i = 0; i < 3; i += 1) now = (await show(st, now, pictureOf(candidateId))).attempt;
  for (let i = 0; i < 5; i += 1) now = (await show(st, now, pictureOfHead(candidateId))).attempt;
  return now;
}
const sideOf = ({ liveness }: Attempt): 'left' | 'right' => {
  if (liveness.kind !== 'going-on') throw new Error(`no turn is asked: ${liveness.kind}`);
  if (liveness.say !== 'turn-left' && liveness.say !== 'turn-right') throw new Error(`asked is ${liveness.say}`);
  return liveness.say === 'turn-left' ? 'left' : 'right';
};
const failed = (reason: string) => ({
  liveness: { kind: 'failed', reason },
  decision: { kind: 'call-person', reasons: ['liveness-failed'], again: false },
});

describe('the head turn', () => {
  test('comes after the good frames; each frame is told what to do, and the end admits', async () => {
    const st = await atTheDoor();
    let now = await identify(st, 'C01');
    for (let i = 0; i < 3; i += 1) now = (await show(st, now, pictureOf('C01'))).attempt;
    expect(now).toMatchObject({
      frames: { good: 3 },
      liveness: { kind: 'going-on', say: 'face-camera' },
      decision: { kind: 'pending', needs: ['turn'] },
    });
    const told: (string | null)[] = [];
    for (let i = 0; i < 5; i += 1) {
      const seen = await show(st, now, pictureOfHead('C01'));
      told.push(seen.guidance);
      now = seen.attempt;
    }
    const side = sideOf(now);
    expect(told).toEqual(['face-camera', 'face-camera', 'face-camera', 'face-camera', `turn-${side}`]);
    const nobody = await show(st, now, pictureWithout('no-face'));
    expect([nobody.guidance, nobody.attempt.liveness]).toEqual(['no-face', { kind: 'going-on', say: `turn-${side}` }]);
    const turned = await show(st, now, pictureOfTurn('C01', side));
    expect([turned.guidance, turned.attempt.decision]).toEqual(['back-to-front', { kind: 'pending', needs: ['turn'] }]);
    const back = await show(st, now, pictureOfHead('C01'));
    expect(back).toMatchObject({
      guidance: null,
      attempt: { liveness: { kind: 'passed', advice: [] }, decision: { kind: 'admit' } },
    });

    await checkin(st).admit({ attemptId: now.attemptId });
    const turn = {
      result: 'passed',
      reason: null,
      evidence: { ask: side, frames: 8, likeness: 1, medianIntervalMs: FRAME_MS },
      likenessAfter: 1,
    };
    expect(findRecord(st.station.db, now.attemptId)).toMatchObject({ turn });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.admitted',
      data: { liveness: 'passed', turn, like: { found: null, comparedWith: 0, notCompared: 0 } },
    });
  });

  test('either side is asked for, and no desk can know which', async () => {
    const st = await atTheDoor();
    const asked = new Set<string>();
    // One side twenty times running happens once in half a million.
    for (let i = 0; i < 20 && asked.size < 2; i += 1) {
      const a = await askedToTurn(st);
      asked.add(sideOf(a));
      await checkin(st).dismiss({ attemptId: a.attemptId });
    }
    expect(asked).toEqual(new Set(['left', 'right']));
  });

  test.each<[string, string, (side: 'left' | 'right', i: number) => Blob]>([
    ['a head that does not turn', 'too-slow', () => pictureOfHead('C01')],
    [
      'the other side, twice',
      'wrong-way',
      (side, i) => (i % 2 ? pictureOfHead('C01') : pictureOfTurn('C01', side === 'left' ? 'right' : 'left')),
    ],
    ['somebody beside', 'several-faces', () => pictureWithout('several-faces')],
    ['nobody for a second', 'face-lost', () => pictureWithout('no-face')],
    ['another face in the turn', 'another-face', (side) => pictureOfTurn('C05', side)],
    [
      'another face after the turn',
      'another-face',
      (side, i) => (i === 0 ? pictureOfTurn('C01', side) : pictureOfHead('C05')),
    ],
  ])('%s calls a person: %s, on record at once with the numbers', async (_what, reason, frameAt) => {
    const st = await atTheDoor();
    const asked = await askedToTurn(st);
    const side = sideOf(asked);
    st.journalEvents();
    let now = asked;
    for (let i = 0; i < 120 && now.liveness.kind === 'going-on'; i += 1) {
      now = (await show(st, now, frameAt(side, i))).attempt;
    }
    expect(now).toMatchObject(failed(reason));
    expect(st.journalEvents()).toEqual(['checkin.liveness-failed', 'checkin.person-called']);
    const said = st.journal().find((e) => e.event === 'checkin.liveness-failed');
    expect(said?.data).toMatchObject({
      candidateId: 'C01',
      turn: { result: 'failed', reason, evidence: { ask: side } },
    });
    // No machine lets them in, and more frames change nothing.
    expect(await refusalOf(checkin(st).admit({ attemptId: now.attemptId }))).toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await turnHead(st, (await show(st, now, pictureOf('C01'))).attempt, 'C01')).liveness.kind).toBe('failed');
  });

  test('the very same frame again and again is no camera', async () => {
    const st = await atTheDoor();
    let now = await askedToTurn(st);
    const frozen = pictureOfHead('C01');
    for (let i = 0; i < 20 && now.liveness.kind === 'going-on'; i += 1) now = (await show(st, now, frozen)).attempt;
    expect(now).toMatchObject(failed('frozen-picture'));
  });

  test('a virtual camera is known by its name, and named on record', async () => {
    const st = await atTheDoor();
    let now = await identify(st, 'C01');
    for (let i = 0; i < 4; i += 1) now = (await show(st, now, pictureOf('C01'), 'OBS Virtual Camera')).attempt;
    expect(now).toMatchObject(failed('virtual-camera'));
    const said = st.journal().find((e) => e.event === 'checkin.liveness-failed');
    expect(said?.data).toMatchObject({ turn: { reason: 'virtual-camera', product: 'OBS' } });
  });

  test('two persons admit whom it failed, and a failed turn does not burn the next attempt', async () => {
    const st = await atTheDoor();
    let now = await askedToTurn(st);
    for (let i = 0; i < 3; i += 1) now = (await show(st, now, pictureWithout('several-faces'))).attempt;
    expect(now).toMatchObject(failed('several-faces'));
    await checkin(st).dismiss({ attemptId: now.attemptId });
    const fresh = await showFace(st, await identify(st, 'C01'), 'C01');
    expect(fresh).toMatchObject({ liveness: { kind: 'passed' }, decision: { kind: 'admit' } });
    await checkin(st).dismiss({ attemptId: fresh.attemptId });

    let again = await askedToTurn(st);
    for (let i = 0; i < 3; i += 1) again = (await show(st, again, pictureWithout('several-faces'))).attempt;
    const closed = await checkin(st).admitByHand({
      attemptId: again.attemptId,
      reason: 'liveness-failed',
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    });
    expect(closed).toMatchObject({ outcome: 'admitted-by-hand', liveness: { kind: 'failed' } });
  });
});

/** A station whose engine counts what it is asked. */
async function counting(
  change: (usual: ReturnType<typeof fakeFaceEngine>) => Partial<ReturnType<typeof fakeFaceEngine>>,
) {
  const usual = fakeFaceEngine();
  const asked: string[] = [];
  const engine = { ...usual, ...change(usual) };
  const st = await openTestStation({
    faceEngine: {
      ...engine,
      analyse: (image, how) => {
        asked.push(how?.purpose ?? 'live');
        return engine.analyse(image, how);
      },
      follow: (image, track) => {
        asked.push('follow');
        return engine.follow(image, track);
      },
    },
  });
  await openDoor(st);
  return { st, asked };
}

describe('what a frame costs', () => {
  test('in the turn frames are followed; a template is taken twice, and of nothing after the end', async () => {
    const { st, asked } = await counting(() => ({}));
    const a = await showFace(st, await identify(st, 'C01'), 'C01');
    expect(a.decision.kind).toBe('admit');
    expect(asked.filter((what) => what === 'follow')).toHaveLength(7);
    // Three good frames, one in the turn, one after it.
    expect(asked.filter((what) => what === 'live')).toHaveLength(5);
    expect(asked.filter((what) => what === 'photo')).toHaveLength(1);
    const before = asked.length;
    await show(st, a, pictureOf('C01'));
    expect(asked).toHaveLength(before);
  });

  test('an engine too busy for a frame leaves it out; one that stopped begins the turn again', async () => {
    const answers = [
      err({ code: 'engine-failed' as const, reason: 'busy' as const, detail: '' }),
      null,
      err({ code: 'engine-stopped' as const }),
    ];
    const { st } = await counting((usual) => ({
      follow: async (image, track) => answers.shift() ?? usual.follow(image, track),
    }));
    let now = await identify(st, 'C01');
    for (let i = 0; i < 3; i += 1) now = (await show(st, now, pictureOf('C01'))).attempt;
    expect((await show(st, now, pictureOfHead('C01'))).guidance).toBe('face-camera');
    expect((await show(st, now, pictureOfHead('C01'))).guidance).toBe('face-camera');
    expect(await refusalOf(show(st, now, pictureOfHead('C01')))).toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    expect((await attemptAt(st)).decision).toMatchObject({ kind: 'call-person' });
    now = await turnHead(st, await attemptAt(st), 'C01');
    expect(now).toMatchObject({ liveness: { kind: 'passed' }, decision: { kind: 'admit' } });
  });
});

test('what a site’s own passive network says is advice, and on record', async () => {
  const { st } = await counting((usual) => ({
    analyse: async (image, how) => {
      const read = await usual.analyse(image, how);
      return read.ok && read.value.kind === 'face' ? { ok: true, value: { ...read.value, passive: 0.2 } } : read;
    },
  }));
  const a = await showFace(st, await identify(st, 'C01'), 'C01');
  expect(a).toMatchObject({ liveness: { kind: 'passed', advice: ['passive-doubt'] }, decision: { kind: 'admit' } });
  await checkin(st).admit({ attemptId: a.attemptId });
  expect(findRecord(st.station.db, a.attemptId)?.turn).toMatchObject({ passive: expect.closeTo(0.2, 5) });
});

test('nothing is looked at before the candidate has agreed, and nothing of who declined', async () => {
  const { st, asked } = await counting(() => ({}));
  await signConsent(st, 'C02', 'declined');
  const a = await identify(st, 'C02');
  const seen = await show(st, a, pictureOf('C02'));
  expect(seen).toMatchObject({
    guidance: null,
    attempt: {
      frames: { good: 0 },
      images: { live: false },
      liveness: { kind: 'not-asked' },
      decision: { kind: 'call-person', reasons: ['declines-face'] },
    },
  });
  expect(asked).toEqual([]);
  expect((await checkin(st).lane({ roomId: ROOM })).attempt?.images.live).toBe(false);
});
