import type { AssignmentFacts, Dossier, DossierList } from './assignment-facts.ts';
import { type Finding, notKnown } from './violation.ts';

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
  const unknown = (ruleId: string, missing: string) => found.push(notKnown(ruleId, examinerId, { missing }));
  if (!LEVELS_OF_EXAMINER.has(session.level)) {
    if (grade === 'examiner') add('examiners.grade', { grade, level: session.level });
    if (grade === null) unknown('examiners.grade', 'grade');
  }
  const ofOccupation = dossier.scope.filter((s) => s.occupation === session.occupation);
  if (!ofOccupation.some((s) => s.levels?.includes(session.level))) {
    if (ofOccupation.some((s) => s.levels === null)) unknown('examiners.scope', 'levels');
    else if (dossier.incomplete.includes('scope')) unknown('examiners.scope', 'scope');
    else add('examiners.scope', { occupation: session.occupation, level: session.level });
  }
  const { validFrom, validUntil } = card;
  if ((validFrom !== null && session.day < validFrom) || (validUntil !== null && session.day > validUntil)) {
    add('examiners.card-valid', { validFrom: validFrom ?? '', validUntil: validUntil ?? '', day: session.day });
  } else if (validFrom === null || validUntil === null) unknown('examiners.card-valid', 'card');
  if (dossier.pool === null) unknown('examiners.pool', 'pool');
  else if (dossier.pool !== 'active') add('examiners.pool', { pool: dossier.pool });
  const lastYear = Number(session.day.slice(0, 4)) - 1;
  const appraisal = dossier.appraisals
    .filter((a) => a.year <= lastYear)
    .sort((a, b) => a.year - b.year)
    .at(-1);
  const lacks = (list: DossierList) => dossier.incomplete.includes(list);
  if (appraisal?.year !== lastYear && lacks('appraisals')) unknown('examiners.appraisal', 'appraisals');
  else if (appraisal?.result === 'unfit') add('examiners.appraisal', { year: String(appraisal.year), result: 'unfit' });
  const hours = dossier.trainingHours.filter((t) => t.year === lastYear).reduce((sum, t) => sum + t.hours, 0);
  if (hours < hoursWanted) {
    if (lacks('trainingHours')) unknown('examiners.training', 'trainingHours');
    else add('examiners.training', { year: String(lastYear), hours: String(hours), wanted: String(hoursWanted) });
  }
  return found;
}
