import type { PlanOverview } from '../../../electron/features/plan/contract.ts';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';

export interface RoomSession {
  readonly session: SessionRow;
  readonly room: PlanOverview['sessions'][number]['rooms'][number];
}

const rank: Record<SessionRow['state'], number> = { running: 0, open: 1, preparing: 2, closed: 3, sealed: 4 };

/**
 * The session this room is busy with: one that is running or open; else the next to come; else the one that ended last.
 *
 * @returns null when the plan never uses the room
 */
export function sessionOfRoom(plan: PlanOverview, sessions: readonly SessionRow[], roomId: RoomId): RoomSession | null {
  const here = plan.sessions.flatMap((planned) => {
    const room = planned.rooms.find((r) => r.roomId === roomId);
    const session = sessions.find((s) => s.sessionId === planned.sessionId);
    return room && session ? [{ session, room }] : [];
  });
  const isOver = (s: SessionRow) => rank[s.state] >= 3;
  return (
    here.toSorted((a, b) => {
      const byState = rank[a.session.state] - rank[b.session.state];
      const byTime = a.session.startsAtMs - b.session.startsAtMs;
      return byState || (isOver(a.session) ? -byTime : byTime);
    })[0] ?? null
  );
}
