import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attempt, Decision, Lane } from '../../../electron/features/checkin/contract.ts';
import { doorScene, verdictKey } from './door-scene.ts';
import { fitPx, linesOf } from './fit-text.ts';
import { holdMs, InstructionHold } from './instruction-hold.ts';
import { lookupOrder, mayBeTail } from './lookup-order.ts';
import { likelyReason } from './manual-reason.ts';

const rule = { ruleId: 'admission.late', text: { zh: '迟到', en: 'late' }, source: 'x', facts: {} };

function attempt(decision: Decision, outcome: Attempt['outcome'] = null): Attempt {
  return { attemptId: 'A-1', decision, outcome } as Attempt;
}
function lane(more: Partial<Lane>): Lane {
  return { session: { sessionId: 'S1' }, reader: { kind: 'waiting' }, attempt: null, ...more } as Lane;
}
const none = { seenAttemptId: null, manualAttemptId: null };
const manual = { seenAttemptId: null, manualAttemptId: 'A-1' };

describe('the scene of the door', () => {
  test.each<[string, Lane, Parameters<typeof doorScene>[1], string]>([
    ['nobody', lane({}), none, 'waiting'],
    ['no session', lane({ session: null }), none, 'no-session'],
    ['session closed', lane({ session: { state: 'closed' } as Lane['session'] }), none, 'over'],
    ['session sealed', lane({ session: { state: 'sealed' } as Lane['session'] }), none, 'over'],
    ['reader lost', lane({ reader: { kind: 'lost', reason: 'unplugged' } }), none, 'reader-lost'],
    ['ticket first', lane({ attempt: attempt({ kind: 'pending', needs: ['card', 'face'] }) }), none, 'need-card'],
    ['face missing', lane({ attempt: attempt({ kind: 'pending', needs: ['ticket', 'face'] }) }), none, 'capturing'],
    ['ticket missing', lane({ attempt: attempt({ kind: 'pending', needs: ['ticket'] }) }), none, 'need-ticket'],
    ['face missing, by hand', lane({ attempt: attempt({ kind: 'pending', needs: ['face'] }) }), manual, 'manual'],
    ['all pass', lane({ attempt: attempt({ kind: 'admit', again: false }) }), none, 'may-enter'],
    ['all pass, by hand', lane({ attempt: attempt({ kind: 'admit', again: false }) }), manual, 'manual'],
    [
      'a doubt',
      lane({ attempt: attempt({ kind: 'call-person', reasons: ['live-plan-near'], again: false }) }),
      none,
      'manual',
    ],
    ['late', lane({ attempt: attempt({ kind: 'refuse', rule }) }), none, 'late'],
    ['early', lane({ attempt: attempt({ kind: 'too-early', opensAtMs: 0, rule }) }), none, 'too-early'],
    ['unknown', lane({ attempt: attempt({ kind: 'unknown-person' }) }), manual, 'unknown-person'],
    ['admitted', lane({ attempt: attempt({ kind: 'admit', again: false }, 'admitted') }), none, 'admitted'],
    [
      'admitted, waved on',
      lane({ attempt: attempt({ kind: 'admit', again: false }, 'admitted') }),
      { seenAttemptId: 'A-1', manualAttemptId: null },
      'waiting',
    ],
    ['set aside', lane({ attempt: attempt({ kind: 'pending', needs: ['face'] }, 'set-aside') }), none, 'waiting'],
  ])('%s', (_, record, choices, kind) => {
    expect(doorScene(record, choices).kind).toBe(kind);
  });

  test('a new person or a new verdict disarms Enter', () => {
    const may = doorScene(lane({ attempt: attempt({ kind: 'admit', again: false }) }), none);
    const in_ = doorScene(lane({ attempt: attempt({ kind: 'admit', again: false }, 'admitted') }), none);
    expect(verdictKey(may)).not.toBe(verdictKey(in_));
  });
});

test.each([
  [['live-card-near'], true, 'waiting', 'face-near-miss'],
  [['live-plan-fail'], true, 'waiting', 'other'],
  [['no-card'], true, 'waiting', 'no-card'],
  [['no-card'], true, 'lost', 'reader-lost'],
  [['name-spelling', 'live-card-near'], true, 'waiting', 'name-spelling'],
  [['expired'], true, 'waiting', 'card-unreadable'],
  [['face-engine-unavailable'], false, 'waiting', 'face-not-taken'],
  [[], false, 'waiting', 'face-not-taken'],
  [[], true, 'waiting', 'other'],
] as const)('doubts %j, face %s, reader %s: %s', (doubts, faceTaken, reader, reason) => {
  expect(likelyReason(doubts, faceTaken, reader)).toBe(reason);
});

test.each([
  ['110101********123X'.replaceAll('*', '0'), ['document']],
  ['１１０１０１００００００１２３４５６'.slice(0, 15), ['document']],
  ['01234X', ['document', 'ticket']],
  ['E12345678', ['document', 'ticket']],
  ['2605 0101 0012', ['ticket', 'document']],
])('%s is looked up as %j', (typed, order) => {
  expect(lookupOrder(typed)).toEqual(order);
});

test.each([
  ['123', false],
  ['1234', true],
  ['012X', true],
  ['26050101', true],
  ['260501010', false],
  ['12-34', false],
])('%s may be the end of a number: %s', (typed, may) => {
  expect(mayBeTail(typed)).toBe(may);
});

describe('one instruction at a time', () => {
  test('no instruction is replaced before it was held', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('closer', 'back', 'centre'), fc.integer({ min: 1, max: 400 })));
    fc.assert(
      fc.property(steps, (wishes) => {
        const hold = new InstructionHold('');
        let nowMs = 0;
        let shown = '';
        let sinceMs = Number.NEGATIVE_INFINITY;
        for (const [wish, later] of wishes) {
          nowMs += later;
          const next = hold.next(wish, nowMs);
          if (next === shown) continue;
          expect(nowMs - sinceMs).toBeGreaterThanOrEqual(holdMs);
          shown = next;
          sinceMs = nowMs;
        }
      }),
    );
  });

  test('the last wish wins in the end, and good news does not wait', () => {
    const hold = new InstructionHold('');
    expect(hold.next('closer', 0)).toBe('closer');
    expect(hold.next('back', 200)).toBe('closer');
    expect(hold.next('centre', 1200)).toBe('centre');
    expect(hold.next('taken', 1300, true)).toBe('taken');
  });
});

test('big text shrinks to its line and no further than 18 px', () => {
  expect(fitPx('12 号座位', 104, 520)).toBe(104);
  expect(fitPx('第 2 考场 特种作业楼', 100, 520)).toBeLessThan(60);
  expect(fitPx('x'.repeat(400), 100, 520)).toBe(18);
  expect(fitPx('', 100, 520)).toBe(100);
});

test.each([
  ['先放证，再看这里', ['先放证，再看这里']],
  ['Card first, then look here', ['Card first,', 'then look here']],
  ['Look here', ['Look here']],
  ['x'.repeat(60), ['x'.repeat(60)]],
])('the bar writes %s as %j', (text, lines) => {
  expect(linesOf(text, 36, 380)).toEqual(lines);
});
