import { describe, expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  FOUR_LOOKS,
  identify,
  MINUTE,
  OTHER_ROOM,
  openUnsigned,
  pinOf,
  ROOM,
  S1,
  sessionOf,
  signConsent,
} from '../../../test/harness/exam-day.ts';
import { fakeFaceEngine, pictureOf, pictureWithout } from '../../../test/harness/fake-face-engine.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  refusalOf,
  type TestStation,
  type TestStationOptions,
} from '../../../test/harness/open-station.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import { merkleRoot } from '../../journal/merkle.ts';
import type { CandidateId } from '../../lib/ids.ts';
import { err } from '../../lib/result.ts';
import type { Recheck } from './contract.ts';
import { drawRechecks } from './recheck-draw.ts';

const IDS = ['C01', 'C02', 'C03', 'C07'];
const presence = (st: TestStation) => st.as('invigilator').presence;
const later = (st: TestStation, minutesAfterStart: number) =>
  st.clock.advance(Math.max(0, sessionOf(st).startsAtMs + minutesAfterStart * MINUTE - st.clock.wallMs()));
const due = async (st: TestStation): Promise<Recheck[]> =>
  (await Promise.all([ROOM, OTHER_ROOM].map(async (roomId) => (await presence(st).room({ roomId })).rechecks))).flat();
const drawnData = (st: TestStation) =>
  st
    .journal()
    .filter((e) => e.event === 'presence.rechecks-drawn')
    .map((e) => ({
      seq: e.seq,
      ...(e.data as {
        root: string;
        size: number;
        present: string[];
        drawn: { candidateId: string; dueAtMs: number }[];
      }),
    }));
const second = (st: TestStation) => pinOf(st, 'door');

/** Four are in, the session has begun, and the clock stands near its end: all that was drawn is due. */
async function allDue(
  options: TestStationOptions = {},
): Promise<{ st: TestStation; of: (id: string) => Promise<Recheck> }> {
  const st = await atTheDoor(options);
  for (const id of IDS) await admit(st, id);
  later(st, 0);
  st.tick();
  const { endsAtMs } = sessionOf(st);
  st.clock.advance(endsAtMs - MINUTE - st.clock.wallMs());
  st.journalEvents();
  return { st, of: async (id) => (await due(st)).find((r) => r.candidateId === id)! };
}
async function show(st: TestStation, recheckId: string, face: string, likeness = 1) {
  let last: Awaited<ReturnType<ReturnType<typeof presence>['presentRecheckFace']>> | undefined;
  for (let i = 0; i < 3; i += 1)
    last = await presence(st).presentRecheckFace({ recheckId, frame: pictureOf(face, likeness) });
  return last!.recheck;
}

describe('the draw', () => {
  test('comes once with the first tick of the running session, from those present, and anyone can repeat it', async () => {
    const st = await atTheDoor();
    for (const id of IDS) await admit(st, id);
    st.tick();
    expect(drawnData(st)).toEqual([]);
    later(st, 0);
    for (let i = 0; i < 3; i += 1) st.tick();
    const [drawn, ...more] = drawnData(st);
    expect(more).toEqual([]);
    expect(drawn!.present).toEqual(IDS);
    const leaves = st.station.journal.leaves(drawn!.size);
    const hashes = Array.from({ length: drawn!.size }, (_, i) => leaves.subarray(i * 32, i * 32 + 32));
    expect(drawn!.size).toBe(drawn!.seq);
    expect(drawn!.root).toBe(Buffer.from(merkleRoot(hashes)).toString('hex'));
    const { startsAtMs, endsAtMs } = sessionOf(st);
    const again = drawRechecks({
      root: drawn!.root,
      sessionId: S1,
      round: 1,
      present: IDS,
      count: 4,
      beginMs: startsAtMs,
      endsAtMs,
    });
    expect(drawn!.drawn.map(({ candidateId, dueAtMs }) => ({ candidateId, dueAtMs }))).toEqual(again);
  });

  test('who comes later stands in a second draw, after the late limit', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    later(st, 0);
    st.tick();
    await admit(st, 'C02');
    later(st, 30);
    st.tick();
    expect(drawnData(st)).toHaveLength(1);
    st.clock.advance(1);
    st.tick();
    st.tick();
    expect(drawnData(st).map((d) => [d.present, d.drawn.map((x) => x.candidateId)])).toEqual([
      [['C01'], ['C01']],
      [['C02'], ['C02']],
    ]);
  });

  test('nobody is told before a re-check is due, and none is taken before', async () => {
    const st = await atTheDoor();
    for (const id of IDS) await admit(st, id);
    later(st, 0);
    st.tick();
    const { drawn } = drawnData(st)[0]! as unknown as { drawn: { recheckId: string; dueAtMs: number }[] };
    for (const { recheckId, dueAtMs } of drawn.toSorted((a, b) => a.dueAtMs - b.dueAtMs)) {
      if (dueAtMs > st.clock.wallMs()) {
        st.clock.advance(dueAtMs - 1 - st.clock.wallMs());
        expect((await due(st)).map((r) => r.recheckId)).not.toContain(recheckId);
        expect(await codeOf(presence(st).presentRecheckFace({ recheckId, frame: pictureOf('C01') }))).toBe(
          'NO_SUCH_RECHECK',
        );
        st.clock.advance(1);
      }
      expect((await due(st)).map((r) => r.recheckId)).toContain(recheckId);
    }
  });
});

describe('by the face', () => {
  test('three good frames that agree with the plan and the admission are enough, and on record with their picture', async () => {
    const { st, of } = await allDue();
    const { recheckId } = await of('C01');
    const { guidance, recheck } = await presence(st).presentRecheckFace({ recheckId, frame: pictureWithout('closer') });
    expect([guidance, recheck.frames]).toEqual(['closer', { good: 0, needed: 3 }]);
    const done = await show(st, recheckId, 'C01', 0.9);
    expect(done.state).toMatchObject({ kind: 'done', by: 'face', verdict: 'same', threshold: 0.5 });
    const entry = st.journal().at(-1)!;
    expect(entry).toMatchObject({
      event: 'presence.recheck-passed',
      data: { candidateId: 'C01', engine: 'fake-engine 1' },
    });
    expect((entry.data as { frameSha256: string[] }).frameSha256).toHaveLength(3);
    const kept = st.station.db.prepare("SELECT subject FROM evidence WHERE kind = 'recheck-face'").all();
    expect(kept).toEqual([{ subject: 'C01' }]);
    expect(await codeOf(presence(st).presentRecheckFace({ recheckId, frame: pictureOf('C01') }))).toBe('RECHECK_DONE');
  });

  test('a miss calls persons, decides nothing, and is not tried again by the machine', async () => {
    const { st, of } = await allDue();
    const { recheckId } = await of('C02');
    const missed = await show(st, recheckId, 'C05');
    expect(missed.state).toMatchObject({ kind: 'by-eye', reason: 'faces-differ', threshold: 0.5 });
    expect(st.journal().at(-1)?.event).toBe('presence.recheck-missed');
    expect(await codeOf(presence(st).presentRecheckFace({ recheckId, frame: pictureOf('C02') }))).toBe('BY_EYE_ONLY');
    const seen = await presence(st).recheckByEye({ recheckId, verdict: 'same', second: second(st) });
    expect(seen.state).toMatchObject({ kind: 'done', by: 'eye', verdict: 'same' });
  });

  test('with the keys locked there is nothing to compare with: persons look', async () => {
    const { st, of } = await allDue();
    const { recheckId } = await of('C01');
    await st.restart();
    expect(await codeOf(presence(st).presentRecheckFace({ recheckId, frame: pictureOf('C01') }))).toBe('BY_EYE_ONLY');
    expect((await of('C01')).state).toMatchObject({ kind: 'by-eye', reason: 'nothing-to-compare' });
    await st.restart(PASSPHRASE);
    expect((await show(st, recheckId, 'C01')).state.kind).toBe('done');
  });

  test('the pictures to compare by eye are the plan’s and the admission’s; looking at the latter is on record', async () => {
    const { st, of } = await allDue();
    const { recheckId } = await of('C01');
    const bytes = async (which: 'plan' | 'admission') =>
      Buffer.from(await (await presence(st).recheckImage({ recheckId, which })).arrayBuffer());
    expect((await bytes('plan'))[0]).toBe(0x89);
    expect((await bytes('admission')).toString('utf8')).toMatch(/^face C01/);
    expect(st.journalEvents()).toEqual(['presence.picture-seen']);
    expect(await codeOf(presence(st).recheckImage({ recheckId, which: 'live' }))).toBe('NO_SUCH_IMAGE');
  });
});

describe('by eye', () => {
  test('who declined the comparison is looked at by two persons alone', async () => {
    const st = await openTestStation();
    await openUnsigned(st);
    await signConsent(st, 'C01', 'declined');
    const { attemptId } = await identify(st, 'C01');
    const checks = FOUR_LOOKS;
    const by = pinOf(st, 'invigilator');
    await st.as('door').checkin.admitByHand({ attemptId, reason: 'declines-face', checks, second: by });
    later(st, 0);
    st.tick();
    st.clock.advance(sessionOf(st).endsAtMs - MINUTE - st.clock.wallMs());
    const [recheck] = await due(st);
    expect(recheck?.state).toMatchObject({ kind: 'by-eye', reason: 'declines-face' });
    const { recheckId } = recheck!;
    expect(await codeOf(presence(st).presentRecheckFace({ recheckId, frame: pictureOf('C01') }))).toBe('BY_EYE_ONLY');
    await presence(st).recheckByEye({ recheckId, verdict: 'same', second: second(st) });
    expect(st.station.db.prepare("SELECT kind FROM evidence WHERE kind LIKE '%face'").all()).toEqual([]);
  });

  test('a doubt needs a note and a second person, and is an alarm in the office', async () => {
    const { st, of } = await allDue();
    const { recheckId } = await of('C03');
    const wish = { recheckId, verdict: 'doubt' as const, note: '鼻子不像', second: second(st) };
    expect(await codeOf(presence(st).recheckByEye({ ...wish, note: '' }))).toBe('NOTE_NEEDED');
    const own = pinOf(st, 'invigilator');
    expect(await codeOf(presence(st).recheckByEye({ ...wish, second: own }))).toBe('SAME_PERSON');
    const wrong = { ...wish.second, pin: '000000' };
    expect(await codeOf(presence(st).recheckByEye({ ...wish, second: wrong }))).toBe('WRONG_PIN');
    const alarms = async () =>
      (await st.as('site-lead').session.overview({ sessionId: S1 })).alarms.filter((a) => a.code === 'recheck-doubt');
    expect(await alarms()).toEqual([]);
    st.clock.advance(10_000);
    await presence(st).recheckByEye(wish);
    expect(st.journal().at(-1)).toMatchObject({ event: 'presence.recheck-doubted', data: { note: '鼻子不像' } });
    expect(await alarms()).toMatchObject([{ level: 'stop', roomId: '201', facts: { seat: (await of('C03')).seat } }]);
  });

  test('two desks at once decide once', async () => {
    const { st, of } = await allDue();
    const { recheckId } = await of('C01');
    const by = (verdict: 'same' | 'doubt') =>
      codeOf(presence(st).recheckByEye({ recheckId, verdict, note: '样本', second: second(st) }));
    expect((await Promise.all([by('same'), by('doubt')])).toSorted()).toEqual(['RECHECK_DONE', 'ok']);
  });
});

describe('who is not there', () => {
  test('is not re-checked while out; of an admission taken back nothing is to be done', async () => {
    const { st, of } = await allDue();
    const { recheckId } = await of('C01');
    await presence(st).signOut({ candidateId: 'C01' as CandidateId, kind: 'finished', note: '' });
    expect((await of('C01')).inside).toBe(false);
    const frame = pictureOf('C01');
    expect(await refusalOf(presence(st).presentRecheckFace({ recheckId, frame }))).toMatchObject({
      code: 'NOT_INSIDE',
    });
    const lead = pinOf(st, 'site-lead');
    await st.as('door').checkin.undoAdmission({ candidateId: 'C02' as CandidateId, reason: '样本', lead });
    expect(await of('C02')).toBeUndefined();
  });

  test('what was not done is missing at the closing, by room, until it is declared', async () => {
    const { st, of } = await allDue();
    await show(st, (await of('C01')).recheckId, 'C01');
    st.clock.advance(2 * MINUTE);
    await st.as('site-lead').session.close({ sessionId: S1 });
    const { missing } = await st.as('site-lead').archive.closing({ sessionId: S1 });
    const open = missing.filter((m) => m.code === 'rechecks-not-done');
    expect(open.map((m) => [m.itemId, m.facts.count])).toEqual([
      ['rechecks-not-done:201', '2'],
      ['rechecks-not-done:202', '1'],
    ]);
    const { recheckId } = await of('C02');
    expect(await codeOf(presence(st).recheckByEye({ recheckId, verdict: 'same', second: second(st) }))).toBe(
      'WRONG_STATE',
    );
  });
});

test('who said at the door that they want no comparison is re-checked by eye', async () => {
  const st = await atTheDoor();
  const { attemptId } = await identify(st, 'C01');
  const checks = FOUR_LOOKS;
  const wish = { attemptId, reason: 'declines-face' as const, checks };
  await st.as('door').checkin.admitByHand({ ...wish, second: pinOf(st, 'invigilator') });
  later(st, 0);
  st.tick();
  st.clock.advance(sessionOf(st).endsAtMs - MINUTE - st.clock.wallMs());
  const [recheck] = await due(st);
  expect(recheck).toMatchObject({ candidateId: 'C01', state: { kind: 'by-eye', reason: 'declines-face' } });
  const compared = presence(st).presentRecheckFace({ recheckId: recheck!.recheckId, frame: pictureOf('C01') });
  expect(await codeOf(compared)).toBe('BY_EYE_ONLY');
});

test('pictures that a busy engine leaves out are asked for again, and nobody is told that it is away', async () => {
  const usual = fakeFaceEngine();
  let busyFor = 0;
  const analyse: FaceEngine['analyse'] = async (image, how) => {
    if (busyFor === 0) return usual.analyse(image, how);
    busyFor -= 1;
    return err({ code: 'engine-failed', reason: 'busy', detail: '' });
  };
  const { st, of } = await allDue({ faceEngine: { ...usual, analyse } });
  const { recheckId } = await of('C01');
  for (const left of [1, 1]) {
    // First the photograph of the plan, then nothing but the frame.
    busyFor = left;
    const shown = await presence(st).presentRecheckFace({ recheckId, frame: pictureOf('C01') });
    expect(shown).toMatchObject({ guidance: null, recheck: { state: { kind: 'due' } } });
  }
  expect((await show(st, recheckId, 'C01')).state.kind).toBe('done');
});
