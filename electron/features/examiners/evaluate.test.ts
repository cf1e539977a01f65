import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRulePack } from '../rules/load-rule-pack.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { ruleValues } from '../rules/rule-values.ts';
import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import { evaluatePanel, examinerLimits } from './evaluate.ts';
import { GOLDEN_CASES } from './golden-cases.ts';
import { lawfulPanel } from './panel-fixture.ts';

const PACKS = join(import.meta.dirname, '../../../resources/rule-packs');
let packs: Record<string, RulePack>;
beforeAll(async () => {
  const load = async (id: string) => {
    const pack = await loadRulePack(PACKS, id);
    if (!pack.ok) throw new Error(JSON.stringify(pack.error));
    return [id, pack.value] as const;
  };
  packs = Object.fromEntries(await Promise.all(['national', 'shanghai', 'childcare', 'cook'].map(load)));
});

/** What speaks against a panel, as `rule severity whom`. */
function against(change: (f: AssignmentFacts) => void, packId = 'childcare'): string[] {
  const facts = structuredClone(lawfulPanel());
  change(facts);
  const pack = packs[packId]!;
  const limits = { ...examinerLimits(ruleValues(pack)), hoursWanted: 24 };
  return evaluatePanel(facts, limits, pack).map((v) => [v.ruleId, v.severity, v.examinerId].filter(Boolean).join(' '));
}
const file = (f: AssignmentFacts, id: string): Dossier => f.dossiers.find((d) => d.examinerId === id)!;
const served = (n: number, siteId = 'SITE-1') =>
  Array.from({ length: n }, (_, i) => ({ sessionId: `P${i}`, siteId, roomId: 'R1', startsAtMs: i }) as never);

test('nothing speaks against a lawful panel, by any pack', () => {
  for (const id of Object.keys(packs)) expect(against(() => undefined, id)).toEqual([]);
});

/** For each clause the case just inside and the case just outside. */
describe.each(GOLDEN_CASES)('%s', (name, inside, outside, expected) => {
  test('just inside', () => {
    const only = name.startsWith('separation.sole-provider') ? ['separation.sole-provider warn E1'] : [];
    expect(against(inside)).toEqual(only);
  });
  test('just outside', () => expect(against(outside)).toEqual(expected));
});

test('a supervisor who is on the panel is named as such, whatever else that breaks', () => {
  expect(
    against((f) => {
      f.supervisors[0]!.examinerId = 'E1' as never;
    }),
  ).toContain('supervision.not-on-panel block E1');
});

test('one rule pack asks for three in odd numbers, another is content with two', () => {
  const two = (f: AssignmentFacts) => {
    f.panel.pop();
    f.room.before = [];
  };
  expect(against(two, 'childcare')).toEqual(['panel.size block', 'panel.odd block']);
  expect(against(two, 'cook')).toEqual([]);
});

test('every reason is listed, however many there are', () => {
  const found = against((f) => {
    Object.assign(file(f, 'E1'), { grade: 'examiner', pool: 'suspended', recusedFrom: ['S1'] });
    f.session.level = '1';
    f.supervisors = [];
  });
  expect(found.sort()).toEqual([
    'examiners.grade block E1',
    'examiners.pool block E1',
    'recusal.self block E1',
    'supervision.present warn',
  ]);
});

test('the order in which people and candidates stand in the facts changes nothing', () => {
  const facts = lawfulPanel();
  file(facts, 'E2').pool = 'excluded';
  file(facts, 'E3').served = served(5);
  const pack = packs.childcare!;
  const of = (f: AssignmentFacts) =>
    evaluatePanel(f, examinerLimits(ruleValues(pack)), pack)
      .map((v) => JSON.stringify(v))
      .sort();
  fc.assert(
    fc.property(
      fc.shuffledSubarray(facts.dossiers, { minLength: 4 }),
      fc.shuffledSubarray(facts.room.candidates, { minLength: 5 }),
      (dossiers, candidates) => {
        expect(of({ ...facts, dossiers, room: { ...facts.room, candidates } })).toEqual(of(facts));
      },
    ),
  );
});
