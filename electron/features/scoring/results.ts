import type { ReadDb } from '../../db/database.ts';
import { admissionsIn } from '../checkin/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { RuleValues } from '../rules/rule-values.ts';
import type { CandidateResult } from './contract.ts';
import { candidateResult, totalOf } from './rules.ts';
import { lockedSheets, numbersIn, signaturesIn } from './store.ts';

export interface RoomResults {
  roomId: string;
  passTenths: number;
  results: (CandidateResult & { candidateId: string })[];
}

/** Results of one room by anonymous number, out of the locked sheets alone. */
export function roomResults(
  db: ReadDb,
  book: PlanBook,
  rules: RuleValues,
  sessionId: string,
  roomId: string,
): RoomResults {
  const rubric = book.rubric(book.session(sessionId)?.rubricId ?? null);
  const passTenths = rubric?.passTenths ?? rules['scoring.pass-tenths'];
  const panel = book.panel(sessionId, roomId);
  const signed = new Set(signaturesIn(db, sessionId, roomId).map((s) => s.examinerId));
  const sheets = lockedSheets(db, sessionId, roomId);
  const admitted = new Set(admissionsIn(db, sessionId).map((a) => a.candidateId));
  const results = numbersIn(db, sessionId, roomId).map(({ candidateId, number }) => ({
    candidateId,
    ...candidateResult({
      anonymousNumber: number,
      admitted: admitted.has(candidateId),
      totals: panel.flatMap((seat) => {
        const marks = sheets.find((s) => s.examinerId === seat.examinerId)?.marks[number];
        if (!marks) return [];
        const examiner = book.examiner(seat.examinerId)?.name ?? seat.examinerId;
        return [{ examiner, totalTenths: totalOf(marks), signed: signed.has(seat.examinerId) }];
      }),
      passTenths,
      rules,
    }),
  }));
  return { roomId, passTenths, results };
}

/** How far the marking of a room is: for the office. */
export function markingProgress(db: ReadDb, book: PlanBook, sessionId: string, roomId: string) {
  return {
    locked: lockedSheets(db, sessionId, roomId).length,
    signed: signaturesIn(db, sessionId, roomId).length,
    panel: book.panel(sessionId, roomId).length,
  };
}
