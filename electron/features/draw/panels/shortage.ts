import type { DrawInput, SeatRole } from './draw-input.ts';
import { type Model, modelOf } from './model.ts';

export interface Need {
  sessionId: string;
  roomId: string;
  role: SeatRole;
}

/**
 * Why no lawful assignment was found. `too-few`: these needs cannot be met together, by counting alone: all who may take any
 * of them have fewer duties to give than there are needs; leave one out and that is no longer so. `not-found`: no such
 * count was found; then the seats that stayed open, by session and role, are what is short.
 */
export type Shortage =
  | { kind: 'too-few'; needs: Need[]; examiners: string[]; duties: number }
  | { kind: 'not-found'; open: { sessionId: string; role: SeatRole; seats: number }[] };

/**
 * Looks for the smallest set it can find of needs that cannot be met together (Hall's condition, then a deletion filter):
 * first within sessions that overlap, where everybody can do one duty, then within a day.
 *
 * @param unfilled  seats left open by the best try, by session, room and role
 */
export function explainShortage(input: DrawInput, unfilled: readonly Need[]): Shortage {
  const model = modelOf(input);
  const short = tooFew(model);
  if (short === null) return { kind: 'not-found', open: byRole(unfilled) };
  const people = whoMay(model, short.seats);
  return {
    kind: 'too-few',
    needs: short.seats.map((seat) => {
      const { panel, role } = model.seats[seat]!;
      const { sessionId, roomId } = input.panels[panel]!;
      return { sessionId, roomId, role };
    }),
    examiners: people.map((p) => input.examiners[p]!.examinerId),
    duties: people.length * short.each,
  };
}

/**
 * The fewest seats found that outnumber the duties of all who may take any of them, each person giving `each`; null where
 * counting finds none, which does not mean that there is an assignment.
 */
export function tooFew(model: Model): { seats: number[]; each: number } | null {
  const groups = [
    ...model.overlapping.map((sessions) => ({ sessions: cliqueOf(model, sessions), each: 1 })),
    ...Array.from({ length: model.days }, (_, day) => ({
      sessions: [...model.dayOf.keys()].filter((s) => model.dayOf[s] === day),
      each: model.input.limits.dutiesPerDay,
    })),
  ];
  let smallest: { seats: number[]; each: number } | null = null;
  for (const { sessions, each } of groups) {
    const seats = [...model.seats.keys()].filter((s) => sessions.includes(model.sessionOf[model.seats[s]!.panel]!));
    const short = hallViolator(model, seats, each);
    if (short && (smallest === null || short.length < smallest.seats.length)) smallest = { seats: short, each };
  }
  return smallest;
}

/** Sessions of which every two overlap, the first of them among them. */
function cliqueOf(model: Model, sessions: readonly number[]): number[] {
  const clique: number[] = [];
  for (const s of sessions) if (clique.every((t) => model.overlapping[t]!.includes(s))) clique.push(s);
  return clique;
}

function whoMay(model: Model, seats: readonly number[]): number[] {
  const may = new Set<number>();
  for (const seat of seats) {
    for (let person = 0; person < model.people; person += 1) if (model.allowed[seat]![person] === 1) may.add(person);
  }
  return [...may];
}

/** Seats that outnumber the duties of all who may take any of them, none of them superfluous; null where there are none. */
function hallViolator(model: Model, seats: readonly number[], each: number): number[] | null {
  const reached = unmatched(model, seats, each);
  if (reached === null) return null;
  const violates = (set: readonly number[]) => whoMay(model, set).length * each < set.length;
  let core = reached;
  for (const seat of reached) {
    const without = core.filter((s) => s !== seat);
    if (without.length > 0 && violates(without)) core = without;
  }
  return core;
}

/** Matches seats to duties one by one; the seats an unmatched one reaches by alternating paths outnumber their people. */
function unmatched(model: Model, seats: readonly number[], each: number): number[] | null {
  const taken: number[][] = Array.from({ length: model.people }, () => []);
  for (const seat of seats) {
    const cameBy = new Map<number, { seat: number; person: number }>();
    const queue = [seat];
    const seen = new Set<number>();
    let free = -1;
    for (let head = 0; head < queue.length && free === -1; head += 1) {
      const at = queue[head]!;
      for (let person = 0; person < model.people && free === -1; person += 1) {
        if (model.allowed[at]![person] !== 1 || seen.has(person)) continue;
        seen.add(person);
        if (taken[person]!.length < each) {
          free = person;
          cameBy.set(-1, { seat: at, person });
        } else
          for (const other of taken[person]!) {
            if (cameBy.has(other) || other === seat) continue;
            cameBy.set(other, { seat: at, person });
            queue.push(other);
          }
      }
    }
    if (free === -1) return queue;
    for (let at = -1; at !== seat; ) {
      const step = cameBy.get(at)!;
      if (at !== -1) taken[step.person]!.splice(taken[step.person]!.indexOf(at), 1);
      taken[step.person]!.push(step.seat);
      at = step.seat;
    }
  }
  return null;
}

function byRole(unfilled: readonly Need[]) {
  const groups = Map.groupBy(unfilled, (n) => `${n.sessionId}\n${n.role}`);
  return [...groups.values()].map((seats) => ({
    sessionId: seats[0]!.sessionId,
    role: seats[0]!.role,
    seats: seats.length,
  }));
}
