import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** A blocked person with the very picture of a candidate: perhaps the same person, more likely the wrong file. */
export function blockedViolations({ blocked = [], candidates = [] }: DraftTables): PlanViolation[] {
  const ownerOf = new Map(candidates.map((c) => [c.photoFile?.toLowerCase(), c.candidateId]));
  return blocked.flatMap(({ photoFile }, index): PlanViolation[] => {
    const candidateId = photoFile && ownerOf.get(photoFile.toLowerCase());
    if (!candidateId) return [];
    const facts = { candidateId };
    return [
      { code: 'blocked-photo-of-candidate', weight: 'warning', table: 'blocked', index, field: 'photoFile', facts },
    ];
  });
}
