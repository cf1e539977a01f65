import { assignmentState } from '../features/assignment/board.ts';
import type { Doors } from '../features/checkin/deps.ts';
import { lateSuspicionsIn } from '../features/checkin/store.ts';
import { lastCosigned } from '../features/delivery/cosigned-store.ts';
import { doubtsIn } from '../features/presence/rechecks.ts';
import type { CameraView } from '../features/recording/contract.ts';
import { neededForSession, plannedBytesPerSecond } from '../features/recording/disk.ts';
import { cameraView } from '../features/recording/room-view.ts';
import { markingProgress } from '../features/scoring/results.ts';
import { type AlarmFacts, alarmsOf } from '../features/session/alarms.ts';
import type { SessionOverview } from '../features/session/contract.ts';
import { sessionOverview } from '../features/session/overview.ts';
import { readinessOf } from '../features/session/readiness.ts';
import { sessionRow } from '../features/session/service.ts';
import type { ReaderNow } from '../features/site/readers-contract.ts';
import { allStaff, memberUnder, signedInStaff } from '../features/staff/store.ts';
import type { RoomId, SessionId } from '../lib/ids.ts';
import type { Features } from './features.ts';
import type { Foundation } from './foundation.ts';
import type { ClockJump } from './watch.ts';

/** What the office is told that no feature knows alone. */
export interface OfficeState {
  readers: () => ReaderNow[];
  jumps: { atMs: number; jump: ClockJump }[];
}

/** Who waits at which lane: the lead called to a possible impersonation, or anybody to a doubt. */
function callsOf(doors: Doors): AlarmFacts['calls'] {
  return [...doors.values()].flatMap(({ attempt: a, roomId, lane }): AlarmFacts['calls'] => {
    if (!a) return [];
    const at = { roomId: roomId as RoomId, lane, name: a.candidate?.name ?? '' };
    if (a.leadCalledAtMs !== null && a.likeSettled === null) {
      return [{ ...at, kind: 'impersonation' as const, sinceMs: a.leadCalledAtMs }];
    }
    return a.called ? [{ ...at, kind: 'doubt' as const, sinceMs: a.startedAtMs }] : [];
  });
}

export function office(f: Foundation, features: () => Features, state: OfficeState) {
  const cameras = (sessionId: string, roomId: string): CameraView[] =>
    (f.shelf.book()?.room(roomId)?.cameras ?? []).map((c) =>
      cameraView(features().recording, sessionId as SessionId, c),
    );
  const readers = () =>
    state.readers().map(({ readerId, label, state: { kind }, sinceMs }) => ({ readerId, label, kind, sinceMs }));
  const panelPresent = (sessionId: string, roomId: string) => {
    const panel = f.shelf.book()?.panel(sessionId, roomId) ?? [];
    const signedIn = new Set(signedInStaff(f.db));
    const here = allStaff(f.db).filter((m) => {
      const { examinerId } = memberUnder(f.examinerInPlan, m);
      return signedIn.has(m.staffId) && panel.some((p) => p.examinerId === examinerId);
    });
    return { present: here.length, needed: panel.length };
  };

  const readiness = async (sessionId: string, of = assignmentState(features().assignment, sessionId)) => {
    const book = f.shelf.book()!;
    const session = book.session(sessionId)!;
    const rooms = book.roomsOf(sessionId);
    const planned = rooms.reduce((n, r) => n + r.cameras.length, 0);
    const hours = (session.endsAtMs - session.startsAtMs) / 3600_000;
    const rules = features().session.rules(sessionId);
    const needs = rules['scoring.min-examiners'];
    const present = new Set(signedInStaff(f.db));
    return readinessOf({
      keysOpen: f.ring.keys() !== null,
      faceEngine: f.faces.state,
      readers: readers(),
      cameras: {
        planned,
        roomsWithout: rooms.filter((r) => r.cameras.length === 0).map((r) => r.name),
        needed: rules['recording.cameraless-rooms'],
      },
      panelShort: session.rubricId
        ? rooms
            .map((r) => ({ room: r.name, has: book.panel(sessionId, r.roomId).length, needs }))
            .filter((r) => r.has < r.needs)
        : [],
      assignment: of,
      supervisors: allStaff(f.db).filter((m) => m.roles.includes('supervisor') && present.has(m.staffId)).length,
      freeBytes: await f.freeBytes(),
      neededBytes: neededForSession(planned, hours),
      clockJumps: state.jumps.length,
    });
  };

  const overview = async (sessionId: string): Promise<SessionOverview> => {
    const book = f.shelf.book()!;
    const session = sessionRow(features().session, book.session(sessionId)!);
    const free = await f.freeBytes();
    const rooms = book.roomsOf(sessionId).map((r) => ({
      roomId: r.roomId,
      name: r.name,
      cameras: cameras(sessionId, r.roomId),
      panel: panelPresent(sessionId, r.roomId),
    }));
    const recording = rooms.flatMap((r) => r.cameras).filter((c) => c.state.kind === 'recording').length;
    const calls = callsOf(features().checkin.doors);
    const left = lastCosigned(f.db);
    const lastJump = state.jumps.at(-1);
    const panels = assignmentState(features().assignment, sessionId);
    return sessionOverview(
      {
        db: f.db,
        book,
        journal: f.journal,
        cameras,
        marking: (s, r) => markingProgress(f.db, book, s, r),
        panelPresent,
        readiness: await readiness(sessionId, panels),
        alarms: alarmsOf({
          nowMs: f.clock.wallMs(),
          state: session.state,
          startsAtMs: session.startsAtMs,
          rooms,
          readers: readers(),
          calls,
          lateLikenesses: lateSuspicionsIn(f.db, sessionId).map(({ suspicionId, candidateId, roomId, lane, atMs }) => ({
            suspicionId,
            roomId: roomId as RoomId,
            lane,
            atMs,
            name: book.candidate(candidateId)?.name ?? '',
          })),
          panelFacts: panels.cameUpLater,
          doubts: doubtsIn(features().presence, sessionId),
          freeBytes: free,
          lastJump: lastJump ? { atMs: lastJump.atMs, jumpMs: lastJump.jump.jumpMs } : null,
        }),
        left: left && { size: left.size, atMs: left.witnessedMs },
        away: features().checkin.awayIn(sessionId),
        freeBytes: free,
        bytesPerSecond: recording * plannedBytesPerSecond,
      },
      session,
    );
  };
  return { readiness, overview };
}
