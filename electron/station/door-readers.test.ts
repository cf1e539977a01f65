import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DoorAt } from '../features/checkin/deps.ts';
import { DoorReaders } from './door-readers.ts';

const lane = (roomId: string, n = 1): DoorAt => ({ roomId, lane: n });

describe('one reader', () => {
  test('follows the lane opened last; a window that only asks again leaves it there', () => {
    const doors = new DoorReaders();
    doors.bind(lane('201'), ['R1'], false);
    expect(doors.bind(lane('202'), ['R1'], true)).toBe(false);
    expect(doors.bind(lane('201', 2), ['R1'], false)).toBe(true);
    expect([doors.readerOf(lane('201')), doors.readerOf(lane('201', 2))]).toEqual([null, 'R1']);
  });
});

describe('two readers', () => {
  test('each lane gets its own, in the order of the list; both stay where they are', () => {
    const doors = new DoorReaders();
    doors.bind(lane('201', 1), ['R1', 'R2'], true);
    doors.bind(lane('201', 2), ['R1', 'R2'], false);
    expect([doors.doorOf('R1'), doors.doorOf('R2')]).toEqual([lane('201', 1), lane('201', 2)]);
    expect(doors.bind(lane('201', 1), ['R2', 'R1'], false)).toBe(false);
  });

  test('a third lane takes the reader of the lane opened longest ago', () => {
    const doors = new DoorReaders();
    for (const room of ['201', '202', '203']) doors.bind(lane(room), ['R1', 'R2'], false);
    expect([doors.doorOf('R1'), doors.doorOf('R2')]).toEqual([lane('203'), lane('202')]);
  });

  test('readers that stand the other way round change places', () => {
    const doors = new DoorReaders();
    doors.bind(lane('201', 1), ['R1', 'R2'], false);
    doors.bind(lane('201', 2), ['R1', 'R2'], false);
    doors.place('R1', lane('201', 2));
    expect([doors.doorOf('R1'), doors.doorOf('R2')]).toEqual([lane('201', 2), lane('201', 1)]);
  });
});

test('however lanes open, readers go and are placed: a lane has one reader at most, and a reader one lane', () => {
  const lanes = [lane('201'), lane('201', 2), lane('202')];
  const all = ['R1', 'R2', 'R3'];
  const step = fc.record({
    act: fc.constantFrom('open', 'again', 'place', 'release'),
    lane: fc.constantFrom(...lanes),
    reader: fc.constantFrom(...all),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const doors = new DoorReaders();
      for (const { act, lane: at, reader } of steps) {
        if (act === 'place') doors.place(reader, at);
        else if (act === 'release') doors.release((readerId) => readerId !== reader);
        else doors.bind(at, all, act === 'again');
        const taken = all.flatMap((readerId) => {
          const door = doors.doorOf(readerId);
          return door ? [`${door.roomId}/${door.lane}`] : [];
        });
        expect(new Set(taken).size).toBe(taken.length);
        if (act === 'open') expect(doors.readerOf(at)).not.toBe(null);
      }
    }),
  );
});
