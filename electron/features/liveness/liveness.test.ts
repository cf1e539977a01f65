import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_MS, face, nobody, play, SAME_FROM, straight, turnTo, two } from './a-challenge.ts';
import { FACING_FRAMES, MIN_TURN, MIN_TURN_YAW_DEG } from './head-challenge.ts';
import { livenessVerdict, newLiveness, observe, TIME_LIMIT_MS, TURN_LIMIT_MS } from './liveness.ts';

const outcome = (...how: Parameters<typeof play>) => {
  const { verdict } = play(...how);
  return verdict.kind === 'failed' ? verdict.reason.code : verdict.kind;
};
/** Straight frames to the end of the time the turn has. */
const waiting = straight(Math.ceil(TURN_LIMIT_MS / FRAME_MS) + 1);

test('straight, to the side asked and straight again passes, and the record has the numbers', () => {
  const { verdict } = play([...straight(), ...turnTo('left')]);
  expect(verdict).toEqual({
    kind: 'passed',
    evidence: {
      ask: 'left',
      // Six straight ones, and the turn until it is nearly straight.
      frames: 14,
      tookMs: 14 * FRAME_MS,
      frontYawDeg: 0,
      leastYawDeg: 0,
      mostYawDeg: 24,
      wrongTurns: 0,
      likeness: 0.9,
      blinks: 0,
      medianIntervalMs: FRAME_MS,
      intervalSpreadMs: 0,
    },
  });
});

test('what is said and what is taken, frame by frame', () => {
  const frames = [nobody(), two(), ...straight(FACING_FRAMES + 1), ...turnTo('left').slice(0, 6)];
  const said = frames.map((_, i) => {
    const { verdict } = play(frames.slice(0, i + 1));
    return verdict.kind === 'going-on' ? `${verdict.say} ${verdict.take ?? '-'}` : verdict.kind;
  });
  expect(said).toEqual([
    'come-into-view -',
    'one-person -',
    ...Array(FACING_FRAMES - 1).fill('face-camera -'),
    // The template has been taken by the time the verdict is read again.
    ...Array(4).fill('turn-left -'),
    ...Array(4).fill('back-to-front -'),
  ]);
});

test('the frames to be taken are the first steady one and the first in the turn', () => {
  const wanted = (until: number) => {
    let state = newLiveness('left', 0, '');
    const frames = [...straight(), ...turnTo('left')];
    for (const [i, seen] of frames.slice(0, until).entries()) {
      state = observe(state, { kind: 'frame', atMs: (i + 1) * FRAME_MS, seen });
      if (i === FACING_FRAMES) state = observe(state, { kind: 'front-taken' });
    }
    const verdict = livenessVerdict(state, until * FRAME_MS);
    return verdict.kind === 'going-on' ? verdict.take : verdict.kind;
  };
  expect(wanted(FACING_FRAMES - 1)).toBeNull();
  expect(wanted(FACING_FRAMES)).toBe('front');
  expect(wanted(FACING_FRAMES + 1)).toBeNull();
  expect(wanted(8)).toBeNull();
  expect(wanted(9)).toBe('turn');
});

const moved = face({ box: { left: 380, top: 140, width: 200, height: 260 } });
const grown = face({ box: { left: 170, top: 75, width: 300, height: 390 } });

test.each([
  ['asked left, turned right, waited', 'too-slow', [...straight(), ...turnTo('right'), ...waiting]],
  ['the wrong side twice', 'wrong-way', [...straight(), ...turnTo('right'), ...turnTo('right'), ...turnTo('left')]],
  ['the wrong side once, then the right one', 'passed', [...straight(), ...turnTo('right'), ...turnTo('left')]],
  ['never turned', 'too-slow', [...straight(), ...waiting]],
  [
    'turned and stayed',
    'too-slow',
    [...straight(), ...turnTo('left').slice(0, 4), ...waiting.map(() => face({ yawDeg: 24, turn: 0.6 }))],
  ],
  ['never looked straight', 'too-slow', Array.from({ length: 200 }, () => face({ yawDeg: 20, turn: 0.5 }))],
  ['a head that never rests', 'too-slow', Array.from({ length: 200 }, (_, i) => face({ yawDeg: i % 2 ? 6 : -6 }))],
  [
    'straight from a rest to one side',
    'passed',
    [
      ...Array(6)
        .fill(0)
        .map(() => face({ yawDeg: 9, turn: 0.2 })),
      ...[15, 26, 26, 14, 9].map((yawDeg) => face({ yawDeg, turn: yawDeg / 40 })),
    ],
  ],
  ['a second face in the turn', 'several-faces', [...straight(), ...turnTo('left').slice(0, 3), two(), two()]],
  ['a second face for one frame', 'passed', [...straight(), two(), ...turnTo('left')]],
  ['a second face before it began', 'passed', [two(), two(), two(), ...straight(), ...turnTo('left')]],
  [
    'gone in the turn',
    'face-lost',
    [...straight(), ...turnTo('left').slice(0, 3), ...Array.from({ length: 13 }, nobody), face()],
  ],
  ['gone for a moment', 'passed', [...straight(), nobody(), nobody(), ...turnTo('left')]],
  ['gone before it began', 'passed', [face(), ...Array.from({ length: 30 }, nobody), ...straight(), ...turnTo('left')]],
  ['suddenly elsewhere', 'face-jumped', [...straight(), moved, ...turnTo('left')]],
  ['suddenly larger', 'face-jumped', [...straight(), grown, ...turnTo('left')]],
  ['elsewhere before it began', 'passed', [face(), face(), moved, ...straight(), ...turnTo('left')]],
] as const)('%s: %s', (_, expected, frames) => {
  expect(outcome(frames)).toBe(expected);
});

test.each(['left', 'right'] as const)('asked %s: that side passes and the other does not', (ask) => {
  const other = ask === 'left' ? 'right' : 'left';
  expect(outcome([...straight(), ...turnTo(ask)], { ask })).toBe('passed');
  expect(outcome([...straight(), ...turnTo(other), ...turnTo(other)], { ask })).toBe('wrong-way');
});

test.each([
  ['one blurred frame', [0.2, 0.9], 'passed'],
  ['a frame without a template', [null, 0.8], 'passed'],
  ['exactly at the threshold', [SAME_FROM], 'passed'],
  ['another face, three times', [0.2, 0.1, 0.3, 0.9], 'another-face'],
] as const)('compared in the turn: %s', (_, likeness, expected) => {
  const longTurn = [...turnTo('left').slice(0, 4), ...turnTo('left').slice(3)];
  expect(outcome([...straight(), ...longTurn], { likeness })).toBe(expected);
});

test('straight again before the face in the turn was known: the turn is asked for once more', () => {
  const { verdict } = play([...straight(), ...turnTo('left')], { likeness: [null] });
  expect(verdict).toMatchObject({ kind: 'going-on', say: 'turn-left' });
  expect(outcome([...straight(), ...turnTo('left'), ...turnTo('left')], { likeness: [null, null, 0.8] })).toBe(
    'passed',
  );
});

describe('the feed', () => {
  const frozen = face();
  const passage = straight(20);

  test.each([
    ['the same frame over and over', 'frozen-picture', Array(20).fill(frozen)],
    [
      'frozen in the turn',
      'frozen-picture',
      [...straight(), ...turnTo('left').slice(0, 3), ...Array(15).fill(face({ yawDeg: 15, turn: 0.4 }))],
    ],
    ['a camera half as fast as the desk', 'passed', [...straight(), ...turnTo('left')].flatMap((f) => [f, f])],
    ['a passage shown again', 'looping-picture', [...passage, ...passage.slice(0, 9)]],
    [
      'a passage shown again, every second frame',
      'looping-picture',
      [...passage, ...passage.filter((_, i) => i % 2 === 0)],
    ],
    [
      'a few frames alike',
      'passed',
      [...straight(), ...passage.slice(0, 5), face(), ...passage.slice(0, 5), ...turnTo('left')],
    ],
  ] as const)('%s: %s', (_, expected, frames) => {
    expect(outcome(frames)).toBe(expected);
  });

  test.each([
    ['faster than any camera', 5, 'frame-times'],
    ['a fast camera', 9, 'passed'],
    ['backwards', -80, 'frame-times'],
    ['three seconds apart', 3_000, 'too-slow'],
  ])('%s (%i ms): %s', (_, everyMs, expected) => {
    expect(outcome([...straight(8), ...turnTo('left')], { everyMs })).toBe(expected);
  });

  test('a slow machine shows the face in every frame, though more than a second apart', () => {
    const few = [0.6, 1, 0.8, 0.2].map((share) => face({ yawDeg: 24 * share, turn: 0.6 * share }));
    expect(outcome([...straight(FACING_FRAMES), ...few], { everyMs: 1_200 })).toBe('passed');
    expect(outcome([...straight(FACING_FRAMES), face(), nobody(), ...few], { everyMs: 600 })).toBe('face-lost');
  });

  test('a hole between two frames in the turn', () => {
    let { state, nowMs } = play([...straight(), ...turnTo('left').slice(0, 3)]);
    nowMs += 2_000;
    state = observe(state, { kind: 'frame', atMs: nowMs, seen: face() });
    expect(livenessVerdict(state, nowMs)).toMatchObject({ reason: { code: 'frame-times' } });
  });
});

test('a virtual camera fails at once, and says which', () => {
  const { verdict } = play([], { label: 'OBS Virtual Camera (m-de:vice)' });
  expect(verdict).toMatchObject({ kind: 'failed', reason: { code: 'virtual-camera', product: 'OBS' } });
});

test('time runs out without any frame too, by either limit', () => {
  const untouched = newLiveness('right', 1_000, '');
  expect(livenessVerdict(untouched, 1_000 + TIME_LIMIT_MS).kind).toBe('going-on');
  expect(livenessVerdict(untouched, 1_001 + TIME_LIMIT_MS)).toMatchObject({ reason: { code: 'too-slow' } });
  const { state } = play(straight(FACING_FRAMES));
  const askedAtMs = FACING_FRAMES * FRAME_MS;
  expect(livenessVerdict(state, askedAtMs + TURN_LIMIT_MS).kind).toBe('going-on');
  expect(livenessVerdict(state, askedAtMs + TURN_LIMIT_MS + 1)).toMatchObject({ reason: { code: 'too-slow' } });
});

test('an ended challenge no longer changes', () => {
  for (const { state, nowMs } of [play([...straight(), ...turnTo('left')]), play(Array(20).fill(face()))]) {
    expect(observe(state, { kind: 'frame', atMs: nowMs + 80, seen: two() })).toBe(state);
    expect(observe(state, { kind: 'front-taken' })).toBe(state);
  }
});

const pose = fc.record({
  yawDeg: fc.double({ min: -60, max: 60, noNaN: true }),
  turn: fc.double({ min: -1, max: 1, noNaN: true }),
});

test('nothing short of both measures passes, whatever the head does', () => {
  const short = fc.oneof(
    pose.map(({ yawDeg, turn }) => ({ yawDeg: Math.min(yawDeg, MIN_TURN_YAW_DEG - 0.01), turn })),
    pose.map(({ yawDeg, turn }) => ({ yawDeg, turn: Math.min(turn, MIN_TURN - 0.001) })),
  );
  fc.assert(
    fc.property(fc.array(short, { maxLength: 60 }), (poses) => {
      expect(outcome([...straight(), ...poses.map((held) => face(held)), face()])).not.toBe('passed');
    }),
  );
});

test('left and right are mirror images', () => {
  fc.assert(
    fc.property(fc.array(pose, { maxLength: 60 }), (poses) => {
      const mirror = poses.map(({ yawDeg, turn }) => ({ yawDeg: -yawDeg, turn: -turn }));
      const end = (held: typeof poses, ask: 'left' | 'right') =>
        outcome([...straight(), ...held.map((h) => face(h))], { ask });
      expect(end(mirror, 'right')).toBe(end(poses, 'left'));
    }),
  );
});

test('a camera’s noise is neither frozen nor a loop, be the person ever so still', () => {
  const still = straight(400);
  expect(outcome(still)).toBe('too-slow');
});
