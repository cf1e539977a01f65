import type { KeyObject } from 'node:crypto';
import type { Db, WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CameraId, RoomId } from '../../lib/ids.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedSession } from '../plan/plan-schema.ts';
import type { CameraView } from '../recording/contract.ts';
import type { SessionState } from '../session/contract.ts';
import type { KeyRing } from '../site/service.ts';
import type { CentreLine } from './centre-line.ts';
import type { LiveState } from './protocol-words.ts';
import type { WhipResource } from './whip-desk.ts';

/** A still that was allowed and has not been answered: asked of the window, or here in memory. Never on disk unless sent. */
export type StillUnderWay = { kind: 'taking' } | { kind: 'taken'; takenAtMs: number; jpeg: Uint8Array };

/** The window that sends the pictures of a room. Another one takes over, and the first one's are ended. */
export interface LiveWindow {
  windowId: string;
  heardAtMs: number;
  cameras: Map<CameraId, LiveState>;
}

/** What holds only while the station runs. After a restart windows report anew, and stills are asked for anew. */
export interface LiveNow {
  line: CentreLine | null;
  /** Monotonic: since when there has been no line; null while there is one. */
  lineAwaySinceMs: number | null;
  windows: Map<RoomId, LiveWindow>;
  sizes: Map<RoomId, 'small' | 'large'>;
  lost: Map<RoomId, number>;
  stills: Map<string, StillUnderWay>;
  resources: Map<string, WhipResource>;
  /** The last `rooms` that was told, so that only news are. */
  toldRooms: string;
}

export const nothingLive = (nowMs: number): LiveNow => ({
  line: null,
  lineAwaySinceMs: nowMs,
  windows: new Map(),
  sizes: new Map(),
  lost: new Map(),
  stills: new Map(),
  resources: new Map(),
  toldRooms: '',
});

export interface SupervisionDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Pick<Vault, 'write' | 'keep' | 'find' | 'read'>;
  ring: KeyRing;
  /** Keys the centre proves itself with, from its card in the plan. */
  centreKeys: () => KeyObject[];
  book: () => PlanBook | null;
  sessionAt: (roomId: string) => { session: PlannedSession; state: SessionState } | null;
  sessionState: (sessionId: string) => SessionState | null;
  cameras: (sessionId: string, roomId: string) => CameraView[];
  setting: { read: () => string | null; save: (w: WriteDb, value: string) => void };
  live: LiveNow;
  /** Tells the desks to read `supervision` again. */
  changed: () => void;
}
