import type { KeyObject } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Result } from '../../lib/result.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedSession } from '../plan/plan-schema.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import type { RuleValues } from '../rules/rule-values.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin } from '../staff/pin.ts';
import type { Attempt, DoorReader } from './contract.ts';
import type { OpenAttempt } from './open-attempt.ts';

export interface DoorDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  engine: () => FaceEngine | null;
  book: () => PlanBook | null;
  rules: () => RuleValues;
  pack: () => RulePack;
  /** The session this room's door works for now, and whether its door is open. */
  sessionAt: (roomId: string) => { session: PlannedSession; state: SessionState; open: boolean } | null;
  /** Reads a candidate's reference photograph out of the vault. */
  planPhoto: (candidateId: string) => Promise<Result<Uint8Array, { code: string }>>;
  /** Public keys whose tickets are believed, by key id. */
  ticketKeys: () => ReadonlyMap<string, KeyObject>;
  todayIso: () => string;
  changed: () => void;
}

/** One door: what stands there now. At most one attempt is open at a door. */
export interface DoorState {
  attempt: OpenAttempt | null;
  /** The attempt closed last, still shown until the next begins. */
  shown: Attempt | null;
  /** Ends when the card, ticket or number before has been taken up. */
  turn: Promise<unknown>;
}

export type Doors = Map<string, DoorState>;

export type CloseDeps = DoorDeps & { doors: Doors; checkPin: CheckPin; staffMay: (staffId: string) => boolean };

export type CheckinDeps = CloseDeps & {
  absentIn: (sessionId: string) => Set<string>;
  /** The door of this room takes the reader; `again`: only where no door has it. */
  bindReader: (roomId: string, again: boolean) => void;
  readerAt: (roomId: string) => DoorReader;
};
