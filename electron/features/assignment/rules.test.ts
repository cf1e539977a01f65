import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Violation } from '../examiners/violation.ts';
import { findingsOfChange, isAbout, mayReturn, passedOver, seatsWanted, verdictOf } from './rules.ts';

const finding = (ruleId: string, more: Partial<Violation> = {}): Violation => ({
  ruleId,
  severity: 'block',
  outcome: 'broken',
  examinerId: null,
  facts: {},
  ...more,
});

describe('how many seats a room has', () => {
  test.each([
    [5, { candidatesEach: 5, least: 3, odd: true }, 0, 3],
    [16, { candidatesEach: 5, least: 3, odd: true }, 0, 5],
    [15, { candidatesEach: 15, least: 2, odd: false }, 0, 2],
    [31, { candidatesEach: 15, least: 2, odd: false }, 0, 3],
    [6, { candidatesEach: 15, least: 2, odd: false }, 3, 3],
    [0, { candidatesEach: 15, least: 2, odd: false }, 0, 2],
  ])('%i candidates, %j, planned %i: %i', (candidates, size, planned, seats) =>
    expect(seatsWanted(candidates, size, planned)).toBe(seats),
  );

  test('never fewer than the rule and the plan ask for, and odd where it must be', () => {
    const size = fc.record({
      candidatesEach: fc.integer({ min: 1, max: 40 }),
      least: fc.integer({ min: 1, max: 9 }),
      odd: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.nat(200), size, (candidates, s) => {
        const seats = seatsWanted(candidates, s, 0);
        expect(seats).toBeGreaterThanOrEqual(s.least);
        expect(seats * s.candidatesEach).toBeGreaterThanOrEqual(candidates);
        if (s.odd) expect(seats % 2).toBe(1);
      }),
    );
  });
});

describe('what a change brings', () => {
  const full = { openSeats: 0, returning: 0, mayReturn: 2 };
  const open = { openSeats: 1, returning: 0, mayReturn: 2 };
  const kin = finding('recusal.kin', { examinerId: 'E1', facts: { with: 'C1' } });

  test('what was so before is not held against it; what is new is, also with other facts', () => {
    expect(findingsOfChange([kin], [kin], full)).toEqual([]);
    expect(findingsOfChange([], [kin], full)).toEqual([kin]);
    const more = { ...kin, facts: { with: 'C1 C2' } };
    expect(findingsOfChange([kin], [more], full)).toEqual([more]);
  });

  test('that seats are open counts only once none is, whether it was so before or not', () => {
    const short = ['panel.size', 'panel.odd', 'panel.lead'].map((id) => finding(id));
    expect(findingsOfChange([], short, open)).toEqual([]);
    expect(findingsOfChange(short, short, full)).toEqual(short);
  });

  test('too few new people count while seats are open only when the open ones cannot make up for it', () => {
    const turnover = finding('panel.turnover');
    expect(findingsOfChange([], [turnover], { ...open, returning: 2 })).toEqual([]);
    expect(findingsOfChange([], [turnover], { ...open, returning: 3 })).toEqual([turnover]);
    expect(findingsOfChange([turnover], [turnover], full)).toEqual([turnover]);
  });
});

test.each([
  [3, 3, 2],
  [5, 3, 3],
  [1, 3, 0],
  [4, 0, 4],
  [3, 2, 1],
])('of %i examiners with one new in %i, %i may be from before', (size, newOneIn, may) =>
  expect(mayReturn(size, newOneIn)).toBe(may),
);

test('whoever is forbidden cannot; who is warned of can for a reason', () => {
  expect(verdictOf([])).toBe('can');
  expect(verdictOf([finding('x', { severity: 'warn' })])).toBe('warn');
  expect(verdictOf([finding('x', { severity: 'warn' }), finding('y')])).toBe('cannot');
});

describe('passing over in the order of the draw', () => {
  const row = (examinerId: string, verdict: 'can' | 'warn' | 'cannot', drawn = true) => ({
    examinerId,
    verdict,
    drawn,
  });
  const order = [row('A', 'cannot'), row('B', 'can'), row('C', 'can'), row('D', 'can', false)];
  test.each([
    ['B', null],
    ['C', 'B'],
    ['D', 'B'],
  ])('%s passes over %s', (chosen, over) => expect(passedOver(order, chosen)).toBe(over));
  test('who is only warned of may be passed over in silence, and is not passed over by being chosen', () => {
    const warned = [row('A', 'warn'), row('B', 'can')];
    expect(passedOver(warned, 'B')).toBeNull();
    expect(passedOver(warned, 'A')).toBeNull();
  });
  test('without a draw nobody is passed over', () => {
    expect(passedOver([row('A', 'can', false), row('B', 'can', false)], 'B')).toBeNull();
  });
});

test.each([
  ['a moment less than a day before its start', -24 * 60 + 1, true],
  ['a day before its start', -24 * 60, false],
  ['in the middle of it', 60, true],
  ['a moment less than a day after its end', 120 + 24 * 60 - 1, true],
  ['a day after its end', 120 + 24 * 60, false],
])('%s: who signs on then signs on for a session of two hours: %s %s', (_when, minutes, about) => {
  const session = { startsAtMs: 10 * 24 * 3600_000, endsAtMs: 10 * 24 * 3600_000 + 120 * 60_000 };
  expect(isAbout(session, session.startsAtMs + minutes * 60_000)).toBe(about);
});
