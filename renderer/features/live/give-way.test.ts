import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calmMs, giveWay, type RecordingHealth, type Room, undisturbed } from './give-way.ts';

const well: RecordingHealth = { dropped: 0, suffers: false, waiting: 0 };

/** One look a second; answers with what live may take after each. */
function looks(healths: readonly RecordingHealth[]): Room[] {
  let state = undisturbed(0, 0);
  return healths.map((health, i) => {
    state = giveWay(state, health, (i + 1) * 1_000);
    return state.room;
  });
}
const times = (n: number, health: RecordingHealth): RecordingHealth[] => Array.from({ length: n }, () => health);

test('while recording does well, live has all', () => {
  expect(new Set(looks(times(60, well)))).toEqual(new Set(['all']));
});

test.each([
  ['a frame is let go', { ...well, dropped: 1 }],
  ['an encoder cannot keep up', { ...well, suffers: true }],
  ['fragments wait for the station', { ...well, waiting: 8 }],
])('%s: smaller at once', (_, health) => {
  expect(looks([well, health])).toEqual(['all', 'small']);
});

test('trouble that goes on pauses it; a step is given three seconds to show its effect', () => {
  expect(looks(times(6, { ...well, suffers: true }))).toEqual(['small', 'small', 'small', 'none', 'none', 'none']);
});

test('it comes back a step at a time, each after twenty calm seconds', () => {
  const rooms = looks([...times(4, { ...well, suffers: true }), ...times(60, well)]);
  expect(rooms.indexOf('none')).toBe(3);
  const calm = calmMs / 1_000;
  expect([rooms.indexOf('small', 4) - 3, rooms.indexOf('all') - 3]).toEqual([calm, 2 * calm]);
});

test('frames let go are counted anew when the recorders begin anew', () => {
  expect(looks([{ ...well, dropped: 5 }, ...times(25, { ...well, dropped: 5 }), well, well]).at(-1)).toBe('all');
});

test('live never grows while recording suffers', () => {
  const order: Room[] = ['none', 'small', 'all'];
  const health = fc.record({ dropped: fc.integer({ min: 0, max: 3 }), suffers: fc.boolean(), waiting: fc.nat(12) });
  fc.assert(
    fc.property(fc.array(health, { maxLength: 80 }), (healths) => {
      let state = undisturbed(0, 0);
      for (const [i, h] of healths.entries()) {
        const next = giveWay(state, h, i * 1_000);
        if (h.suffers) expect(order.indexOf(next.room)).toBeLessThanOrEqual(order.indexOf(state.room));
        state = next;
      }
    }),
  );
});
