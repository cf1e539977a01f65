import type { ReadDb } from '../../db/database.ts';
import { admissionsIn } from '../checkin/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { checkCodeOver } from './check-code.ts';
import type { ScoringDeps } from './open-sheet.ts';
import type { TheoryResult } from './theory-store.ts';

/** The candidates of a theory session, and who of them was admitted. */
export interface TheorySession {
  book: PlanBook;
  sessionId: string;
  candidates: PlannedCandidate[];
  admitted: ReadonlySet<string>;
}

export function theorySession(deps: ScoringDeps, db: ReadDb, sessionId: string): TheorySession | null {
  const book = deps.book();
  if (!book || book.session(sessionId)?.rubricId !== null) return null;
  const admitted = new Set<string>(admissionsIn(db, sessionId).map((a) => a.candidateId));
  return { book, sessionId, candidates: book.candidatesOf(sessionId), admitted };
}

/** What theory marks are signed as. */
export const codeOfMarks = (t: Pick<TheoryResult, 'sessionId' | 'source' | 'fileSha256' | 'marks'>) =>
  checkCodeOver({ sessionId: t.sessionId, source: t.source, fileSha256: t.fileSha256, marks: t.marks });
