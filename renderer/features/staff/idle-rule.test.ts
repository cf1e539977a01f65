import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idleLockMs, idleVerdict } from './idle-rule.ts';

const at = (monotonicMs: number, wallMs = monotonicMs) => ({ monotonicMs, wallMs });
const minute = 60_000;

test.each([
  ['just touched', at(0), at(0), { kind: 'look-again', inMs: 5 * minute }],
  ['four minutes', at(0), at(4 * minute), { kind: 'look-again', inMs: minute }],
  ['a moment before', at(0), at(5 * minute - 1), { kind: 'look-again', inMs: 1 }],
  ['five minutes', at(0), at(5 * minute), { kind: 'lock' }],
  ['asleep for an hour: only the wall clock went on', at(0), at(minute, 60 * minute), { kind: 'lock' }],
  ['wall clock set back an hour', at(0, 60 * minute), at(5 * minute, 5 * minute), { kind: 'lock' }],
] as const)('%s', (_, last, now, verdict) => {
  expect(idleVerdict(last, now)).toEqual(verdict);
});

test('whatever the wall clock does, nobody is locked out sooner, nor later than five minutes by both clocks', () => {
  const ms = fc.integer({ min: 0, max: 10 * minute });
  fc.assert(
    fc.property(ms, fc.integer({ min: -60 * minute, max: 10 * minute }), (monotonic, wall) => {
      const verdict = idleVerdict(at(0), at(monotonic, wall));
      expect(verdict.kind === 'lock').toBe(monotonic >= idleLockMs || wall >= idleLockMs);
      if (verdict.kind === 'look-again') {
        expect(verdict.inMs).toBeGreaterThan(0);
        expect(monotonic + verdict.inMs).toBeLessThanOrEqual(idleLockMs);
      }
    }),
  );
});
