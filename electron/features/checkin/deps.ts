import type { Caller } from '../../contract/caller.ts';
import type { Db, ReadDb, WriteDb } from '../../db/database.ts';
import type { CardCamera } from '../../devices/card-camera/port.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Result } from '../../lib/result.ts';
import type { Vault } from '../../vault/vault.ts';
import type { TicketKeyring } from '../identity/ticket.ts';
import type { Ask } from '../liveness/facts.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedCandidate, PlannedSession } from '../plan/plan-schema.ts';
import type { PackOf, RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin } from '../staff/pin.ts';
import type { Attempt, Away, DoorReader } from './attempt-schema.ts';
import type { KeptCardPicture } from './card-picture.ts';
import type { KnownFaces } from './known-faces.ts';
import type { OpenAttempt } from './open-attempt.ts';
import type { Admission } from './store.ts';

export interface DoorDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  engine: () => FaceEngine | null;
  book: () => PlanBook | null;
  rules: RulesOf;
  pack: PackOf;
  /** The session this room's door works for now, and whether its door is open. */
  sessionAt: (roomId: string) => { session: PlannedSession; state: SessionState; open: boolean } | null;
  /** Reads a candidate's reference photograph out of the vault. */
  planPhoto: (candidateId: string) => Promise<Result<Uint8Array, { code: string }>>;
  /** Reads a photograph of the plan's block list out of the vault. */
  blockedPhoto: (blockedId: string) => Promise<Result<Uint8Array, { code: string }>>;
  knownFaces: KnownFaces;
  /** Draws the side to which the head is to turn, by a generator nobody can foresee. */
  drawSide: () => Ask;
  /** The centre's keys, by key id: whose tickets are believed, and whose no longer. */
  ticketKeys: () => TicketKeyring;
  todayIso: () => string;
  /** Out of the room on record, by whoever keeps the room's list. */
  awayOf: (candidateId: string) => Away | null;
  /** What the candidate has signed at this station. */
  consentOf: (candidateId: string) => Attempt['consent'];
  changed: () => void;
  /** Somebody has to do something about it now: the office reads its alarms again. */
  alarmed: () => void;
}

/** One lane of a room's door, from 1: a room of many candidates has two, each with its own staff, reader and camera. */
export interface DoorAt {
  readonly roomId: string;
  readonly lane: number;
}

/** One lane: what stands there now. At most one attempt is open at it. */
export interface DoorState extends DoorAt {
  attempt: OpenAttempt | null;
  /** The attempt closed last, still shown until the next begins. */
  shown: Attempt | null;
  /** A card photographed here and not yet confirmed. */
  cardPicture: KeptCardPicture | null;
  /** How often one was forgotten here: what is read meanwhile is not kept. */
  cardPicturesForgotten: number;
  /** Ends when the card, ticket or number before has been taken up. */
  turn: Promise<unknown>;
}

/** Keyed by room and lane: see `doorState`. */
export type Doors = Map<string, DoorState>;

export type CloseDeps = DoorDeps & {
  doors: Doors;
  checkPin: CheckPin;
  staffMay: (staffId: string) => boolean;
  /** Who settles a possible impersonation. */
  leadMay: (staffId: string) => boolean;
  /** Puts on record that somebody is back from a break, in the commit that lets them in again. */
  cameBack: (w: WriteDb, caller: Caller, back: { sessionId: string; admission: Admission; attemptId: string }) => void;
  /** The workstation of somebody about to be admitted: the plan's, else drawn and on record in this commit; '' for none. */
  drawSeat: (w: WriteDb, candidate: PlannedCandidate, attemptId: string) => string;
};

export type CheckinDeps = CloseDeps & {
  /** Opened when first asked for: most doors have a reader that works. `code` says why there is none. */
  cardCamera: () => Promise<Result<CardCamera, { code: string }>>;
  absentIn: (sessionId: string) => Set<string>;
  /** Who of a session is out of the room now, by candidate id. */
  awayIn: (sessionId: string) => ReadonlyMap<string, Away>;
  /** The door of this room takes the reader; `again`: only where no door has it. */
  bindReader: (at: DoorAt, again: boolean) => void;
  readerAt: (at: DoorAt) => DoorReader;
  isLead: (staffId: string) => boolean;
  sessionState: (sessionId: string) => SessionState | null;
  /** What the panel has given this candidate so far. */
  marksOf: (db: ReadDb, candidateId: string) => 'none' | 'draft' | 'locked';
};
