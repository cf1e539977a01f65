import type { Db } from '../../db/database.ts';
import type { FoundCamera } from '../../devices/rtsp-camera/discovery.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { RecordingDeps } from '../recording/deps.ts';
import type { SessionState } from '../session/contract.ts';
import type { KeyRing } from '../site/service.ts';
import type { RunningCameras } from './running-cameras.ts';

export interface NetworkCamerasDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  ring: KeyRing;
  book: () => PlanBook | null;
  sessionState: (sessionId: string) => SessionState | null;
  recording: RecordingDeps;
  /** Path of the program, null where it is not installed. */
  ffmpeg: () => string | null;
  discover: () => Promise<FoundCamera[]>;
  running: RunningCameras;
  changed: () => void;
}
