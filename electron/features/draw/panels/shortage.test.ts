import { expect, test } from 'vitest';
import { drawFixture } from './draw-fixture.ts';
import { type DrawInput, DrawInput as Input } from './draw-input.ts';
import { witnessOf } from './draw-panels.ts';
import { explainShortage } from './shortage.ts';

/** Forty examiners, of whom only two may take any of the named rooms. */
function specialists(rooms: number, able: number): DrawInput {
  const input = drawFixture('specialists', { examiners: 40, rooms: 8, sessions: 1, panel: 1, eligiblePercent: 100 });
  const few = input.examiners.slice(20, 20 + able).map((e) => e.examinerId);
  return Input.parse({
    ...input,
    panels: input.panels.map((p, i) => (i < rooms ? { ...p, eligible: { ...p.eligible, lead: few } } : p)),
  });
}

test('names the smallest set of needs that too few can meet', () => {
  const input = specialists(3, 2);
  const witness = witnessOf(input);
  if (witness.ok) throw new Error('three rooms cannot be led by two');
  const shortage = explainShortage(input, []);
  expect(shortage).toMatchObject({ kind: 'too-few', duties: 2 });
  if (shortage.kind !== 'too-few') return;
  expect(shortage.needs.map((n) => `${n.roomId} ${n.role}`).sort()).toEqual(['R1 lead', 'R2 lead', 'R3 lead']);
  expect(shortage.examiners).toHaveLength(2);
});

test('a role nobody may take is one need alone', () => {
  const input = specialists(1, 0);
  const witness = witnessOf(input);
  expect(witness.ok).toBe(false);
  expect(explainShortage(input, [])).toEqual({
    kind: 'too-few',
    needs: [{ sessionId: 'S1', roomId: 'R1', role: 'lead' }],
    examiners: [],
    duties: 0,
  });
});

test('counts a whole day against the duties a person may do in it', () => {
  const input = drawFixture('one-day', {
    examiners: 10,
    rooms: 2,
    sessions: 3,
    panel: 1,
    eligiblePercent: 100,
    seniorPercent: 100,
    limits: { dutiesPerDay: 1 },
  });
  const two = input.examiners.slice(5, 10).map((e) => e.examinerId);
  const tight = Input.parse({
    ...input,
    panels: input.panels.map((p) => ({ ...p, eligible: { ...p.eligible, lead: two } })),
  });
  expect(witnessOf(tight).ok).toBe(false);
  expect(explainShortage(tight, [])).toMatchObject({ kind: 'too-few', duties: 2 });
});

test('what no count explains is told by session and role', () => {
  const open = [
    { sessionId: 'S1', roomId: 'R1', role: 'member' as const },
    { sessionId: 'S1', roomId: 'R2', role: 'member' as const },
  ];
  const input = drawFixture('plenty', { examiners: 60, rooms: 2, sessions: 1, panel: 3, eligiblePercent: 100 });
  expect(explainShortage(input, open)).toEqual({
    kind: 'not-found',
    open: [{ sessionId: 'S1', role: 'member', seats: 2 }],
  });
});
