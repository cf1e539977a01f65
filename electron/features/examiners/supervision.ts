import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import { holdsOn } from './separation.ts';
import { type Finding, notKnown } from './violation.ts';

/**
 * Whether the supervisors (督导员) are independent of those they supervise: not on the panel, no post in training, no
 * colleague of an examiner, within their term. Sources: 沪人社职〔2021〕361号; 工考质量督导 art. 11.
 *
 * @param dossiers  of supervisors and panel, by id
 */
export function supervisionFindings(
  facts: AssignmentFacts,
  dossiers: ReadonlyMap<string, Dossier>,
  { least, termYears }: { least: number; termYears: number },
): Finding[] {
  const { session, panel, supervisors } = facts;
  const found: Finding[] = [];
  if (supervisors.length < least) {
    const counted = { has: String(supervisors.length), wanted: String(least) };
    found.push({ ruleId: 'supervision.present', examinerId: null, facts: counted });
  }
  for (const { examinerId, termFrom } of supervisors) {
    const add = (ruleId: string, why: Record<string, string>) => found.push({ ruleId, examinerId, facts: why });
    if (panel.some((p) => p.examinerId === examinerId)) add('supervision.not-on-panel', {});
    const unknown = (ruleId: string, missing: string) => found.push(notKnown(ruleId, examinerId, { missing }));
    if (termFrom === null) unknown('supervision.term', 'term');
    else if (addYears(termFrom, termYears) <= session.day || termFrom > session.day) {
      add('supervision.term', { termFrom, years: String(termYears), day: session.day });
    }
    const dossier = dossiers.get(examinerId);
    if (!dossier) {
      unknown('supervision.no-training-post', 'dossier');
      unknown('supervision.no-colleague', 'dossier');
      continue;
    }
    const posts = dossier.trainingPosts.filter((p) => holdsOn(p, session.day)).map((p) => p.institution);
    if (posts.length > 0) add('supervision.no-training-post', { institutions: posts.join(' ') });
    else if (dossier.incomplete.includes('trainingPosts')) unknown('supervision.no-training-post', 'trainingPosts');
    const employerUnknown = (d: Dossier) =>
      d.incomplete.includes('employers') && !d.employers.some((e) => holdsOn(e, session.day));
    const own = new Set(dossier.employers.filter((e) => holdsOn(e, session.day)).map((e) => e.name));
    const colleagues = panel.filter(({ examinerId: id }) =>
      dossiers.get(id)?.employers.some((e) => holdsOn(e, session.day) && own.has(e.name)),
    );
    if (colleagues.length > 0) {
      add('supervision.no-colleague', { with: colleagues.map((p) => p.examinerId).join(' ') });
    } else if ([dossier, ...panel.flatMap((p) => dossiers.get(p.examinerId) ?? [])].some(employerUnknown)) {
      unknown('supervision.no-colleague', 'employers');
    }
  }
  return found;
}

const addYears = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
