import type { ReadDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import { countsOf } from '../checkin/counts.ts';
import { admissionsIn, attemptsIn } from '../checkin/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { CameraView } from '../recording/contract.ts';
import type { Alarm, ReadinessItem, RoomRow, SessionOverview, SessionRow } from './contract.ts';
import { absentIn, stepsOf } from './store.ts';

/** What the overview asks of other features. */
export interface OverviewSources {
  db: ReadDb;
  book: PlanBook;
  journal: Journal;
  cameras: (sessionId: string, roomId: string) => CameraView[];
  marking: (sessionId: string, roomId: string) => RoomRow['marking'];
  /** Examiners of the room's panel who are signed in now. */
  panelPresent: (sessionId: string, roomId: string) => { present: number; needed: number };
  readiness: ReadinessItem[];
  alarms: Alarm[];
  /** The longest checkpoint that left the station. */
  left: SessionOverview['journal']['left'];
  /** Candidate ids of the session who are out of the room now. */
  away: Pick<ReadonlySet<string>, 'has'>;
  freeBytes: number;
  bytesPerSecond: number;
}

/** Everything the office shows of one session. */
export function sessionOverview(s: OverviewSources, session: SessionRow): SessionOverview {
  const { sessionId } = session;
  const admissions = admissionsIn(s.db, sessionId);
  const attempts = attemptsIn(s.db, sessionId);
  const absent = absentIn(s.db, sessionId);
  const countIn = (roomId: string | null) =>
    countsOf(
      s.book.candidatesOf(sessionId, roomId).map((c) => c.candidateId),
      admissions,
      attempts,
      absent,
      s.away,
    );
  const checkpoint = s.journal.lastCheckpoint();
  return {
    session,
    counts: countIn(null),
    rooms: s.book.roomsOf(sessionId).map((room) => {
      const cameras = s.cameras(sessionId, room.roomId);
      return {
        roomId: room.roomId,
        name: room.name,
        location: room.location,
        counts: countIn(room.roomId),
        cameras: { recording: cameras.filter((c) => c.state.kind === 'recording').length, total: cameras.length },
        staff: s.panelPresent(sessionId, room.roomId),
        marking: s.marking(sessionId, room.roomId),
      };
    }),
    readiness: s.readiness,
    alarms: s.alarms,
    disk: { freeBytes: s.freeBytes, hoursLeft: s.bytesPerSecond > 0 ? s.freeBytes / s.bytesPerSecond / 3600 : null },
    journal: {
      size: s.journal.size(),
      lastCheckpointAtMs: checkpoint?.atMs ?? null,
      lastCheckpointSize: checkpoint?.size ?? null,
      left: s.left,
    },
    steps: stepsOf(s.db, sessionId).map(({ step, atMs }) => ({ state: step, atMs })),
  };
}
