import { expect, test } from 'vitest';
import type { Away, RuleRef } from './attempt-schema.ts';
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
  cameraNeedsSecond: true,
  ticket: { presented: true, agrees: true, required: true, usedAtMs: null },
  consent: { asked: true, face: 'agreed' },
  liveness: { asked: true, now: 'passed' },
  like: null,
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
const inside = (away: Away | null): DoorFacts['person'] => ({
  kind: 'here',
  admitted: { atMs: 5, byName: '周敏（样本）', away },
});
const back: Partial<DoorFacts> = {
  person: inside({ kind: 'break', sinceMs: 9 }),
  ticket: { presented: false, agrees: false, required: true, usedAtMs: null },
};
const like = {
  kind: 'blocked',
  blockedId: 'B1',
  name: '某人（样本）',
  reason: '',
  score: 0.7,
  threshold: 0.534,
} as const;
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
  ['everything agrees', {}, { kind: 'admit', again: false }],
  [
    'the card holds no readable photograph',
    face({ liveCard: { kind: 'none', reason: 'card-photo-unreadable' } }),
    { kind: 'admit', again: false },
  ],
  ['nobody yet', { person: { kind: 'unidentified' } }, { kind: 'pending', needs: ['card'] }],
  ['a card that is in no plan', { person: { kind: 'unknown' } }, { kind: 'unknown-person' }],
  ['another room', { person: { kind: 'elsewhere', place } }, { kind: 'not-here', place }],
  ['already in', { person: inside(null) }, { kind: 'already-in', admittedAtMs: 5, byName: '周敏（样本）', away: null }],
  [
    'handed in and gone',
    { person: inside({ kind: 'finished', sinceMs: 9 }) },
    { kind: 'already-in', admittedAtMs: 5, byName: '周敏（样本）', away: { kind: 'finished', sinceMs: 9 } },
  ],
  [
    'back from a break, past the late limit and without a ticket',
    { ...back, nowMs: START + 90 * MIN, arrivedAtMs: START + 90 * MIN },
    { kind: 'admit', again: true },
  ],
  [
    'back from a break with another face',
    { ...back, ...face({ livePlan: { kind: 'score', score: 0.02 } }) },
    { kind: 'call-person', reasons: ['live-plan-fail'], again: true },
  ],
  [
    'back from a break when the session is over',
    { ...back, sessionOpen: false },
    { kind: 'too-early', opensAtMs: START - 15 * MIN, rule: early },
  ],
  [
    'nothing signed yet: before any doubt and any face',
    { consent: { asked: true, face: null }, document: { by: 'typed' }, liveness: { asked: true, now: 'not-asked' } },
    { kind: 'pending', needs: ['consent', 'turn'] },
  ],
  [
    'nothing signed yet, and only the ticket is there',
    { consent: { asked: true, face: null }, document: { by: 'none' } },
    { kind: 'pending', needs: ['card', 'consent'] },
  ],
  ['nothing to sign at this door', { consent: { asked: false, face: null } }, { kind: 'admit', again: false }],
  [
    'declines the comparison: two persons, and no face is asked for',
    {
      consent: { asked: true, face: 'declined' },
      ...face({ taken: false, livePlan: { kind: 'none', reason: 'face-not-taken' } }),
    },
    { kind: 'call-person', reasons: ['declines-face'], again: false },
  ],
  ['the head has not turned yet', { liveness: { asked: true, now: 'going-on' } }, { kind: 'pending', needs: ['turn'] }],
  [
    'the head did not turn',
    { liveness: { asked: true, now: 'failed' } },
    { kind: 'call-person', reasons: ['liveness-failed'], again: false },
  ],
  ['the pack asks for no turn', { liveness: { asked: false, now: 'not-asked' } }, { kind: 'admit', again: false }],
  ['taken for somebody inside, however well all agrees', { like }, { kind: 'possible-impersonation', like }],
  [
    'a card by camera',
    { document: { by: 'camera', name: 'same', number: 'same', violations: [] } },
    { kind: 'call-person', reasons: ['card-by-camera'], again: false },
  ],
  [
    'a card by camera where the pack trusts one person',
    { document: { by: 'camera', name: 'same', number: 'same', violations: [] }, cameraNeedsSecond: false },
    { kind: 'admit', again: false },
  ],
  [
    'a passport',
    { document: { by: 'other', name: 'same', number: 'same', violations: [] } },
    { kind: 'call-person', reasons: ['other-document'], again: false },
  ],
  ['the door is not open', { sessionOpen: false }, { kind: 'too-early', opensAtMs: START - 15 * MIN, rule: early }],
  [
    'a moment before the door opens',
    { nowMs: START - 15 * MIN - 1 },
    { kind: 'too-early', opensAtMs: START - 15 * MIN, rule: early },
  ],
  ['at the moment the door opens', { nowMs: START - 15 * MIN }, { kind: 'admit', again: false }],
  [
    'at the very late limit',
    { nowMs: START + 30 * MIN, arrivedAtMs: START + 30 * MIN },
    { kind: 'admit', again: false },
  ],
  [
    'a moment past the late limit',
    { nowMs: START + 30 * MIN + 1, arrivedAtMs: START + 30 * MIN + 1 },
    { kind: 'refuse', rule: late },
  ],
  [
    'set aside in time, settled late',
    { nowMs: START + 40 * MIN, arrivedAtMs: START + 5 * MIN },
    { kind: 'admit', again: false },
  ],
  [
    'no ticket yet',
    { ticket: { presented: false, agrees: false, required: true, usedAtMs: null } },
    { kind: 'pending', needs: ['ticket'] },
  ],
  [
    'no ticket where none is needed',
    { ticket: { presented: false, agrees: false, required: false, usedAtMs: null } },
    { kind: 'admit', again: false },
  ],
  [
    'somebody else’s ticket',
    { ticket: { presented: true, agrees: false, required: true, usedAtMs: null } },
    { kind: 'call-person', reasons: ['ticket-of-another'], again: false },
  ],
  [
    'somebody else’s ticket, who is in already',
    { ticket: { presented: true, agrees: false, required: true, usedAtMs: 5 } },
    { kind: 'call-person', reasons: ['ticket-used'], again: false },
  ],
  ['no card', { document: { by: 'typed' } }, { kind: 'call-person', reasons: ['no-card'], again: false }],
  [
    'an expired card',
    { document: { by: 'reader', name: 'same', number: 'same', violations: ['expired'] } },
    { kind: 'call-person', reasons: ['expired'], again: false },
  ],
  [
    'a middle dot written otherwise',
    { document: { by: 'reader', name: 'spelling-differs', number: 'same', violations: [] } },
    { kind: 'call-person', reasons: ['name-spelling'], again: false },
  ],
  [
    'no face yet',
    face({ taken: false, livePlan: { kind: 'none', reason: 'face-not-taken' } }),
    { kind: 'pending', needs: ['face'] },
  ],
  [
    'a near miss',
    face({ livePlan: { kind: 'score', score: 0.4 } }),
    { kind: 'call-person', reasons: ['live-plan-near'], again: false },
  ],
  [
    'another face',
    face({ livePlan: { kind: 'score', score: 0.02 } }),
    { kind: 'call-person', reasons: ['live-plan-fail'], again: false },
  ],
  [
    'the card shows another',
    face({ liveCard: { kind: 'score', score: 0.1 } }),
    { kind: 'call-person', reasons: ['live-card-fail'], again: false },
  ],
  [
    'the engine is away',
    face({ unavailable: 'face-engine-unavailable' }),
    { kind: 'call-person', reasons: ['face-engine-unavailable'], again: false },
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

test('two persons settle neither a pledge that is not signed nor a suspicion of impersonation', () => {
  expect(mayAdmitByHand(decide({ ...fine, consent: { asked: true, face: null } }))).toBe(false);
  expect(mayAdmitByHand(decide({ ...fine, like }))).toBe(false);
  expect(mayAdmitByHand(decide({ ...fine, consent: { asked: true, face: 'declined' } }))).toBe(true);
});

test('whoever declines the comparison is asked for less, never for more', () => {
  const agreed = decide({ ...fine, ...face({ taken: false }), liveness: { asked: true, now: 'not-asked' } });
  expect(agreed).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
  const declined = decide({ ...fine, ...face({ taken: false }), consent: { asked: true, face: 'declined' } });
  expect(declined).toEqual({ kind: 'call-person', reasons: ['declines-face'], again: false });
});
