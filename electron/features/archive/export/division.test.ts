import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MediumPlan, type Place, partName, partOf, planMedium } from './division.ts';

const MIB = 1024 * 1024;
const files = (...sizes: number[]): Map<string, number> =>
  new Map([
    ['bagit.txt', 55],
    ...sizes.map((size, i): [string, number] => [`data/video/${String(i).padStart(4, '0')}.age`, size]),
  ]);
const wide = { maxFileBytes: null, blockBytes: 4096, room: 1e12 };
const shown = ({ units }: MediumPlan) => units.map((u) => [u.name, u.from, u.to]);

describe('what goes onto a medium', () => {
  test('whole files where nothing forbids them', () => {
    const plan = planMedium(files(10, 0, 5 * 2 ** 32), null, wide, false);
    expect(shown(plan)).toEqual([
      ['bagit.txt', 0, 55],
      ['data/video/0000.age', 0, 10],
      ['data/video/0001.age', 0, 0],
      ['data/video/0002.age', 0, 5 * 2 ** 32],
    ]);
    expect(plan.until).toBeNull();
  });

  test('FAT takes a file of 4 GiB less one byte whole, and one of 4 GiB in parts', () => {
    const fat = { ...wide, maxFileBytes: 2 ** 32 - 1 };
    const part = 2 ** 32 - 65_536;
    expect(shown(planMedium(files(2 ** 32 - 1), null, fat, false)).slice(1)).toEqual([
      ['data/video/0000.age', 0, 2 ** 32 - 1],
    ]);
    expect(shown(planMedium(files(2 ** 32), null, fat, false)).slice(1)).toEqual([
      ['data/video/0000.age.from-0000000000000', 0, part],
      ['data/video/0000.age.from-0004294901760', part, 2 ** 32],
    ]);
  });

  test('a file is left whole for the next medium, and cut only where it is larger than the whole medium', () => {
    const small = { ...wide, room: 10 * MIB };
    const first = planMedium(files(6 * MIB, 6 * MIB), null, small, true);
    expect([shown(first).slice(1), first.until]).toEqual([
      [['data/video/0000.age', 0, 6 * MIB]],
      { path: 'data/video/0001.age', byte: 0 },
    ]);
    const cut = planMedium(files(20 * MIB), null, small, true);
    expect(cut.units.at(-1)).toMatchObject({ name: partName('data/video/0000.age', 0), from: 0 });
    expect(cut.until?.byte).toBeGreaterThan(8 * MIB);
    expect(planMedium(files(6 * MIB, 6 * MIB), null, small, false).neededBytes).toBeGreaterThan(10 * MIB);
  });

  test('where not even a byte fits, the medium gets nothing of the payload', () => {
    const plan = planMedium(files(10), null, { ...wide, room: 0 }, true);
    expect([plan.units.length, plan.until]).toEqual([1, { path: 'data/video/0000.age', byte: 0 }]);
  });
});

test('over however many media of whatever sizes, every byte goes once, in order, and each medium has room for what it gets', () => {
  const medium = fc.record({
    maxFileBytes: fc.option(fc.integer({ min: 65_536, max: 4 * MIB }), { nil: null }),
    blockBytes: fc.constantFrom(512, 4096, 32_768),
    room: fc.integer({ min: 2 * MIB, max: 8 * MIB }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 * MIB }), { maxLength: 8 }),
      fc.array(medium, { minLength: 1 }),
      (sizes, media) => {
        const all = files(...sizes);
        const reached = new Map([...all].map(([path]) => [path, 0]));
        let after: Place | null = null;
        for (let n = 0; n < 200; n += 1) {
          const at = media[n % media.length]!;
          const plan: MediumPlan = planMedium(all, after, at, true);
          expect(plan.neededBytes).toBeLessThanOrEqual(at.room);
          for (const u of plan.units.filter((u) => u.path.startsWith('data/'))) {
            expect(u.from).toBe(reached.get(u.path));
            expect(u.name === u.path || partOf(u.name)?.byte === u.from).toBe(true);
            expect(u.to - u.from).toBeLessThanOrEqual(at.maxFileBytes ?? Number.POSITIVE_INFINITY);
            reached.set(u.path, u.to);
          }
          after = plan.until;
          if (after === null) break;
        }
        expect(after).toBeNull();
        reached.set('bagit.txt', 55);
        expect(reached).toEqual(all);
      },
    ),
  );
});
