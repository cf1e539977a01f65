import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { aPlan, OTHER_KEY } from './plan-fixture.ts';
import type { Plan } from './plan-schema.ts';
import { planViolations } from './plan-violations.ts';

const HOUR = 3_600_000;
type Draft = { -readonly [K in keyof Plan]: Plan[K] };

/** The sample plan, changed; ids are written without their brand. */
function planWith(change: (plan: Draft) => void): Plan {
  const plan = structuredClone(aPlan().plan);
  change(plan);
  return plan;
}
const found = (change: (plan: Draft) => void) =>
  planViolations(planWith(change)).map(({ code, table, index, otherIndex }) =>
    [code, `${table}.${index}`, ...(otherIndex === undefined ? [] : [otherIndex])].join(' '),
  );

/** A second session, an hour of it at the same time as the first when `afterMs` is below its length. */
function secondSession(plan: Draft, afterMs: number): void {
  const [first] = plan.sessions;
  plan.sessions.push({
    ...first!,
    sessionId: 'S2' as never,
    startsAtMs: first!.startsAtMs + afterMs,
    endsAtMs: first!.endsAtMs + afterMs,
  });
  plan.candidates.push({ ...plan.candidates[0]!, candidateId: 'C13' as never, sessionId: 'S2' as never });
  plan.panels.push({ ...plan.panels[0]!, sessionId: 'S2' as never });
}

const CASES: [what: string, change: (plan: Draft) => void, violations: string[]][] = [
  ['nothing', () => {}, []],
  [
    'who draws a workstation left free by drawing',
    (p) => Object.assign(p, { candidates: p.candidates.map((c) => ({ ...c, workstationId: null })) }),
    [],
  ],
  [
    'fewer free workstations than draw one, said once a room',
    (p) => {
      p.workstations = p.workstations.filter((w) => w.workstationId !== '202-1' && w.workstationId !== '202-2');
      p.candidates = p.candidates.map((c) => (c.roomId === '202' ? { ...c, workstationId: null } : c));
    },
    ['too-few-workstations candidates.6'],
  ],
  [
    'a workstation that the other session has planned is free for this one',
    (p) => {
      secondSession(p, 3 * HOUR);
      p.candidates[0] = { ...p.candidates[0]!, workstationId: null };
    },
    [],
  ],
  [
    'a key trusted and withdrawn at once, under another comment',
    (p) => Object.assign(p.centre, { revokedKeys: [`${p.centre.verificationKeys[0]} old`] }),
    ['key-revoked centre.0'],
  ],
  ['another key withdrawn', (p) => Object.assign(p.centre, { revokedKeys: [sshPublicKeyLine(OTHER_KEY)] }), []],
  ['two sessions one after the other, with the same people', (p) => secondSession(p, 2.5 * HOUR), []],
  [
    'two sessions that share an hour, with the same people',
    (p) => secondSession(p, 1.5 * HOUR),
    ['candidate-in-two-places candidates.12 0', 'examiner-in-two-rooms panels.7 0'],
  ],
  [
    'a room without panel, said once',
    (p) => Object.assign(p, { panels: p.panels.filter((s) => s.roomId !== '202') }),
    ['room-without-panel candidates.6'],
  ],
  [
    'a room with a reserve only',
    (p) => Object.assign(p, { panels: p.panels.map((s) => (s.roomId === '202' ? { ...s, duty: 'reserve' } : s)) }),
    ['room-without-panel candidates.6'],
  ],
  [
    'a theory session needs no panel',
    (p) => Object.assign(p, { panels: [], sessions: [{ ...p.sessions[0]!, part: 'theory' }] }),
    [],
  ],
  ['a reserve of two rooms', (p) => void p.panels.push({ ...p.panels[6]!, roomId: '202' as never }), []],
  [
    'a reserve who is also a member',
    (p) => void p.panels.push({ ...p.panels[1]!, roomId: '202' as never, duty: 'reserve' }),
    ['examiner-in-two-rooms panels.7 1'],
  ],
  [
    'a rubric without items',
    (p) => void p.rubrics.push({ ...p.rubrics[0]!, rubricId: 'R2' as never, items: [] }),
    ['rubric-without-items rubrics.1'],
  ],
  [
    'an item twice',
    (p) => void p.rubrics[0]!.items.push(p.rubrics[0]!.items[0]!),
    ['duplicate items.8 0', 'rubric-sum rubrics.0'],
  ],
  ['one item id in two rubrics', (p) => void p.rubrics.push({ ...p.rubrics[0]!, rubricId: 'R2' as never }), []],
  [
    'a foreigner of 1990s numbering',
    (p) => void Object.assign(p.candidates[0]!, { documentType: 'foreigner', documentNumber: 'ABC310190010112' }),
    ['document-unusual candidates.0'],
  ],
  [
    'a passport',
    (p) => void Object.assign(p.candidates[0]!, { documentType: 'other', documentNumber: 'E00000001' }),
    [],
  ],
  ['one picture in two sessions of one person', (p) => secondSession(p, 24 * HOUR), []],
];

test.each(CASES)('%s', (_, change, violations) => {
  expect(found(change)).toEqual(violations);
});

test('the order of rows changes what is said in no way but its place', () => {
  const broken = planWith((p) => {
    p.candidates[3]!.roomId = 'R9' as never;
    p.panels[0]!.duty = 'member';
    p.rubrics[0]!.items[0]!.maxTenths += 1;
    p.candidates[5]!.ticketNumber = p.candidates[4]!.ticketNumber;
  });
  const codes = (plan: Plan) =>
    planViolations(plan)
      .map((v) => v.code)
      .sort();
  const expected = codes(broken);
  const shuffled = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length });
  fc.assert(
    fc.property(shuffled(broken.candidates), shuffled(broken.panels), (candidates, panels) => {
      expect(codes({ ...broken, candidates, panels })).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});
