import type { Db } from '../../db/database.ts';
import type { EventDefinition } from '../../journal/events.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { CameraView } from '../recording/contract.ts';
import type { RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { ViewedSpans } from './viewed-spans.ts';

export interface TimelineDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Pick<Vault, 'write' | 'keep' | 'find' | 'read'>;
  book: () => PlanBook | null;
  rules: RulesOf;
  sessionState: (sessionId: string) => SessionState | null;
  cameras: (sessionId: string, roomId: string) => CameraView[];
  staffName: (staffId: string) => string;
  /** Every event the journal can hold. */
  catalogue: () => ReadonlyMap<string, EventDefinition>;
  /** What the look-ups under way were given and is not on record yet. */
  viewed: ViewedSpans;
}

/** The session under which something goes on record; none once it is sealed: nothing is added to it then. */
export const onRecord = (deps: Pick<TimelineDeps, 'sessionState'>, sessionId: string): string | null =>
  deps.sessionState(sessionId) === 'sealed' ? null : sessionId;
