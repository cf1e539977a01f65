import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Outcome } from './contract.ts';
import { countsOf } from './counts.ts';
import type { Admission, AttemptRow } from './store.ts';

const ids = ['C1', 'C2', 'C3', 'C4'];
const admission = (candidateId: string): Admission => ({
  candidateId,
  turn: 1,
  roomId: 'R',
  byHand: false,
  attemptId: 'A',
  atMs: 0,
  byName: '',
});
const attempt = (candidateId: string, outcome: AttemptRow['outcome']): AttemptRow => ({
  candidateId,
  outcome,
  closedAtMs: 0,
});

describe('the board', () => {
  test.each([
    ['nobody has come', [], [], [], { admitted: 0, setAside: 0, notYet: 4, absent: 0 }],
    ['one is in', ['C1'], [], [], { admitted: 1, setAside: 0, notYet: 3, absent: 0 }],
    ['one is set aside', [], [['C1', 'set-aside']], [], { admitted: 0, setAside: 1, notYet: 3, absent: 0 }],
    ['set aside, then in', ['C1'], [['C1', 'set-aside']], [], { admitted: 1, setAside: 0, notYet: 3, absent: 0 }],
    [
      'set aside, then gone',
      [],
      [
        ['C1', 'set-aside'],
        ['C1', 'abandoned'],
      ],
      [],
      { admitted: 0, setAside: 0, notYet: 4, absent: 0 },
    ],
    ['over', ['C1'], [['C2', 'set-aside']], ['C2', 'C3', 'C4'], { admitted: 1, setAside: 0, notYet: 0, absent: 3 }],
    ['of another room', ['C9'], [['C8', 'set-aside']], ['C7'], { admitted: 0, setAside: 0, notYet: 4, absent: 0 }],
  ] as const)('%s', (_when, admitted, attempts, absent, expected) => {
    const counts = countsOf(
      ids,
      admitted.map(admission),
      attempts.map(([id, outcome]) => attempt(id, outcome)),
      new Set<string>(absent),
      new Set(),
    );
    expect(counts).toEqual({ expected: 4, byHand: 0, away: 0, ...expected });
  });

  test('says how many came in by two persons, how many are out now, and who is held waits like who is set aside', () => {
    const byHand = { ...admission('C2'), byHand: true };
    const held = [attempt('C3', 'held'), attempt('C4', 'set-aside'), attempt('C4', 'abandoned')];
    const counts = countsOf(ids, [admission('C1'), byHand], held, new Set(), new Set(['C2', 'C4', 'C9']));
    expect(counts).toEqual({ expected: 4, admitted: 2, byHand: 1, away: 1, setAside: 1, notYet: 1, absent: 0 });
  });

  test('an admission taken back leaves the candidate as not yet come', () => {
    const counts = countsOf(ids, [], [attempt('C1', 'admitted')], new Set(), new Set());
    expect(counts).toMatchObject({ admitted: 0, setAside: 0, notYet: 4 });
  });

  test('always adds up to those expected, and never says less than none', () => {
    const anyone = fc.constantFrom(...ids, 'C8', 'C9');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...ids)),
        fc.uniqueArray(anyone),
        fc.array(fc.tuple(anyone, fc.constantFrom(...Outcome.options))),
        fc.uniqueArray(anyone),
        fc.uniqueArray(anyone),
        (expected, admitted, attempts, absent, away) => {
          const c = countsOf(
            expected,
            admitted.map(admission),
            attempts.map(([id, outcome]) => attempt(id, outcome)),
            new Set(absent),
            new Set(away),
          );
          expect(c.away).toBeLessThanOrEqual(c.admitted);
          expect(c.admitted + c.setAside + c.notYet + c.absent).toBe(c.expected);
          expect(Math.min(...Object.values(c))).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
