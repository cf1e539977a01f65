import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import type { Finding } from './violation.ts';

/** Levels an examiner of the lower grade may assess: 五级, 四级, 三级. Source: 职业技能鉴定考评人员管理工作规程 art. 3. */
const LEVELS_OF_EXAMINER: ReadonlySet<string> = new Set(['5', '4', '3']);

/**
 * Reasons in the person's own file: grade, scope of the card, its days, the pool, appraisal and training of the year before.
 *
 * @param hoursWanted  hours of training in the year before the session; 0 where the pack asks for none
 */
export function qualificationFindings(
  { session }: AssignmentFacts,
  dossier: Dossier,
  { hoursWanted }: { hoursWanted: number },
): Finding[] {
  const { examinerId, grade, card } = dossier;
  const found: Finding[] = [];
  const add = (ruleId: string, facts: Record<string, string>) => found.push({ ruleId, examinerId, facts });
  if (grade === 'examiner' && !LEVELS_OF_EXAMINER.has(session.level)) {
    add('examiners.grade', { grade, level: session.level });
  }
  const inScope = dossier.scope.some((s) => s.occupation === session.occupation && s.levels.includes(session.level));
  if (!inScope) add('examiners.scope', { occupation: session.occupation, level: session.level });
  if (session.day < card.validFrom || session.day > card.validUntil) {
    add('examiners.card-valid', { validFrom: card.validFrom, validUntil: card.validUntil, day: session.day });
  }
  if (dossier.pool !== 'active') add('examiners.pool', { pool: dossier.pool });
  const lastYear = Number(session.day.slice(0, 4)) - 1;
  const appraisal = dossier.appraisals
    .filter((a) => a.year <= lastYear)
    .sort((a, b) => a.year - b.year)
    .at(-1);
  if (appraisal?.result === 'unfit') add('examiners.appraisal', { year: String(appraisal.year), result: 'unfit' });
  const hours = dossier.trainingHours.filter((t) => t.year === lastYear).reduce((sum, t) => sum + t.hours, 0);
  if (hours < hoursWanted) {
    add('examiners.training', { year: String(lastYear), hours: String(hours), wanted: String(hoursWanted) });
  }
  return found;
}
