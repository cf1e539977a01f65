import loadHighs from 'highs';
import { beforeAll, expect, test } from 'vitest';
import { seededOrder } from '../seeded-order.ts';
import { drawFixture, type FixtureSize } from './draw-fixture.ts';
import { witnessOf } from './draw-panels.ts';
import { drawAsProgram } from './referee-milp.ts';

let solve: (program: string) => { Status: string };
beforeAll(async () => {
  // Its types declare a default export that is not callable under this module resolution.
  const load = loadHighs as unknown as () => Promise<{ solve(program: string): { Status: string } }>;
  const highs = await load();
  solve = (program) => highs.solve(program);
});

/** Sizes near the border: about as many duties wanted as there are to give. */
function borderCase(n: number): { name: string; size: FixtureSize } {
  const chance = seededOrder(Buffer.from(`border ${n}`), 'referee');
  const rooms = 1 + chance.below(3);
  const sessions = 1 + chance.below(3);
  const panel = [1, 3][chance.below(2)]!;
  const limits = { dutiesPerDay: 1 + chance.below(2), inARow: 1 + chance.below(3), newOneIn: chance.below(4) };
  const wanted = (rooms * (panel + 1) * sessions) / limits.dutiesPerDay;
  const examiners = Math.max(4, Math.ceil(wanted * (1.1 + chance.below(110) / 100)));
  const size = {
    examiners,
    rooms,
    sessions,
    panel,
    limits,
    eligiblePercent: 40 + chance.below(60),
    supervisorPercent: Math.ceil(100 / (panel + 1)),
    seniorPercent: 60,
    apartPerHundred: chance.below(50),
    sessionsOverlap: chance.below(3) === 0,
  };
  return { name: `border-${n}`, size };
}

test('where no lawful assignment is found, a solver finds none either; and the other way round', () => {
  const seen = { feasible: 0, infeasible: 0 };
  const differing: string[] = [];
  for (let n = 0; n < 120; n += 1) {
    const { name, size } = borderCase(n);
    const input = drawFixture(name, size);
    const { Status } = solve(drawAsProgram(input));
    const feasible = Status === 'Optimal';
    seen[feasible ? 'feasible' : 'infeasible'] += 1;
    if (witnessOf(input).ok !== feasible) differing.push(`${name} ${JSON.stringify(size)}: solver ${Status}`);
  }
  expect(differing).toEqual([]);
  expect(Math.min(seen.feasible, seen.infeasible)).toBeGreaterThan(20);
});
