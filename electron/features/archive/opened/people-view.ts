import { maskDocumentNumber } from '../../identity/document-number.ts';
import { resultsByPerson } from './marks-view.ts';
import { type SessionDocuments, staffNames } from './read-session.ts';
import type { AttemptView, PersonView } from './view.ts';

/** What the page needs of the opened files. */
export interface EvidenceShelf {
  /** The file of a piece of evidence, relative to the page; null where it was not opened. */
  fileOf: (evidenceId: string) => string | null;
  /** Handwriting kept as evidence; null where it cannot be read. */
  strokesOf: (evidenceId: string) => Promise<number[][][] | null>;
  photoOf: (candidateId: string) => string | null;
}

const ADMITTED = /^(re)?admitted/;

/** In which of the states of the list somebody is at the end. */
function standingOf(attempts: readonly AttemptView[], absent: boolean): string {
  const admitted = attempts.findLast((a) => /^admitted/.test(a.outcome));
  if (admitted) return admitted.outcome === 'admitted' ? 'admitted' : 'by-hand';
  if (attempts.some((a) => a.outcome === 'held')) return 'held';
  if (attempts.some((a) => a.outcome === 'refused')) return 'refused';
  return absent ? 'absent' : 'not-come';
}

/** Everybody of the plan, in its order, with all that the volumes say of them. */
export async function peopleView(documents: SessionDocuments, shelf: EvidenceShelf): Promise<PersonView[]> {
  const { people = [], plan, attempts = [], consents, presence, coverage, absences = [] } = documents;
  const staff = staffNames(documents);
  const results = resultsByPerson(documents);
  const seats = new Map(plan?.workstations.map((w) => [w.workstationId, w.label]));
  const attemptsOf = Map.groupBy(attempts, (a) => a.attempt.candidateId ?? '');
  const covered = new Map(coverage?.candidates.map((c) => [c.candidateId, c]));
  const rechecked = new Map(presence?.rechecks.map((r) => [r.recheckId, r.candidateId]));
  const views: PersonView[] = [];
  for (const person of people) {
    const { candidateId } = person;
    const mine = (attemptsOf.get(candidateId) ?? []).map(
      ({ attempt, by, second, manual, evidence }): AttemptView => ({
        startedMs: attempt.startedAtMs,
        closedMs: attempt.closedAtMs,
        outcome: attempt.outcome,
        decision: attempt.decision.kind,
        documentBy: attempt.documentBy,
        liveness: attempt.liveness.kind,
        edges: attempt.edges,
        by: staff(by),
        second: second === null ? null : staff(second),
        reason: manual?.reason ?? null,
        note: manual?.note ?? '',
        evidence: evidence.map((e) => ({ kind: e.kind, file: shelf.fileOf(e.evidenceId) })),
      }),
    );
    const video = covered.get(candidateId);
    const signings = consents?.signings.filter((s) => s.candidateId === candidateId) ?? [];
    const moved = presence?.movements.filter((m) => m.candidateId === candidateId) ?? [];
    const looked = presence?.results.filter((r) => rechecked.get(r.recheckId) === candidateId) ?? [];
    views.push({
      candidateId,
      name: person.name,
      ticket: person.ticketNumber,
      maskedDocument: maskDocumentNumber(person.documentNumber),
      roomId: person.roomId,
      seat: seats.get(person.workstationId ?? '') ?? '',
      photo: shelf.photoOf(candidateId),
      standing: standingOf(mine, absences.includes(candidateId)),
      attempts: mine,
      consents: await Promise.all(
        signings.map(async (s) => ({
          face: s.face,
          atMs: s.atMs,
          strokes: await shelf.strokesOf(s.evidenceId),
          file: shelf.fileOf(s.evidenceId),
        })),
      ),
      movements: await Promise.all(
        moved.map(async (m) => ({
          kind: m.kind,
          atMs: m.atMs,
          by: staff(m.byStaffId),
          note: m.note,
          strokes: m.evidenceId === null ? null : await shelf.strokesOf(m.evidenceId),
        })),
      ),
      rechecks: looked.map((r) => ({
        kind: r.kind,
        atMs: r.atMs,
        by: staff(r.byStaffId),
        second: r.secondStaffId === null ? null : staff(r.secondStaffId),
        score: r.comparison?.planScore ?? null,
        file: r.evidenceId === null ? null : shelf.fileOf(r.evidenceId),
      })),
      present: video?.present.map((p) => [p.beginMs, p.endMs]) ?? [],
      coverage: video?.verdict ?? '',
      gaps: video?.gaps.map((g) => [g.beginMs, g.endMs]) ?? [],
      cameras: video?.seenBy ?? [],
      result: results.get(candidateId) ?? null,
      events: [],
    });
  }
  return views;
}

/** Whose an attempt is, by attempt id: journal entries name the attempt more often than the person. */
export const personOfAttempt = ({ attempts = [] }: SessionDocuments): Map<string, string> =>
  new Map(attempts.flatMap(({ attempt: a }) => (a.candidateId === null ? [] : [[a.attemptId, a.candidateId]])));

export const wasAdmitted = (person: PersonView): boolean => person.attempts.some((a) => ADMITTED.test(a.outcome));
