import { expect, test } from 'vitest';
import { coverageFact, videoAsked } from './standing.ts';

const short = { verdict: 'short', presentMs: 600_000, mostMs: 466_000 } as const;
const covered = { verdict: 'covered', presentMs: 600_000, mostMs: 599_000 } as const;

test.each([
  ['covered', covered, null, { kind: 'covered' }],
  ['short', short, null, { kind: 'not-covered', missingMs: 134_000 }],
  ['short, accepted by two', short, 'AC-1', { kind: 'accepted', missingMs: 134_000, acceptanceId: 'AC-1' }],
  ['late video after an acceptance', covered, 'AC-1', { kind: 'covered' }],
])('%s', (_, found, acceptanceId, fact) => {
  expect(coverageFact(found, acceptanceId, true)).toEqual(fact);
  expect(coverageFact(found, acceptanceId, false)).toEqual({ kind: 'not-judged' });
});

test('a room without cameras needs video where the pack says so; a room with one always does', () => {
  expect([videoAsked(0, true), videoAsked(0, false), videoAsked(1, true), videoAsked(1, false)]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
