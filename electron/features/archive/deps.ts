import type { Db, WriteDb } from '../../db/database.ts';
import type { Disks } from '../../devices/disk/port.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import type { FormHead } from '../forms/form-facts.ts';
import type { sealedForms } from '../forms/sealed-forms.ts';
import type { SignedText } from '../keys/signed-document.ts';
import type { PaperDeps } from '../paper/deps.ts';
import type { PlanShelf } from '../plan/service.ts';
import type { CameraView } from '../recording/contract.ts';
import type { RulesRecord } from '../rules/bundle-record.ts';
import type { PackOf, RulesOf } from '../rules/pack-shelf.ts';
import type { PartsDocument } from '../scoring/parts-document.ts';
import type { RoomResults } from '../scoring/results.ts';
import type { SessionState } from '../session/contract.ts';
import type { KeyRing } from '../site/service.ts';
import type { StaffMember } from '../staff/contract.ts';
import type { CheckPin } from '../staff/pin.ts';

export interface ArchiveDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  ring: KeyRing;
  shelf: PlanShelf;
  rules: RulesOf;
  pack: PackOf;
  /** What a bundle keeps beside the session's pack. */
  rulesRecord: (sessionId: string) => RulesRecord;
  checkPin: CheckPin;
  /** Results of one room as they stand. */
  results: (sessionId: string, roomId: string) => RoomResults;
  /** How the parts of everybody of a session stand, with the earlier passes they bring. */
  parts: (sessionId: string) => PartsDocument;
  sessionState: (sessionId: string) => SessionState | null;
  cameras: (sessionId: string, roomId: string) => CameraView[];
  /** Closes what is still open of the session's video, so that all that was filmed is on record; null where nothing is. */
  settleVideo: (sessionId: string) => Promise<void> | null;
  staff: () => StaffMember[];
  /** Supervisors who were there during the session. */
  supervisors: (sessionId: string) => number;
  /** What else is written down in the commit that seals a session. */
  onSealed: (w: WriteDb, sessionId: string) => void;
  /** The statement of how much video shows of each candidate. */
  coverage: (sessionId: string) => unknown;
  paper: Pick<PaperDeps, 'db' | 'admitted'>;
  /** Certificate data as it stands, with what was refused. */
  certificates: (sessionId: string) => unknown;
  /** Clauses that forbid the panel in force in a room. */
  panelAgainst: (sessionId: string, roomId: string) => string[];
  /** Every panel is put to the rules once more before the lead signs, and what comes out kept. */
  evaluatePanels: (sessionId: string) => void;
  /** The printed forms of a session as its volumes hold them. */
  forms: (sessionId: string) => ReturnType<typeof sealedForms>;
  /** The newest checkpoint of at most so many entries that left, with the centre's line under it; null when none has. */
  cosigned: (size: number) => string | null;
  /** Rotations of the station's key, by which checkpoints of before are known as this station's. */
  rotations: () => readonly SignedText[];
  /** The bundle of a lost machine that this station's first one follows, by the centre's order; null without one. */
  follows: () => string | null;
  /** What stands at the head of everything printed of a session. */
  formHead: (sessionId: string) => FormHead;
  /** `resources/fonts`. */
  fontsDir: string;
  bundlesFolder: string;
  disks: Disks;
  rehearsal: boolean;
  changed: () => void;
}
