import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** A key that the centre's card both trusts and withdraws: nobody could say which was meant. */
export function centreViolations({ centre = [] }: DraftTables): PlanViolation[] {
  return centre.flatMap(({ verificationKeys = [], revokedKeys = [] }, index): PlanViolation[] => {
    const revoked = new Set(revokedKeys.map(keyOf));
    if (!verificationKeys.some((line) => revoked.has(keyOf(line)))) return [];
    return [{ code: 'key-revoked', weight: 'problem', table: 'centre', index, field: 'revokedKeys', facts: {} }];
  });
}

/** The line without its comment. */
const keyOf = (line: string) => line.split(' ').slice(0, 2).join(' ');
