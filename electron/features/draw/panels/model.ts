import type { DrawInput, SeatRole } from './draw-input.ts';

/** The draw in integers: examiners, sessions, panels and seats by their place in the input. */
export interface Model {
  readonly input: DrawInput;
  readonly people: number;
  readonly sessions: number;
  readonly seats: readonly { readonly panel: number; readonly role: SeatRole }[];
  readonly seatsOf: readonly (readonly number[])[];
  readonly sessionOf: Int32Array;
  /** By seat: 1 for every examiner who may take it. Seats of one panel and role share one array. */
  readonly allowed: readonly Uint8Array[];
  /** By session: the sessions that share a moment with it, itself first. */
  readonly overlapping: readonly (readonly number[])[];
  readonly dayOf: Int32Array;
  readonly days: number;
  /** By panel: the panel of the same room before and after it in this draw, or -1. */
  readonly previous: Int32Array;
  readonly next: Int32Array;
  /** By panel: 1 for who marked there before this draw; null where a panel of the draw comes before. */
  readonly before: readonly (Uint8Array | null)[];
  /** By panel: how many of its examiners may have sat in the panel before. */
  readonly mayReturn: Int32Array;
  /** By examiner: with whom they may not sit. */
  readonly apart: readonly (readonly number[])[];
  readonly inARow: Int32Array;
}

/** @param input  without faults: see `drawInputFaults` */
export function modelOf(input: DrawInput): Model {
  const personAt = new Map(input.examiners.map((e, i) => [e.examinerId as string, i]));
  const sessionAt = new Map(input.sessions.map((s, i) => [s.sessionId as string, i]));
  const people = input.examiners.length;
  const marks = (ids: readonly string[]) => {
    const set = new Uint8Array(people);
    for (const id of ids) {
      const at = personAt.get(id);
      if (at !== undefined) set[at] = 1;
    }
    return set;
  };
  const days = [...new Set(input.sessions.map((s) => s.day))];
  const sessionOf = Int32Array.from(input.panels, (p) => sessionAt.get(p.sessionId)!);
  const { previous, next } = neighbours(input, sessionOf);
  const seats = input.panels.flatMap((p, panel) => p.seats.map((role) => ({ panel, role })));
  const seatsOf: number[][] = input.panels.map(() => []);
  for (const [seat, { panel }] of seats.entries()) seatsOf[panel]!.push(seat);
  const allowedIn = input.panels.map((p) => ({
    lead: marks(p.eligible.lead),
    member: marks(p.eligible.member),
    supervisor: marks(p.eligible.supervisor),
  }));
  const apart: number[][] = input.examiners.map(() => []);
  for (const [a, b] of input.apart) {
    apart[personAt.get(a)!]!.push(personAt.get(b)!);
    apart[personAt.get(b)!]!.push(personAt.get(a)!);
  }
  return {
    input,
    people,
    sessions: input.sessions.length,
    seats,
    seatsOf,
    sessionOf,
    allowed: seats.map(({ panel, role }) => allowedIn[panel]![role]),
    overlapping: input.sessions.map((s, i) => [
      i,
      ...input.sessions.flatMap((t, j) =>
        i !== j && s.startsAtMs < t.endsAtMs && t.startsAtMs < s.endsAtMs ? [j] : [],
      ),
    ]),
    dayOf: Int32Array.from(input.sessions, (s) => days.indexOf(s.day)),
    days: days.length,
    previous,
    next,
    before: input.panels.map((p, i) => (previous[i] === -1 ? marks(p.before) : null)),
    mayReturn: Int32Array.from(input.panels, (p) => mayReturnIn(p.seats, input.limits.newOneIn)),
    apart,
    inARow: Int32Array.from(input.examiners, (e) => e.inARow),
  };
}

/** Of a panel's examiners, supervisors left out, at least one in `newOneIn` is new, rounded up. */
export function mayReturnIn(seats: readonly SeatRole[], newOneIn: number): number {
  const size = seats.filter((role) => role !== 'supervisor').length;
  return newOneIn === 0 ? size : size - Math.ceil(size / newOneIn);
}

function neighbours(input: DrawInput, sessionOf: Int32Array): { previous: Int32Array; next: Int32Array } {
  const previous = new Int32Array(input.panels.length).fill(-1);
  const next = new Int32Array(input.panels.length).fill(-1);
  const rooms = Map.groupBy(input.panels.keys(), (panel) => input.panels[panel]!.roomId);
  for (const panels of rooms.values()) {
    panels.sort((a, b) => sessionOf[a]! - sessionOf[b]!);
    for (const [i, panel] of panels.entries()) {
      if (i === 0) continue;
      previous[panel] = panels[i - 1]!;
      next[panels[i - 1]!] = panel;
    }
  }
  return { previous, next };
}
