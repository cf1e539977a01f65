import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawRechecks, recheckCount } from './recheck-draw.ts';
import { awayFrom, type LastMovement, whereaboutsOf } from './rules.ts';

const MINUTE = 60_000;
const moved = (kind: LastMovement['kind'], atMs: number, signed = false): LastMovement => ({ kind, atMs, signed });

describe('where somebody is', () => {
  test.each([
    ['never left', null, 0, { kind: 'inside', sinceMs: 5 }],
    ['on a break', moved('break', 10), 20, { kind: 'break', sinceMs: 10, dueAtMs: 10 + 10 * MINUTE, overdue: false }],
    [
      'at its last moment',
      moved('break', 10),
      10 + 10 * MINUTE,
      { kind: 'break', sinceMs: 10, dueAtMs: 10 + 10 * MINUTE, overdue: false },
    ],
    [
      'overdue',
      moved('break', 10),
      11 + 10 * MINUTE,
      { kind: 'break', sinceMs: 10, dueAtMs: 10 + 10 * MINUTE, overdue: true },
    ],
    ['back', moved('in', 30), 40, { kind: 'inside', sinceMs: 30 }],
    ['signed out by mistake', moved('undone', 30), 40, { kind: 'inside', sinceMs: 30 }],
    ['gone for good', moved('finished', 30, true), 40, { kind: 'finished', sinceMs: 30, signed: true }],
    ['inside to the end', moved('ended-inside', 90), 99, { kind: 'session-end', sinceMs: 90, from: 'inside' }],
    ['on a break at the end', moved('ended-on-break', 90), 99, { kind: 'session-end', sinceMs: 90, from: 'break' }],
  ] as const)('%s', (_what, last, nowMs, expected) => {
    expect(whereaboutsOf(5, last, nowMs, 10)).toEqual(expected);
  });

  test('the door is told of a break and of who is gone for good, and of nobody else', () => {
    const kinds = ['in', 'undone', 'ended-inside', 'ended-on-break', 'break', 'finished'] as const;
    expect(kinds.map((kind) => awayFrom(whereaboutsOf(0, moved(kind, 7), 8, 10))?.kind ?? null)).toEqual([
      null,
      null,
      null,
      null,
      'break',
      'finished',
    ]);
  });
});

describe('how many are re-checked', () => {
  const rules = (perHundred: number, least: number) => ({
    'admission.rechecks-per-hundred': perHundred,
    'admission.rechecks-least': least,
  });
  test.each([
    ['nobody is there', 0, 5, 5, 0, 0],
    ['at least five', 20, 5, 5, 0, 5],
    ['of three, all', 3, 5, 5, 0, 3],
    ['five in a hundred, rounded up', 101, 5, 5, 0, 6],
    ['late-comers: one of two, the least being drawn', 2, 5, 5, 5, 1],
    ['late-comers: what the least still lacks', 8, 5, 5, 2, 3],
    ['a pack that asks for none', 50, 0, 0, 0, 0],
  ])('%s', (_what, present, perHundred, least, before, expected) => {
    expect(recheckCount(present, rules(perHundred, least), before)).toBe(expected);
  });
});

describe('whom and when', () => {
  const wish = {
    root: 'ab'.repeat(32),
    sessionId: 'S1',
    round: 1 as const,
    present: ['C01', 'C02', 'C03', 'C04', 'C05', 'C06'],
    count: 3,
    beginMs: 1_000_000,
    endsAtMs: 1_000_000 + 120 * MINUTE,
  };

  test('follows from root, session and round alone; the order of names does not matter', () => {
    const drawn = drawRechecks(wish);
    expect(drawRechecks({ ...wish, present: wish.present.toReversed() })).toEqual(drawn);
    for (const other of [{ root: 'cd'.repeat(32) }, { sessionId: 'S2' }, { round: 2 as const }]) {
      expect(drawRechecks({ ...wish, ...other })).not.toEqual(drawn);
    }
  });

  test('nobody twice, each in a stretch of their own, and the last tenth is left free', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 }),
        fc.nat(),
        fc.integer({ min: 1_000, max: 300 * MINUTE }),
        fc.nat(255),
        (numbers, pick, lengthMs, seed) => {
          const present = numbers.map((n) => `C${n}`);
          const count = pick % (present.length + 1);
          const root = seed.toString(16).padStart(2, '0').repeat(32);
          const drawn = drawRechecks({ ...wish, root, present, count, endsAtMs: wish.beginMs + lengthMs });
          expect(new Set(drawn.map((d) => d.candidateId)).size).toBe(count);
          expect(drawn.every((d) => present.includes(d.candidateId))).toBe(true);
          const due = drawn.map((d) => d.dueAtMs);
          expect(due).toEqual(due.toSorted((a, b) => a - b));
          expect(new Set(due).size).toBe(count);
          if (count > 0) {
            expect(Math.min(...due)).toBeGreaterThanOrEqual(wish.beginMs);
            expect(Math.max(...due)).toBeLessThan(wish.beginMs + lengthMs * 0.9 + 1);
          }
        },
      ),
    );
  });

  test('a session that is over already, by a clock set forward, gives due times and no error', () => {
    const drawn = drawRechecks({ ...wish, endsAtMs: 0 });
    expect(drawn).toHaveLength(3);
    expect(drawn.map((d) => d.dueAtMs)).toEqual([1_000_000, 1_000_001, 1_000_002]);
  });
});
