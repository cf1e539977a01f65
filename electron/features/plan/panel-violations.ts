import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';
import { overlap } from './session-violations.ts';

type Seat = NonNullable<DraftTables['panels']>[number];

/**
 * Whether each room that is marked by a panel has one, with one lead, and nobody sits in two rooms at one time.
 * Whether the panel is lawful (grade, recusal, rotation) is judged elsewhere, with the rule pack. A reserve may wait
 * for several rooms.
 */
export function panelViolations(tables: DraftTables): PlanViolation[] {
  if (tables.panels === undefined) return [];
  return [...leads(tables), ...repeatedExaminers(tables), ...roomsWithoutPanel(tables)];
}

const placeOf = (seat: { sessionId?: string; roomId?: string }) => JSON.stringify([seat.sessionId, seat.roomId]);
const complete = (seat: Seat) => seat.sessionId !== undefined && seat.roomId !== undefined && seat.duty !== undefined;

function leads({ panels = [] }: DraftTables): PlanViolation[] {
  const byPlace = Map.groupBy(panels.entries(), ([, seat]) => placeOf(seat));
  return [...byPlace.values()].flatMap((seats): PlanViolation[] => {
    if (!seats.every(([, seat]) => complete(seat)) || seats.every(([, seat]) => seat.duty === 'reserve')) return [];
    const [first, second] = seats.filter(([, seat]) => seat.duty === 'lead');
    const at = { table: 'panels', field: 'duty', weight: 'problem' } as const;
    if (first === undefined) {
      return [{ ...at, code: 'panel-without-lead', index: seats[0]?.[0] ?? 0, facts: {} }];
    }
    if (second === undefined) return [];
    return [{ ...at, code: 'panel-with-two-leads', index: second[0], otherIndex: first[0], facts: {} }];
  });
}

function repeatedExaminers({ panels = [], sessions = [] }: DraftTables): PlanViolation[] {
  const sessionOf = new Map(sessions.map((s) => [s.sessionId, s]));
  const byExaminer = new Map<string, [number, Seat][]>();
  return panels.flatMap((seat, index): PlanViolation[] => {
    if (seat.examinerId === undefined || !complete(seat)) return [];
    const at = { table: 'panels', index, field: 'examinerId', weight: 'problem', facts: {} } as const;
    const earlier = byExaminer.get(seat.examinerId) ?? [];
    byExaminer.set(seat.examinerId, [...earlier, [index, seat]]);
    const same = earlier.find(([, other]) => placeOf(other) === placeOf(seat));
    if (same !== undefined) return [{ ...at, code: 'examiner-twice-in-panel', otherIndex: same[0] }];
    const elsewhere = earlier.find(([, other]) => {
      const together = other.sessionId === seat.sessionId || sessionsOverlap(sessionOf, other, seat);
      if (other.duty === 'reserve' || seat.duty === 'reserve') return together && other.duty !== seat.duty;
      return together;
    });
    return elsewhere === undefined ? [] : [{ ...at, code: 'examiner-in-two-rooms', otherIndex: elsewhere[0] }];
  });
}

function sessionsOverlap(
  sessionOf: Map<string | undefined, { startsAtMs?: number; endsAtMs?: number }>,
  a: Seat,
  b: Seat,
): boolean {
  const [first, second] = [sessionOf.get(a.sessionId), sessionOf.get(b.sessionId)];
  return first !== undefined && second !== undefined && overlap(first, second);
}

function roomsWithoutPanel({ panels = [], sessions = [], candidates = [] }: DraftTables): PlanViolation[] {
  const marked = new Set(sessions.filter((s) => s.part === 'skills' || s.part === 'review').map((s) => s.sessionId));
  const seated = new Set(panels.filter((p) => p.duty !== 'reserve').map(placeOf));
  return candidates.flatMap((candidate, index): PlanViolation[] => {
    if (candidate.roomId === undefined || !marked.has(candidate.sessionId)) return [];
    const place = placeOf(candidate);
    if (seated.has(place)) return [];
    // Said once a room, at its first candidate.
    seated.add(place);
    const at = { table: 'candidates', index, field: 'roomId', weight: 'problem', facts: {} } as const;
    return [{ ...at, code: 'room-without-panel' }];
  });
}
