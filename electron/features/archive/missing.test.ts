import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliverBy, missingItems, type VolumeFacts } from './missing.ts';

type Room = VolumeFacts['rooms'][number];
const camera = { cameraId: 'K1', label: '全景', segments: 5, gaps: [] };
const room: Room = {
  roomId: '201',
  name: '201 考场',
  panel: 3,
  locked: 3,
  signed: 3,
  spreadOpen: [],
  needsMarks: true,
  unconfirmed: 0,
  rechecksOpen: [],
  inspectionsOpen: { undone: 0, unsigned: 0 },
  panelAgainst: [],
  cameras: [camera],
};
const whole: VolumeFacts = {
  rooms: [room],
  setAside: 0,
  supervisors: 1,
  supervisorRecords: { key: false, written: 0 },
  paper: { settled: true, rooms: [{ roomId: '201', name: '201 考场', expected: 4, pieces: 4 }] },
  gapLimitMs: 10_000,
};
const papers = (pieces: number): VolumeFacts['paper'] => ({
  settled: true,
  rooms: [{ roomId: '201', name: '201 考场', expected: 4, pieces }],
});
const withRoom = (change: Partial<Room>): VolumeFacts => ({ ...whole, rooms: [{ ...room, ...change }] });
const gap = (beginMs: number, endMs: number | null) =>
  withRoom({ cameras: [{ ...camera, gaps: [{ beginMs, endMs }] }] });

describe('missing items', () => {
  test.each<[string, VolumeFacts, string[]]>([
    ['nothing', whole, []],
    ['paper that was not counted', { ...whole, paper: { settled: false, rooms: [] } }, ['paper-not-counted:session']],
    ['fewer papers than candidates', { ...whole, paper: papers(3) }, ['paper-differs:201']],
    ['more papers than candidates', { ...whole, paper: papers(5) }, ['paper-differs:201']],
    [
      'no record of a supervisor who was there, and a key for it',
      { ...whole, supervisorRecords: { key: true, written: 0 } },
      ['no-supervisor-record:session'],
    ],
    [
      'no record, and no supervisor either',
      { ...whole, supervisors: 0, supervisorRecords: { key: true, written: 0 } },
      ['no-supervisor:session'],
    ],
    ['a camera without a segment', withRoom({ cameras: [{ ...camera, segments: 0 }] }), ['no-recording:K1']],
    ['a gap at the limit', gap(0, 10_000), []],
    ['a gap over the limit', gap(0, 10_001), ['gap:K1:0']],
    ['a gap that never ended', gap(7, null), ['gap:K1:7']],
    ['a sheet not locked', withRoom({ locked: 2, signed: 2 }), ['marks-not-locked:201']],
    ['a sheet not signed', withRoom({ signed: 2 }), ['marks-not-signed:201']],
    ['a panel that a rule forbids', withRoom({ panelAgainst: ['recusal.kin'] }), ['panel-unlawful:201']],
    ['a result not confirmed', withRoom({ unconfirmed: 2 }), ['not-confirmed:201']],
    [
      'a result missing in a room without a panel',
      withRoom({ panel: 0, locked: 0, signed: 0, unconfirmed: 1 }),
      ['not-confirmed:201'],
    ],
    ['no result because sheets are not signed', withRoom({ signed: 2, unconfirmed: 4 }), ['marks-not-signed:201']],
    ['a spread that leaves one open', withRoom({ spreadOpen: ['A01'], unconfirmed: 1 }), ['spread-open:201']],
    [
      'a spread, and another without a result',
      withRoom({ spreadOpen: ['A01'], unconfirmed: 2 }),
      ['spread-open:201', 'not-confirmed:201'],
    ],
    ['marks where none are needed', withRoom({ locked: 0, signed: 0, needsMarks: false }), []],
    ['a spread not settled', withRoom({ spreadOpen: ['A01', 'A03'] }), ['spread-open:201']],
    ['nobody who watched', { ...whole, supervisors: 0 }, ['no-supervisor:session']],
    ['re-checks not done', withRoom({ rechecksOpen: ['1 号工位', '4 号工位'] }), ['rechecks-not-done:201']],
    ['an inspection not on record', withRoom({ inspectionsOpen: { undone: 1, unsigned: 0 } }), ['inspection-open:201']],
    ['an inspection not signed', withRoom({ inspectionsOpen: { undone: 0, unsigned: 2 } }), ['inspection-open:201']],
    ['somebody set aside', { ...whole, setAside: 2 }, ['set-aside:session']],
  ])('%s', (_what, facts, expected) => {
    expect(missingItems(facts).map((m) => m.itemId)).toEqual(expected);
  });

  test('ids are unique and the same each time, so that a declaration finds its item again', () => {
    const cameras = fc.uniqueArray(
      fc.record({
        cameraId: fc.constantFrom('K1', 'K2', 'K3'),
        label: fc.string(),
        segments: fc.nat(2),
        gaps: fc.uniqueArray(fc.record({ beginMs: fc.nat(100_000), endMs: fc.option(fc.nat(200_000)) }), {
          selector: (g) => g.beginMs,
        }),
      }),
      { selector: (c) => c.cameraId },
    );
    const facts = fc.record({
      rooms: fc
        .tuple(cameras, fc.nat(3), fc.nat(3))
        .map(([c, locked, signed]) => [{ ...room, cameras: c, locked, signed }]),
      setAside: fc.nat(2),
      supervisors: fc.nat(2),
      supervisorRecords: fc.record({ key: fc.boolean(), written: fc.nat(1) }),
      paper: fc.record({
        settled: fc.boolean(),
        rooms: fc.nat(4).map((pieces) => [{ roomId: '201', name: '201 考场', expected: 4, pieces }]),
      }),
      gapLimitMs: fc.nat(20_000),
    });
    fc.assert(
      fc.property(facts, (f) => {
        const ids = missingItems(f).map((m) => m.itemId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(missingItems(structuredClone(f)).map((m) => m.itemId)).toEqual(ids);
      }),
    );
  });
});

describe('delivery', () => {
  // 2026-03-02 is a Monday.
  const at = (day: number, hour = 12) => new Date(2026, 2, day, hour).getTime();
  const dayOf = (ms: number) => new Date(ms).getDate();

  test.each([
    [2, 1, 3],
    [2, 5, 9],
    [6, 1, 9],
    [7, 1, 9],
    [8, 5, 13],
  ])('from the %ith, %i working days end on the %ith, at its last millisecond', (day, workingDays, expected) => {
    const by = deliverBy(at(day), workingDays);
    expect(dayOf(by)).toBe(expected);
    expect(dayOf(by + 1)).not.toBe(expected);
  });

  test('falls on a working day, later with more days, and the hour of the session is of no matter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.nat(23), fc.integer({ min: 1, max: 30 }), (day, hour, n) => {
        const by = deliverBy(at(day, hour), n);
        expect([0, 6]).not.toContain(new Date(by).getDay());
        expect(deliverBy(at(day, hour), n + 1)).toBeGreaterThan(by);
        expect(deliverBy(at(day, 0), n)).toBe(by);
      }),
    );
  });
});
