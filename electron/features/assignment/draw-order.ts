import type { ReadDb } from '../../db/database.ts';
import type { ExaminerId } from '../../lib/ids.ts';
import type { SeatCandidate } from './contract.ts';
import { appliedDraw } from './draw/store.ts';
import type { Ground } from './facts.ts';

interface InOrder {
  examinerId: ExaminerId;
  place: SeatCandidate['place'];
}

/**
 * Everybody the plan names as an examiner, in the order in which they come for a seat of this room: who was drawn for it,
 * then the reserves as drawn, then who sits elsewhere in this session, then who was not in the draw. Where nothing was
 * drawn, the plan's reserves come first, all others in the plan's order.
 */
export function drawOrder(db: ReadDb, { book, planDigest, session }: Ground, roomId: string): InOrder[] {
  const { sessionId } = session;
  const draw = appliedDraw(db, planDigest, sessionId);
  const elsewhere = new Map(
    book
      .roomsOf(sessionId)
      .flatMap((room) =>
        room.roomId === roomId
          ? []
          : book.panel(sessionId, room.roomId).map((p) => [p.examinerId as string, room.name] as const),
      ),
  );
  const drawnHere = new Set(draw?.drawn.filter((d) => d.roomId === roomId).map((d) => d.examinerId));
  const reserves = new Map(draw?.reserves.map((id, i) => [id as string, i + 1]));
  const planned = book.plan.panels.filter((p) => p.sessionId === sessionId && p.duty === 'reserve');
  const reserveOf = (id: string): number | undefined => {
    if (draw) return reserves.get(id);
    const at = planned.findIndex((p) => p.examinerId === id);
    return at === -1 ? undefined : at + 1;
  };
  const rank = { 'drawn-here': 0, reserve: 1, 'in-plan': 2, elsewhere: 3, 'not-drawn': 4 };
  return book.plan.examiners
    .map(({ examinerId }): InOrder => {
      const room = elsewhere.get(examinerId);
      const nth = reserveOf(examinerId);
      if (room !== undefined) return { examinerId, place: { kind: 'elsewhere', roomName: room } };
      if (drawnHere.has(examinerId)) return { examinerId, place: { kind: 'drawn-here' } };
      if (nth !== undefined) return { examinerId, place: { kind: 'reserve', nth } };
      return { examinerId, place: { kind: draw ? 'not-drawn' : 'in-plan' } };
    })
    .sort((a, b) => {
      const byKind = rank[a.place.kind] - rank[b.place.kind];
      return byKind !== 0 || a.place.kind !== 'reserve' || b.place.kind !== 'reserve'
        ? byKind
        : a.place.nth - b.place.nth;
    });
}
