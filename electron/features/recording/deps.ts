import type { Db, ReadDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import type { Vault } from '../../vault/vault.ts';
import type { SessionState } from '../session/contract.ts';
import type { CoverageCache } from './coverage.ts';
import type { OpenSegments } from './open-segments.ts';

/** What recording asks of plan and session. */
export interface RecordingPlaces {
  /** Null when the plan has no such session. */
  sessionState(db: ReadDb, sessionId: SessionId): SessionState | null;
  /** The rooms' cameras are the same in every session that uses the room. */
  room(db: ReadDb, roomId: RoomId): PlannedRoomCameras | null;
  /** The room's workstations, by the label people say. */
  seats(db: ReadDb, roomId: RoomId): { workstationId: string; label: string }[];
  hasCamera(db: ReadDb, cameraId: CameraId): boolean;
  /** Rule pack, clause recording.min-height. */
  minHeight(db: ReadDb): number;
  /** Rule pack, clause recording.audio. */
  audio(db: ReadDb): boolean;
}

export interface PlannedRoomCameras {
  name: string;
  location: string;
  /** `sees`: workstations; left out, the whole room. */
  cameras: { cameraId: CameraId; label: string; sees?: readonly string[] | undefined }[];
}

export interface RecordingDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Pick<Vault, 'write' | 'keep' | 'spools' | 'readSpool' | 'dropSpool'>;
  coverage: CoverageCache;
  open: OpenSegments;
  places: RecordingPlaces;
  /** Room left where the vault lies, in bytes. */
  freeBytes: () => Promise<number>;
  /** What video may never touch of it; see `disk.ts`. */
  reservedBytes: number;
  /** Tells the desks to read `recording` again. */
  changed: () => void;
}
