import type { Db } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { StaffMember } from '../staff/contract.ts';
import type { CheckPin } from '../staff/pin.ts';

export interface PaperDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  book: () => PlanBook | null;
  rules: RulesOf;
  sessionState: (sessionId: string) => SessionState | null;
  /** Admitted candidates of a room: as many papers as there should be. */
  admitted: (sessionId: string, roomId: string) => number;
  staff: () => StaffMember[];
  checkPin: CheckPin;
  changed: () => void;
}
