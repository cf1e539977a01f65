import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import { idsOf } from './recusal.ts';
import { type Finding, notKnown } from './violation.ts';

/**
 * Training and assessment are separate (考培分离): who has a post at the institution that trained candidates of the room, or
 * is their trainer in this very session, does not assess them. Source: 沪人社职〔2021〕361号 一(二).
 *
 * The only institution far and wide may do both, with its approval document and the named official signed on
 * (云人社通〔2022〕50号 11): then the finding stands under a clause of its own, which does not block.
 */
export function separationFindings(facts: AssignmentFacts, dossier: Dossier): Finding[] {
  const { session, site } = facts;
  const apart = dossier.trainingPosts.length === 0 && !dossier.incomplete.includes('trainingPosts');
  if (apart && !facts.panel.some((p) => p.otherDuties.includes('trainer'))) return [];
  const trainers = new Set(facts.room.candidates.flatMap((c) => (c.trainedBy === null ? [] : [c.trainedBy])));
  const posts = dossier.trainingPosts.filter((p) => trainers.has(p.institution) && holdsOn(p, session.day));
  const trainsHere = facts.panel.some((p) => p.examinerId === dossier.examinerId && p.otherDuties.includes('trainer'));
  const { examinerId } = dossier;
  if (posts.length === 0 && !trainsHere) {
    const missing = separationMissing(facts, dossier, trainers);
    return missing === null ? [] : [notKnown('examiners.separation', examinerId, missing)];
  }
  const institutions = posts.map((p) => p.institution).join(' ');
  const { soleProvider } = site;
  if (soleProvider?.signedOn) {
    const { approval, official } = soleProvider;
    return [{ ruleId: 'separation.sole-provider', examinerId, facts: { institutions, approval, official } }];
  }
  return [{ ruleId: 'examiners.separation', examinerId, facts: { institutions } }];
}

/** What would have to be known to say that no post of the examiner trained a candidate here; null where it is known. */
function separationMissing(
  { session, room }: AssignmentFacts,
  dossier: Dossier,
  trainers: ReadonlySet<string>,
): ({ missing: string } & Record<string, string>) | null {
  const unsaid = room.candidates.filter((c) => c.notKnown.includes('trainedBy'));
  const askedFor = trainers.size > 0 || unsaid.length > 0;
  if (askedFor && dossier.incomplete.includes('trainingPosts')) return { missing: 'trainingPosts' };
  const inTraining = dossier.trainingPosts.some((p) => holdsOn(p, session.day));
  return inTraining && unsaid.length > 0 ? { missing: 'trainedBy', candidates: idsOf(unsaid) } : null;
}

/** Whether a stretch of days covers a day. */
export const holdsOn = ({ from, until }: { from: string | null; until: string | null }, day: string): boolean =>
  (from === null || from <= day) && (until === null || day <= until);
