import type { Db } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { CoverageCache } from '../recording/coverage.ts';
import type { PackOf, RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin } from '../staff/pin.ts';

export interface CoverageDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  book: () => PlanBook | null;
  rules: RulesOf;
  pack: PackOf;
  /** What the cameras have stored. */
  recorded: Pick<CoverageCache, 'of'>;
  sessionState: (sessionId: string) => SessionState | null;
  checkPin: CheckPin;
  /** May accept that video is short: lead and supervisors. */
  mayAccept: (staffId: string) => boolean;
  staffName: (staffId: string) => string;
  changed: () => void;
}
