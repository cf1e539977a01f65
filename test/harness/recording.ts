import { join } from 'node:path';
import type { Caller } from '../../electron/contract/caller.ts';
import { type Db, openDatabase } from '../../electron/db/database.ts';
import { openCoverage } from '../../electron/features/recording/coverage.ts';
import type { RecordingDeps } from '../../electron/features/recording/deps.ts';
import { reservedBytes } from '../../electron/features/recording/disk.ts';
import { openSegments } from '../../electron/features/recording/open-segments.ts';
import {
  gapReasonsMigration,
  recordingMigration,
  segmentFactsMigration,
} from '../../electron/features/recording/store.ts';
import type { SessionState } from '../../electron/features/session/contract.ts';
import { type Journal, journalMigration, openJournal } from '../../electron/journal/journal.ts';
import type { Clock } from '../../electron/lib/clock.ts';
import { CameraId, RoomId, SessionId, type StaffId } from '../../electron/lib/ids.ts';
import { openVault, type Vault, vaultMigration } from '../../electron/vault/vault.ts';

export const sessionId = SessionId.parse('S1');
export const roomId = RoomId.parse('R1');
export const cameras = ['C1', 'C2', 'C3', 'C4'].map((id) => CameraId.parse(id));

/** An invigilator at the room's desk. */
export const invigilator: Caller = {
  connectionId: 'K1',
  member: { staffId: 'ST1' as StaffId, name: '监考甲（样本）', roles: ['invigilator'], examinerId: null },
  desk: '201',
  from: '127.0.0.1',
};

export interface RecordingStation {
  readonly deps: RecordingDeps & { vault: Vault };
  readonly db: Db;
  readonly journal: Journal;
  state: SessionState;
  free: number;
  changes: number;
  /** As a process that ends: nothing is tidied up. */
  abandon(): Promise<void>;
}

/** Recording over a real database and a real vault in a folder, with one room of four cameras, and nothing else. */
export async function openRecording(
  folder: string,
  { clock, keys, unlocked = () => true }: { clock: Clock; keys: Keys; unlocked?: () => boolean },
): Promise<RecordingStation> {
  const db = openDatabase(join(folder, 'station.db'), [
    journalMigration,
    vaultMigration,
    recordingMigration,
    segmentFactsMigration,
    gapReasonsMigration,
  ]);
  const journal = openJournal(db, clock, `boot-${Math.random()}`);
  const vault = await openVault({
    db,
    folder: join(folder, 'vault'),
    recipients: () => [keys.centre.recipient, keys.station.recipient],
    identity: () => (unlocked() ? keys.station.identity : null),
  });
  const station: RecordingStation = {
    db,
    journal,
    state: 'running',
    free: 10 * reservedBytes,
    changes: 0,
    deps: {
      db,
      journal,
      clock,
      vault,
      coverage: openCoverage(db),
      open: openSegments({ vault, clock }),
      reservedBytes,
      places: {
        sessionState: (_db, id) => (id === sessionId ? station.state : null),
        room: (_db, id) =>
          id === roomId
            ? { name: '第 1 考场', location: '2 楼 201', cameras: cameras.map((c) => ({ cameraId: c, label: c })) }
            : null,
        hasCamera: (_db, id) => cameras.includes(id),
        minHeight: () => 720,
        seats: () => [],
        audio: () => false,
      },
      freeBytes: async () => station.free,
      changed: () => {
        station.changes += 1;
      },
    },
    async abandon() {
      await station.deps.open.close();
      db.raw.close();
    },
  };
  return station;
}

type Pair = { identity: string; recipient: string };
export interface Keys {
  readonly centre: Pair;
  readonly station: Pair;
}
