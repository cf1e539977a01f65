import type { Db } from '../../db/database.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Result } from '../../lib/result.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Attempt } from '../checkin/attempt-schema.ts';
import type { GoodFrame } from '../checkin/open-attempt.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedSession } from '../plan/plan-schema.ts';
import type { PackOf, RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin } from '../staff/pin.ts';

/** A re-check under way: frames and references in memory, gone when it is decided. */
export interface OpenRecheck {
  frames: GoodFrame[];
  /** Templates of the plan's photograph and of the admission's picture; undefined before they were read. */
  references: { plan: Float32Array | null; admission: Float32Array | null } | undefined;
}

export interface PresenceDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  book: () => PlanBook | null;
  rules: RulesOf;
  pack: PackOf;
  engine: () => FaceEngine | null;
  /** Reads a candidate's reference photograph out of the vault. */
  planPhoto: (candidateId: string) => Promise<Result<Uint8Array, { code: string }>>;
  consentOf: (candidateId: string) => Attempt['consent'];
  sessionAt: (roomId: string) => { session: PlannedSession; state: SessionState } | null;
  sessionState: (sessionId: string) => SessionState | null;
  checkPin: CheckPin;
  /** May confirm as the second person. */
  staffMay: (staffId: string) => boolean;
  /** By re-check id. */
  open: Map<string, OpenRecheck>;
  changed: () => void;
  alarmed: () => void;
}
