import type { Shortage } from '../../draw/panels/shortage.ts';
import type { PlanBook } from '../../plan/plan-book.ts';
import type { ShortageView } from './contract.ts';

/** A shortage in the names people know. */
export function shortageView(book: PlanBook, shortage: Shortage): ShortageView {
  const label = (sessionId: string) => book.session(sessionId)?.label ?? sessionId;
  if (shortage.kind === 'not-found') {
    return {
      kind: 'not-found',
      open: shortage.open.map(({ sessionId, role, seats }) => ({ sessionLabel: label(sessionId), role, seats })),
    };
  }
  return {
    kind: 'too-few',
    needs: inPlanOrder(book, shortage.needs).map(({ sessionId, roomId, role }) => ({
      sessionLabel: label(sessionId),
      roomName: book.room(roomId)?.name ?? roomId,
      role,
    })),
    examiners: shortage.examiners.map((examinerId) => ({
      examinerId,
      name: book.examiner(examinerId)?.name ?? examinerId,
    })),
    duties: shortage.duties,
  };
}

function inPlanOrder<N extends { sessionId: string; roomId: string }>(book: PlanBook, needs: readonly N[]): N[] {
  const place = ({ sessionId, roomId }: N) =>
    book.plan.sessions.findIndex((s) => s.sessionId === sessionId) * book.plan.rooms.length +
    book.plan.rooms.findIndex((r) => r.roomId === roomId);
  return needs.toSorted((a, b) => place(a) - place(b));
}
