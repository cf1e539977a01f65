import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation } from './plan-violation.ts';

/** A session longer than this is a typing error in a date. */
const LONGEST_MS = 24 * 3600 * 1000;

/** Times out of order, sessions without what they need, and people expected in two places at one time. */
export function sessionViolations(tables: DraftTables): PlanViolation[] {
  return [...ownViolations(tables), ...roomsWithoutCamera(tables), ...candidatesInTwoPlaces(tables)];
}

/** Whether two sessions share a moment; a session whose times are unknown overlaps none. */
export function overlap(
  a: { startsAtMs?: number; endsAtMs?: number },
  b: { startsAtMs?: number; endsAtMs?: number },
): boolean {
  if (a.startsAtMs === undefined || a.endsAtMs === undefined) return false;
  if (b.startsAtMs === undefined || b.endsAtMs === undefined) return false;
  return a.startsAtMs < b.endsAtMs && b.startsAtMs < a.endsAtMs;
}

function ownViolations({ sessions = [], candidates }: DraftTables): PlanViolation[] {
  const used = new Set(candidates?.map((c) => c.sessionId));
  return sessions.flatMap((session, index): PlanViolation[] => {
    const found: PlanViolation[] = [];
    const at = { table: 'sessions', index, facts: {} } as const;
    const { startsAtMs, endsAtMs, part, rubricId, sessionId } = session;
    if (startsAtMs !== undefined && endsAtMs !== undefined) {
      if (endsAtMs <= startsAtMs) found.push({ ...at, code: 'session-times', weight: 'problem', field: 'endsAtMs' });
      else if (endsAtMs - startsAtMs > LONGEST_MS) {
        found.push({ ...at, code: 'session-too-long', weight: 'problem', field: 'endsAtMs' });
      }
    }
    // A rubric cell that could not be read leaves the member out; an empty one gives null or undefined.
    const unmarked = 'rubricId' in session && (rubricId ?? null) === null;
    if (unmarked && part !== undefined && part !== 'theory') {
      found.push({ ...at, code: 'session-without-rubric', weight: 'problem', field: 'rubricId' });
    }
    if (candidates !== undefined && sessionId !== undefined && !used.has(sessionId)) {
      found.push({ ...at, code: 'session-without-candidates', weight: 'warning', field: 'sessionId' });
    }
    return found;
  });
}

/** Video of every room is asked of the site (domain.md, numbers: video), so a room in use without a camera is shown. */
function roomsWithoutCamera({ rooms = [], cameras, candidates = [] }: DraftTables): PlanViolation[] {
  if (cameras === undefined) return [];
  const covered = new Set(cameras.map((c) => c.roomId));
  const used = new Set(candidates.map((c) => c.roomId));
  return rooms.flatMap(({ roomId }, index): PlanViolation[] =>
    roomId === undefined || covered.has(roomId) || !used.has(roomId)
      ? []
      : [{ code: 'room-without-camera', weight: 'warning', table: 'rooms', index, field: 'roomId', facts: {} }],
  );
}

function candidatesInTwoPlaces({ sessions = [], candidates = [] }: DraftTables): PlanViolation[] {
  const sessionOf = new Map(sessions.map((s) => [s.sessionId, s]));
  const earlier = new Map<string, number[]>();
  return candidates.flatMap((candidate, index): PlanViolation[] => {
    const session = sessionOf.get(candidate.sessionId);
    if (candidate.documentNumber === undefined || session === undefined) return [];
    const others = earlier.get(candidate.documentNumber) ?? [];
    earlier.set(candidate.documentNumber, [...others, index]);
    const otherIndex = others.find((i) => {
      const other = sessionOf.get(candidates[i]?.sessionId);
      return other !== undefined && other !== session && overlap(other, session);
    });
    if (otherIndex === undefined) return [];
    const at = { table: 'candidates', index, otherIndex, field: 'sessionId', facts: {} } as const;
    return [{ ...at, code: 'candidate-in-two-places', weight: 'problem' }];
  });
}
