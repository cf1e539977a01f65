import { admissionsIn } from '../checkin/store.ts';
import type { RoomPresence } from './contract.ts';
import type { PresenceDeps } from './deps.ts';
import { leaveRule } from './leave.ts';
import { recheckView, stands } from './rechecks.ts';
import { leaveFromMs } from './rules.ts';
import { rechecksIn } from './store.ts';
import { personView } from './where.ts';

/** Everything the invigilator's list of one room shows. The room must be one of the plan. */
export function roomPresence(deps: PresenceDeps, roomId: string): RoomPresence {
  const book = deps.book()!;
  const room = book.room(roomId)!;
  const at = deps.sessionAt(roomId);
  const empty = { admitted: 0, inside: 0, onBreak: 0, finished: 0, overdue: 0 };
  if (!at) {
    return { roomId: room.roomId, session: null, leave: null, counts: empty, people: [], rechecks: [] };
  }
  const { sessionId, label, startsAtMs, endsAtMs } = at.session;
  const order = new Map(book.plan.workstations.map((w, i) => [w.label, i]));
  const people = admissionsIn(deps.db, sessionId)
    .filter((a) => a.roomId === roomId)
    .map((a) => personView(deps, a))
    .sort((a, b) => (order.get(a.seat) ?? 0) - (order.get(b.seat) ?? 0));
  const inState = (kind: string) => people.filter((p) => p.where.kind === kind).length;
  return {
    roomId: room.roomId,
    session: { sessionId, label, startsAtMs, endsAtMs, state: at.state },
    leave: { fromMs: leaveFromMs(startsAtMs, deps.rules(sessionId)), rule: leaveRule(deps, sessionId) },
    counts: {
      admitted: people.length,
      inside: inState('inside'),
      onBreak: inState('break'),
      finished: inState('finished'),
      overdue: people.filter((p) => p.where.kind === 'break' && p.where.overdue).length,
    },
    people,
    rechecks: rechecksIn(deps.db, sessionId)
      .filter((r) => r.roomId === roomId && r.dueAtMs <= deps.clock.wallMs() && stands(deps.db, r))
      .map((r) => recheckView(deps, r)),
  };
}
