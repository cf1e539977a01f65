import { err, ok, type Result } from '../../lib/result.ts';
import { ruleRef } from '../checkin/facts.ts';
import type { Inspection, Inspections } from './contract.ts';
import type { InspectionsDeps } from './deps.ts';
import { type InspectionRow, inspectionsIn } from './store.ts';

/** One inspection as desks show it. */
export function inspectionView(deps: InspectionsDeps, row: InspectionRow): Inspection {
  const book = deps.book();
  const { nth, roomId, inspectorId, rooms, inspectors, present, candidateIds } = row.drawn;
  const room = book?.room(roomId);
  return {
    inspectionId: row.inspectionId,
    nth,
    roomId: roomId as Inspection['roomId'],
    roomName: room?.name ?? roomId,
    location: room?.location ?? '',
    inspectorName: deps.staffName(inspectorId),
    drawnAtMs: row.atMs,
    seq: row.seq,
    from: { rooms: rooms.length, inspectors: inspectors.length, present: present.length },
    candidates: candidateIds.map((candidateId) => {
      const candidate = book?.candidate(candidateId);
      return {
        candidateId: candidateId as Inspection['candidates'][number]['candidateId'],
        name: candidate?.name ?? candidateId,
        ticketNumber: candidate?.ticketNumber ?? '',
        seat: candidate && book ? book.seat(candidate) : '',
      };
    }),
    result: row.result && { ...row.result.found, atMs: row.result.atMs },
    signed: row.signed && { byName: deps.staffName(row.signed.byStaffId), atMs: row.signed.atMs },
  };
}

/** Everything the office shows of a session's inspections, or a room's desk of its own. */
export function inspectionsView(
  deps: InspectionsDeps,
  { sessionId, roomId }: { sessionId: string; roomId: string | null },
): Result<Inspections, { code: 'NO_SUCH_SESSION' }> {
  if (!deps.book()?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const all = inspectionsIn(deps.db, sessionId);
  const busy = all.flatMap((i) => (i.result === null ? [i.drawn.inspectorId] : []));
  const count = deps.rules(sessionId)['supervision.inspection-candidates'];
  return ok({
    count,
    rule: ruleRef(deps.pack(sessionId), 'supervision.inspection-candidates', { count: String(count) }),
    inspections: all
      .filter((i) => roomId === null || i.drawn.roomId === roomId)
      .map((row) => inspectionView(deps, row)),
    free: deps
      .supervisorsHere()
      .filter((id) => !busy.includes(id))
      .map(deps.staffName),
  });
}

/** Rooms of a session with an inspection that nobody has put on record and signed. */
export const openInspections = (rows: readonly InspectionRow[]): { roomId: string; recorded: boolean }[] =>
  rows.flatMap((i) => (i.signed === null ? [{ roomId: i.drawn.roomId, recorded: i.result !== null }] : []));
