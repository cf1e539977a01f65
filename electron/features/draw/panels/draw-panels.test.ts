import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { drawBreaches } from './check-draw.ts';
import { drawFixture, type FixtureSize } from './draw-fixture.ts';
import { drawPanels, witnessOf } from './draw-panels.ts';

const seed = (n: number) => createHash('sha256').update(`specimen seed ${n}`).digest();

const size = fc.record({
  examiners: fc.integer({ min: 14, max: 44 }),
  rooms: fc.integer({ min: 1, max: 4 }),
  sessions: fc.integer({ min: 1, max: 4 }),
  panel: fc.constantFrom(1, 3, 5),
  eligiblePercent: fc.integer({ min: 30, max: 100 }),
  apartPerHundred: fc.integer({ min: 0, max: 60 }),
  sessionsOverlap: fc.boolean(),
  limits: fc.record({
    dutiesPerDay: fc.integer({ min: 1, max: 3 }),
    inARow: fc.integer({ min: 1, max: 4 }),
    newOneIn: fc.integer({ min: 0, max: 3 }),
  }),
}) satisfies fc.Arbitrary<FixtureSize>;

test('no drawn panel breaks any rule, by a checker that shares no code with the draw', () => {
  let drawnOnes = 0;
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), (s, name, n) => {
      const input = drawFixture(`any-${name}`, s);
      const drawn = drawPanels(input, seed(n));
      if (!drawn.ok) return;
      drawnOnes += 1;
      expect(drawBreaches(input, drawn.value)).toEqual([]);
      expect(drawn.value).toHaveLength(input.panels.reduce((sum, p) => sum + p.seats.length, 0));
    }),
    { numRuns: 120 },
  );
  expect(drawnOnes).toBeGreaterThan(20);
});

describe('the same on every machine', () => {
  const input = drawFixture('golden', { examiners: 60, rooms: 5, sessions: 3, panel: 3 });
  const hash = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
  const drawn = (n: number) => {
    const result = drawPanels(input, seed(n));
    if (!result.ok) throw new Error(result.error.code);
    return hash(result.value);
  };

  test('golden hashes of witness and draws', () => {
    const witness = witnessOf(input);
    expect({ witness: witness.ok && hash(witness.value), one: drawn(1), two: drawn(2) }).toMatchInlineSnapshot(`
      {
        "one": "651accc1428d60213d7f8eb94935e43d35063a695917d888b8321b6be9e9cfc8",
        "two": "a44dfe5183e4c40bd42a113dfdc8e563cb531d7bdb7016230eca68c55c79259f",
        "witness": "7a613f7a6290aa63ce1891c7bd49b6ba4263456de4af7fbcb7321f53ed7d3068",
      }
    `);
  });

  test('a seed draws the same twice, another seed another assignment', () => {
    expect(drawn(7)).toBe(drawn(7));
    expect(drawn(7)).not.toBe(drawn(8));
  });
});

describe('nobody is favoured', () => {
  const input = drawFixture('fair', {
    examiners: 36,
    rooms: 3,
    sessions: 3,
    panel: 3,
    eligiblePercent: 70,
    seniorPercent: 60,
  });
  const SEEDS = 400;
  const duties = new Map<string, number>();
  const leads = new Map<string, number>();
  for (let n = 0; n < SEEDS; n += 1) {
    const drawn = drawPanels(input, seed(n));
    if (!drawn.ok) throw new Error(drawn.error.code);
    for (const { examinerId, role } of drawn.value) {
      duties.set(examinerId, (duties.get(examinerId) ?? 0) + 1);
      if (role === 'lead') leads.set(examinerId, (leads.get(examinerId) ?? 0) + 1);
    }
  }
  const variation = (counts: ReadonlyMap<string, number>, ids: readonly string[]) => {
    const all = ids.map((id) => counts.get(id) ?? 0);
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    return Math.sqrt(all.reduce((sum, n) => sum + (n - mean) ** 2, 0) / all.length) / mean;
  };
  const supervisors = new Set<string>(input.panels.flatMap((p) => p.eligible.supervisor));

  // `npm run bench -- panel-draw` counts over 2,000 seeds; fewer seeds vary more by chance alone.
  test('duties of examiners vary by a few percent over the seeds', () => {
    const ids = input.examiners.map((e) => e.examinerId as string).filter((id) => !supervisors.has(id));
    expect(variation(duties, ids)).toBeLessThan(0.05);
  });
  test('so do lead duties among the seniors', () => {
    const seniors = [...new Set<string>(input.panels.flatMap((p) => p.eligible.lead))];
    expect(variation(leads, seniors)).toBeLessThan(0.1);
  });
});
