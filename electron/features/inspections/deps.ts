import type { Db, ReadDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PackOf, RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin } from '../staff/pin.ts';

export interface InspectionsDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  book: () => PlanBook | null;
  rules: RulesOf;
  pack: PackOf;
  sessionState: (sessionId: string) => SessionState | null;
  /** Who is inside now, of all rooms of a session. */
  inside: (db: ReadDb, sessionId: string) => { candidateId: string; roomId: string }[];
  /** Staff ids of the supervisors signed on at this moment. */
  supervisorsHere: () => string[];
  staffName: (staffId: string) => string;
  checkPin: CheckPin;
  changed: () => void;
}
