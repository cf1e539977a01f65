import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clauseOutcomes, EVALUATED_CLAUSES } from './evaluated-clauses.ts';
import type { Violation } from './violation.ts';

test('every clause the evaluation can name is on the list, and none else', () => {
  const pure = ['evaluate', 'panel', 'qualification', 'recusal', 'rotation', 'separation', 'supervision'];
  const named = readdirSync(import.meta.dirname)
    .filter((file) => pure.includes(file.replace(/\.ts$/, '')))
    .flatMap((file) => readFileSync(join(import.meta.dirname, file), 'utf8').match(/(?<!\[)'[a-z-]+\.[a-z-]+'/g) ?? [])
    .map((id) => id.slice(1, -1))
    .filter((id) => /^(?:examiners|separation|recusal|panel|supervision)\./.test(id));
  const asked = new Set(named);
  expect([...EVALUATED_CLAUSES].sort()).toEqual([...asked].sort());
});

test('a clause is as grave as the gravest that was found of it', () => {
  const finding = (
    ruleId: string,
    severity: 'block' | 'warn',
    outcome: Violation['outcome'] = 'broken',
  ): Violation => ({
    ruleId,
    severity,
    outcome,
    examinerId: 'E1',
    facts: {},
  });
  const outcomes = new Map(
    clauseOutcomes([
      finding('panel.size', 'warn'),
      finding('panel.size', 'block'),
      finding('recusal.kin', 'warn', 'not-known'),
      finding('supervision.term', 'warn'),
    ]).map((c) => [c.ruleId, c.outcome]),
  );
  expect(outcomes.get('panel.size')).toBe('blocked');
  expect(outcomes.get('recusal.kin')).toBe('not-known');
  expect(outcomes.get('supervision.term')).toBe('warned');
  expect(outcomes.get('panel.odd')).toBe('held');
  expect(outcomes.size).toBe(EVALUATED_CLAUSES.length);
});
