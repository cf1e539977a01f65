import type { AssignmentFacts, CandidateFacts, Dossier, DossierList } from './assignment-facts.ts';
import { type Finding, notKnown } from './violation.ts';

const RULE_OF_TIE = {
  kin: 'recusal.kin',
  'master-apprentice': 'recusal.master-apprentice',
  declared: 'recusal.declared',
} as const;

/**
 * Ties between an examiner and the room's candidates or the rest of the panel (回避): declared ones, and those that show in
 * the data: the same class, the same employer now or before. One finding for each kind, with all whom it concerns.
 *
 * @param othersOnPanel  dossiers of the rest of the panel and its supervisors
 */
export function recusalFindings(
  { session, room, site }: AssignmentFacts,
  dossier: Dossier,
  othersOnPanel: readonly Dossier[],
): Finding[] {
  const { examinerId } = dossier;
  const found: Finding[] = [];
  const add = (ruleId: string, facts: Record<string, string>) => found.push({ ruleId, examinerId, facts });
  const unknown = (ruleId: string, facts: { missing: string; candidates?: string }) =>
    found.push(notKnown(ruleId, examinerId, facts));
  const lacks = (list: DossierList) => room.candidates.length > 0 && dossier.incomplete.includes(list);
  const unsaid = (of: 'employer' | 'classId') => room.candidates.filter((c) => c.notKnown.includes(of));
  if (dossier.recusedFrom.includes(session.sessionId)) add('recusal.self', { sessionId: session.sessionId });
  for (const [kind, ruleId] of Object.entries(RULE_OF_TIE)) {
    const tied = tiedTo(dossier, kind, room.candidates, othersOnPanel);
    if (tied.length > 0) add(ruleId, { with: tied.join(' ') });
    else if (lacks('ties')) unknown(ruleId, { missing: 'ties' });
  }
  const classes = new Set(dossier.taught.map((t) => t.classId));
  const taught = classes.size === 0 ? [] : room.candidates.filter((c) => c.classId !== null && classes.has(c.classId));
  if (taught.length > 0) {
    add('examiners.taught-class', {
      classes: [...new Set(taught.map((c) => c.classId))].join(' '),
      candidates: idsOf(taught),
    });
  } else if (lacks('taught')) unknown('examiners.taught-class', { missing: 'taught' });
  else if (dossier.taught.length > 0 && unsaid('classId').length > 0) {
    unknown('examiners.taught-class', { missing: 'classId', candidates: idsOf(unsaid('classId')) });
  }
  const employers = new Set(dossier.employers.map((e) => e.name));
  const sameEmployer = room.candidates.filter((c) => c.employer !== null && employers.has(c.employer));
  // Sources conflict: an enterprise that assesses its own staff cannot do without its own people.
  const employerRule = site.ownStaff ? 'recusal.employer-own-staff' : 'recusal.employer';
  if (sameEmployer.length > 0) {
    const names = [...new Set(sameEmployer.map((c) => c.employer))].join(' ');
    add(employerRule, { employers: names, candidates: idsOf(sameEmployer) });
  } else if (lacks('employers')) unknown(employerRule, { missing: 'employers' });
  else if (employers.size > 0 && unsaid('employer').length > 0) {
    unknown(employerRule, { missing: 'employer', candidates: idsOf(unsaid('employer')) });
  }
  return found;
}

export const idsOf = (candidates: readonly CandidateFacts[]): string => candidates.map((c) => c.candidateId).join(' ');

/** Whom of those here a tie names, either way round: it need be declared by one of the two only. */
function tiedTo(
  dossier: Dossier,
  kind: string,
  candidates: readonly CandidateFacts[],
  others: readonly Dossier[],
): string[] {
  const isHere = ({ who, id }: Dossier['ties'][number]['to']) =>
    who === 'candidate' ? candidates.some((c) => c.candidateId === id) : others.some((o) => o.examinerId === id);
  const declared = dossier.ties.filter((t) => t.kind === kind && isHere(t.to)).map((t) => t.to.id as string);
  const byOthers = others
    .filter((o) => o.ties.some((t) => t.kind === kind && t.to.who === 'examiner' && t.to.id === dossier.examinerId))
    .map((o) => o.examinerId as string);
  return [...new Set([...declared, ...byOthers])];
}
