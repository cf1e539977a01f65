import { expect, test } from 'vitest';
import type { RuleRef } from './contract.ts';
import { type DoorFacts, decide, edgesOf, mayAdmitByHand } from './rules.ts';

const rule = (ruleId: string): RuleRef => ({ ruleId, text: { zh: '', en: '' }, source: '', facts: {} });
const early = rule('admission.enter-before-minutes');
const late = rule('admission.late-after-minutes');
const MIN = 60_000;
const START = 100 * MIN;

/** A candidate for whom everything agrees, nine minutes before the start. */
const fine: DoorFacts = {
  nowMs: START - 9 * MIN,
  arrivedAtMs: START - 9 * MIN,
  sessionOpen: true,
  window: { opensAtMs: START - 15 * MIN, lateAtMs: START + 30 * MIN },
  clauses: { early, late },
  person: { kind: 'here', admitted: null },
  document: { by: 'reader', name: 'same', number: 'same', violations: [] },
  ticket: { presented: true, agrees: true, required: true },
  face: {
    taken: true,
    unavailable: null,
    liveCard: { kind: 'score', score: 0.61 },
    livePlan: { kind: 'score', score: 0.7 },
    pass: 0.453,
    near: 0.349,
  },
};
const face = (over: Partial<DoorFacts['face']>): Partial<DoorFacts> => ({ face: { ...fine.face, ...over } });
const place = {
  sessionId: 'S2',
  sessionLabel: '第 2 场',
  startsAtMs: START,
  roomId: 'R2',
  roomName: '第 2 考场',
  location: '3 楼 302',
  seat: '4',
} as never;

test.each<[string, Partial<DoorFacts>, unknown]>([
  ['everything agrees', {}, { kind: 'admit' }],
  [
    'the card holds no readable photograph',
    face({ liveCard: { kind: 'none', reason: 'card-photo-unreadable' } }),
    { kind: 'admit' },
  ],
  ['nobody yet', { person: { kind: 'unidentified' } }, { kind: 'pending', needs: ['card'] }],
  ['a card that is in no plan', { person: { kind: 'unknown' } }, { kind: 'unknown-person' }],
  ['another room', { person: { kind: 'elsewhere', place } }, { kind: 'not-here', place }],
  [
    'already in',
    { person: { kind: 'here', admitted: { atMs: 5, byName: '周敏（样本）' } } },
    { kind: 'already-in', admittedAtMs: 5, byName: '周敏（样本）' },
  ],
  ['the door is not open', { sessionOpen: false }, { kind: 'too-early', opensAtMs: START - 15 * MIN, rule: early }],
  [
    'a moment before the door opens',
    { nowMs: START - 15 * MIN - 1 },
    { kind: 'too-early', opensAtMs: START - 15 * MIN, rule: early },
  ],
  ['at the moment the door opens', { nowMs: START - 15 * MIN }, { kind: 'admit' }],
  ['at the very late limit', { nowMs: START + 30 * MIN, arrivedAtMs: START + 30 * MIN }, { kind: 'admit' }],
  [
    'a moment past the late limit',
    { nowMs: START + 30 * MIN + 1, arrivedAtMs: START + 30 * MIN + 1 },
    { kind: 'refuse', rule: late },
  ],
  ['set aside in time, settled late', { nowMs: START + 40 * MIN, arrivedAtMs: START + 5 * MIN }, { kind: 'admit' }],
  [
    'no ticket yet',
    { ticket: { presented: false, agrees: false, required: true } },
    { kind: 'pending', needs: ['ticket'] },
  ],
  [
    'no ticket where none is needed',
    { ticket: { presented: false, agrees: false, required: false } },
    { kind: 'admit' },
  ],
  [
    'somebody else’s ticket',
    { ticket: { presented: true, agrees: false, required: true } },
    { kind: 'call-person', reasons: ['ticket-of-another'] },
  ],
  ['no card', { document: { by: 'typed' } }, { kind: 'call-person', reasons: ['no-card'] }],
  [
    'an expired card',
    { document: { by: 'reader', name: 'same', number: 'same', violations: ['expired'] } },
    { kind: 'call-person', reasons: ['expired'] },
  ],
  [
    'a middle dot written otherwise',
    { document: { by: 'reader', name: 'spelling-differs', number: 'same', violations: [] } },
    { kind: 'call-person', reasons: ['name-spelling'] },
  ],
  [
    'no face yet',
    face({ taken: false, livePlan: { kind: 'none', reason: 'face-not-taken' } }),
    { kind: 'pending', needs: ['face'] },
  ],
  [
    'a near miss',
    face({ livePlan: { kind: 'score', score: 0.4 } }),
    { kind: 'call-person', reasons: ['live-plan-near'] },
  ],
  [
    'another face',
    face({ livePlan: { kind: 'score', score: 0.02 } }),
    { kind: 'call-person', reasons: ['live-plan-fail'] },
  ],
  [
    'the card shows another',
    face({ liveCard: { kind: 'score', score: 0.1 } }),
    { kind: 'call-person', reasons: ['live-card-fail'] },
  ],
  [
    'the engine is away',
    face({ unavailable: 'face-engine-unavailable' }),
    { kind: 'call-person', reasons: ['face-engine-unavailable'] },
  ],
])('%s', (_name, over, decision) => {
  expect(decide({ ...fine, ...over })).toEqual(decision);
});

test('no face score, however low, refuses by itself', () => {
  for (let score = -1; score <= 1; score += 0.01) {
    const kind = decide({ ...fine, ...face({ livePlan: { kind: 'score', score } }) }).kind;
    expect(['admit', 'call-person']).toContain(kind);
  }
});

test('each edge says what it rests on', () => {
  expect(edgesOf(fine).map((e) => [e.edge, e.result, e.reason])).toEqual([
    ['card-ticket', 'pass', 'number-and-name-agree'],
    ['live-card', 'pass', 'faces-agree'],
    ['live-plan', 'pass', 'faces-agree'],
  ]);
});

test('two persons settle a doubt, but not the place or the clock', () => {
  expect(mayAdmitByHand(decide({ ...fine, document: { by: 'typed' } }))).toBe(true);
  expect(mayAdmitByHand(decide({ ...fine, person: { kind: 'elsewhere', place } }))).toBe(false);
  expect(mayAdmitByHand(decide({ ...fine, arrivedAtMs: START + 31 * MIN, nowMs: START + 31 * MIN }))).toBe(false);
});
