import type { Db } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanShelf } from '../plan/service.ts';
import type { PackOf, RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { StaffMember } from '../staff/contract.ts';
import type { CheckPin } from '../staff/pin.ts';
import type { DrawWork } from './draw/draw-work.ts';

export interface AssignmentDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  shelf: PlanShelf;
  rules: RulesOf;
  pack: PackOf;
  checkPin: CheckPin;
  sessionState: (sessionId: string) => SessionState | null;
  /** Everybody registered at this station, under the plan in force. */
  staff: () => StaffMember[];
  /** Examiner ids of the plan whose people are signed on at a desk at this moment. */
  signedOn: () => ReadonlySet<string>;
  /** Looks for assignments and draws panels without holding up the station. */
  draws: DrawWork;
  changed: () => void;
}
