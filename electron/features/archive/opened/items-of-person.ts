import type { BundleIndex, IndexItem } from '../bundle-format.ts';
import type { SessionDocuments } from './read-session.ts';

/** The candidate that a number names: the id, or the ticket or document number as the plan has it. */
export function findPerson({ people = [] }: SessionDocuments, number: string): string | undefined {
  const wanted = number.trim().toUpperCase();
  return people.find((p) =>
    [p.candidateId, p.ticketNumber, p.documentNumber].some((text) => text !== '' && text.toUpperCase() === wanted),
  )?.candidateId;
}

/**
 * The files of one candidate and of nobody else: their pictures, papers and signatures, and the video of the cameras that
 * see their place while they were there. Lists of the whole session stay shut.
 */
export function itemsOfPerson(index: BundleIndex, documents: SessionDocuments, candidateId: string): IndexItem[] {
  const { attempts = [], consents, presence, coverage } = documents;
  const rechecks = new Set(presence?.rechecks.flatMap((r) => (r.candidateId === candidateId ? [r.recheckId] : [])));
  const evidence = new Set([
    ...attempts
      .filter((a) => a.attempt.candidateId === candidateId)
      .flatMap((a) => a.evidence.map((e) => e.evidenceId)),
    ...(consents?.signings ?? []).filter((s) => s.candidateId === candidateId).map((s) => s.evidenceId),
    ...(presence?.movements ?? []).filter((m) => m.candidateId === candidateId).map((m) => m.evidenceId),
    ...(presence?.results ?? []).filter((r) => rechecks.has(r.recheckId)).map((r) => r.evidenceId),
  ]);
  const seen = coverage?.candidates.find((c) => c.candidateId === candidateId);
  return index.items.filter((item) => {
    if (item.kind === 'video') {
      const { subject = '', beginMs = 0, endMs = 0 } = item;
      return seen?.seenBy.includes(subject) && seen.present.some((p) => endMs > p.beginMs && beginMs < p.endMs);
    }
    return (
      item.subject === candidateId || evidence.has(item.path.slice(item.path.lastIndexOf('/') + 1, -'.age'.length))
    );
  });
}
