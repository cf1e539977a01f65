import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type LineEffect,
  type LineEvent,
  type LineState,
  type Now,
  rebuildDelayMs,
  restartMs,
  settleMs,
  step,
} from './reconnect.ts';

const off: LineState = { kind: 'off', failures: 0 };
const tick: LineEvent = { kind: 'tick' };
const connection = (state: 'connected' | 'disconnected' | 'failed'): LineEvent => ({ kind: 'connection', state });

/** Plays events at their times; signalling may be set beside one. Answers with the way through states and effects. */
function play(events: readonly [atMs: number, event: LineEvent, signalling?: boolean][]) {
  let state = off as LineState;
  const way: string[] = [];
  for (const [nowMs, event, signalling = true] of events) {
    const stepped = step(state, event, { nowMs, random: 0, signalling });
    state = stepped.state;
    way.push([...stepped.effects, state.kind].join(' '));
  }
  return { state, way };
}
const opened: [number, LineEvent][] = [
  [0, { kind: 'wanted' }],
  [500, { kind: 'opened' }],
];

describe('the way of a connection', () => {
  test('wanted, opened, no longer wanted', () => {
    expect(play([...opened, [9_000, { kind: 'unwanted' }]]).way).toEqual(['open opening', 'live', 'close off']);
  });
  test('a short break comes back by itself: nothing is done', () => {
    const events: [number, LineEvent][] = [
      ...opened,
      [1_000, connection('disconnected')],
      [1_000 + settleMs - 1, tick],
      [1_000 + settleMs - 1, connection('connected')],
    ];
    expect(play(events).way.slice(2)).toEqual(['unsettled', 'unsettled', 'live']);
  });
  test('a longer break: ICE is restarted once, and the connection is live again', () => {
    const due = 1_000 + settleMs;
    const events: [number, LineEvent][] = [
      ...opened,
      [1_000, connection('disconnected')],
      [due, tick],
      [due + 500, tick],
      [due + 900, connection('connected')],
    ];
    expect(play(events).way.slice(2)).toEqual(['unsettled', 'restart-ice restarting', 'restarting', 'live']);
  });
  test('a restart that brings nothing: everything is taken down, and after a while built anew', () => {
    const due = 1_000 + settleMs;
    const events: [number, LineEvent][] = [
      ...opened,
      [1_000, connection('disconnected')],
      [due, tick],
      [due + restartMs, tick],
      [due + restartMs + 999, tick],
      [due + restartMs + 1_000, tick],
      [due + restartMs + 1_500, { kind: 'opened' }],
    ];
    expect(play(events).way.slice(3)).toEqual([
      'restart-ice restarting',
      'close waiting',
      'waiting',
      'open opening',
      'live',
    ]);
  });
  test.each([
    ['the browser gives the connection up', connection('failed'), 'broken'],
    ['the other side has lost it', { kind: 'lost-there' } as LineEvent, 'lost-there'],
  ])('%s: rebuilt', (_, event, reason) => {
    const { state, way } = play([...opened, [1_000, event]]);
    expect([way.at(-1), state]).toEqual(['close waiting', { kind: 'waiting', reason, untilMs: 2_000, failures: 1 }]);
  });
  test('an opening that fails again and again waits ever longer', () => {
    let state = step(off, { kind: 'wanted' }, { nowMs: 0, random: 0, signalling: true }).state;
    const waits: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      state = step(state, { kind: 'open-failed', reason: 'refused' }, { nowMs: 0, random: 0, signalling: true }).state;
      waits.push(state.kind === 'waiting' ? state.untilMs : -1);
      state = step(state, tick, { nowMs: 60_000, random: 0, signalling: true }).state;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });
  test('a connection that held for half a minute begins the count anew; one that did not goes on', () => {
    const failing = (heldMs: number) => {
      const events: [number, LineEvent][] = [
        [0, { kind: 'wanted' }],
        [0, { kind: 'open-failed', reason: 'timeout' }],
        [1_000, tick],
        [1_000, { kind: 'opened' }],
        [1_000 + heldMs, connection('failed')],
      ];
      return play(events).state.failures;
    };
    expect([failing(29_999), failing(30_000)]).toEqual([2, 1]);
  });
});

describe('without signalling', () => {
  test('nothing is opened; the moment the line is there, it is', () => {
    const events: [number, LineEvent, boolean][] = [
      [0, { kind: 'wanted' }, false],
      [60_000, tick, false],
      [60_500, tick, true],
    ];
    expect(play(events).way).toEqual(['waiting', 'waiting', 'open opening']);
  });
  test('ICE is not restarted, and the connection may still come back', () => {
    const events: [number, LineEvent, boolean][] = [
      ...opened.map(([at, e]): [number, LineEvent, boolean] => [at, e, true]),
      [1_000, connection('disconnected'), false],
      [20_000, tick, false],
      [21_000, connection('connected'), false],
    ];
    expect(play(events).way.slice(2)).toEqual(['unsettled', 'unsettled', 'live']);
  });
});

test('whatever happens: no two connections at once, nothing stays once it is unwanted, and every delay is bounded', () => {
  const event = fc.oneof(
    fc.constantFrom<LineEvent>(
      { kind: 'wanted' },
      { kind: 'unwanted' },
      { kind: 'opened' },
      { kind: 'open-failed', reason: 'refused' },
      { kind: 'restart-failed', reason: 'gone' },
      { kind: 'lost-there' },
      tick,
      connection('connected'),
      connection('disconnected'),
      connection('failed'),
    ),
  );
  const moment = fc.record({
    event,
    passMs: fc.integer({ min: 0, max: 40_000 }),
    signalling: fc.boolean(),
    random: fc.double({ min: 0, max: 0.99, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
      let state = off as LineState;
      let nowMs = 0;
      let isUp = false;
      for (const { event, passMs, signalling, random } of moments) {
        nowMs += passMs;
        const stepped: { state: LineState; effects: LineEffect[] } = step(state, event, {
          nowMs,
          random,
          signalling,
        } satisfies Now);
        for (const effect of stepped.effects) {
          if (effect === 'open') expect(isUp).toBe(false);
          if (effect === 'restart-ice') expect(isUp).toBe(true);
          isUp = effect === 'open' || (effect === 'restart-ice' && isUp);
        }
        state = stepped.state;
        if (state.kind === 'off' || state.kind === 'waiting') expect(isUp).toBe(false);
        if (event.kind === 'unwanted') expect(state.kind).toBe('off');
        if (state.kind === 'waiting') expect(state.untilMs - nowMs).toBeLessThanOrEqual(30_000);
      }
    }),
  );
  expect(rebuildDelayMs(1, 0.99)).toBeGreaterThanOrEqual(500);
});
