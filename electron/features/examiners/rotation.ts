import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import { type Finding, notKnown } from './violation.ts';

/**
 * Too many sessions at this site in a row, this one counted. Source: 无锡市考评人员管理实施细则 art. 22.
 *
 * @param maxConsecutive  sessions at one site with none elsewhere between them
 */
export function consecutiveFindings(
  { site, session }: AssignmentFacts,
  dossier: Dossier,
  { maxConsecutive }: { maxConsecutive: number },
): Finding[] {
  const earlier = dossier.served.filter((s) => s.startsAtMs < session.startsAtMs);
  const elsewhereMs = earlier.reduce(
    (last, s) => (s.siteId === site.siteId ? last : Math.max(last, s.startsAtMs)),
    -Infinity,
  );
  const inARow = 1 + earlier.filter((s) => s.siteId === site.siteId && s.startsAtMs > elsewhereMs).length;
  if (inARow <= maxConsecutive) {
    const maybeMore = dossier.incomplete.includes('served');
    return maybeMore ? [notKnown('examiners.max-consecutive', dossier.examinerId, { missing: 'served' })] : [];
  }
  const facts = { inARow: String(inARow), limit: String(maxConsecutive) };
  return [{ ruleId: 'examiners.max-consecutive', examinerId: dossier.examinerId, facts }];
}

/**
 * Too few new people against the room's panel before: at least one in `newOneIn`, rounded up. Source: as above.
 *
 * @param newOneIn  3 for a third; 0 where no turnover is asked
 */
export function turnoverFindings({ room, panel }: AssignmentFacts, { newOneIn }: { newOneIn: number }): Finding[] {
  const marking = panel.filter((p) => p.duty !== 'reserve');
  if (newOneIn === 0 || room.before.length === 0 || marking.length === 0) return [];
  const fresh = marking.filter((p) => !room.before.includes(p.examinerId)).length;
  const wanted = Math.ceil(marking.length / newOneIn);
  if (fresh >= wanted) return [];
  const facts = { new: String(fresh), wanted: String(wanted), size: String(marking.length) };
  return [{ ruleId: 'panel.turnover', examinerId: null, facts }];
}
