import type { DrawInput } from './draw-input.ts';
import { mayReturnIn, modelOf } from './model.ts';

/**
 * The rules of a draw as a mixed-integer program in the LP format, for a solver that referees the draw in tests: feasible
 * exactly where a lawful assignment exists. Variables x{examiner}_{seat}; y{examiner}_{panel} for those who return.
 */
export function drawAsProgram(input: DrawInput): string {
  const model = modelOf(input);
  const people = [...input.examiners.keys()];
  const x = (person: number, seat: number) => `x${person}_${seat}`;
  const seatsFor = (person: number, seats: readonly number[]) =>
    seats.filter((seat) => model.allowed[seat]![person] === 1).map((seat) => x(person, seat));
  const inSession = (session: number) =>
    [...model.seats.keys()].filter((seat) => model.sessionOf[model.seats[seat]!.panel] === session);
  const rows: string[] = [];
  const atMost = (terms: readonly string[], limit: number) => {
    if (terms.length > Math.max(limit, 0)) rows.push(`${terms.join(' + ')} <= ${limit}`);
  };
  const names: string[] = [];
  for (const seat of model.seats.keys()) {
    const terms = people.filter((p) => model.allowed[seat]![p] === 1).map((p) => x(p, seat));
    names.push(...terms);
    // An empty sum cannot be one: a row that no value fulfils.
    rows.push(terms.length === 0 ? 'none >= 1' : `${terms.join(' + ')} = 1`);
  }
  names.push('none');
  rows.push('none <= 0');
  for (const p of people) {
    for (let s = 0; s < model.sessions; s += 1) {
      atMost(seatsFor(p, inSession(s)), 1);
      for (const t of model.overlapping[s]!) if (t > s) atMost(seatsFor(p, [...inSession(s), ...inSession(t)]), 1);
    }
    for (let day = 0; day < model.days; day += 1) {
      const sessions = [...model.dayOf.keys()].filter((s) => model.dayOf[s] === day);
      atMost(seatsFor(p, sessions.flatMap(inSession)), input.limits.dutiesPerDay);
    }
    runs(p);
  }
  function runs(p: number): void {
    const all = Array.from({ length: model.sessions }, (_, s) => s).flatMap((s) => seatsFor(p, inSession(s)));
    atMost(all, Math.max(input.limits.inARow - model.inARow[p]!, 0));
  }
  for (const [a, b] of input.apart) {
    const [i, j] = [a, b].map((id) => input.examiners.findIndex((e) => e.examinerId === id)) as [number, number];
    for (const seats of model.seatsOf) atMost([...seatsFor(i, seats), ...seatsFor(j, seats)], 1);
  }
  for (const panel of input.panels.keys()) returning(panel);
  function returning(panel: number): void {
    const marking = (at: number) => model.seatsOf[at]!.filter((seat) => model.seats[seat]!.role !== 'supervisor');
    const limit = mayReturnIn(input.panels[panel]!.seats, input.limits.newOneIn);
    const previous = model.previous[panel]!;
    const returned: string[] = [];
    for (const p of people) {
      const here = seatsFor(p, marking(panel));
      if (here.length === 0) continue;
      if (previous === -1) {
        if (model.before[panel]![p] === 1) returned.push(...here);
        continue;
      }
      const there = seatsFor(p, marking(previous));
      if (there.length === 0) continue;
      const y = `y${p}_${panel}`;
      names.push(y);
      rows.push(`${[...here, ...there].join(' + ')} - ${y} <= 1`);
      returned.push(y);
    }
    atMost(returned, limit);
  }
  const lines = rows.map((row, i) => ` c${i}: ${row}`);
  return `Minimize\n obj: none\nSubject To\n${lines.join('\n')}\nBinary\n ${names.join('\n ')}\nEnd\n`;
}
