import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, OTHER_ROOM, openDoor, ROOM, S1 } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, type TestStation } from '../../../test/harness/open-station.ts';
import { drawableRooms, drawInspection } from './inspection-draw.ts';
import { PublishedInspection, verifyInspection } from './published-inspection.ts';

const root = (n: number) => n.toString(16).padStart(64, '0');
const wish = (n: number, changed: Partial<Parameters<typeof drawInspection>[0]> = {}) => ({
  root: root(n),
  sessionId: 'S1',
  nth: 1,
  rooms: ['201', '202', '203'],
  inspectors: ['SU-A', 'SU-B'],
  inside: (roomId: string) => Array.from({ length: 9 }, (_, i) => `${roomId}-C${i}`),
  count: 5,
  ...changed,
});

describe('the draw', () => {
  test('as many of those inside as the pack says, all where there are fewer, each once, and of that room alone', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 7 }), (n, present, count) => {
        const inside = (roomId: string) => Array.from({ length: present }, (_, i) => `${roomId}-C${i}`);
        const { roomId, candidateIds } = drawInspection(wish(n, { inside, count }));
        expect(candidateIds).toHaveLength(Math.min(present, count));
        expect(new Set(candidateIds).size).toBe(candidateIds.length);
        expect(candidateIds.filter((id) => !inside(roomId).includes(id))).toEqual([]);
      }),
    );
  });

  test('is the same in whatever order people put their lists, and another for another root, session or turn', () => {
    const drawn = drawInspection(wish(1));
    const turned = wish(1, { rooms: ['203', '201', '202'], inspectors: ['SU-B', 'SU-A'] });
    expect(drawInspection({ ...turned, inside: (r) => wish(1).inside(r).toReversed() })).toEqual(drawn);
    for (const other of [wish(2), wish(1, { sessionId: 'S2' }), wish(1, { nth: 2 })]) {
      expect(drawInspection(other)).not.toEqual(drawn);
    }
  });

  test('every room and every supervisor comes about as often as any other', () => {
    const rooms = new Map<string, number>();
    const inspectors = new Map<string, number>();
    for (let n = 0; n < 3_000; n += 1) {
      const { roomId, inspectorId } = drawInspection(wish(n));
      rooms.set(roomId, (rooms.get(roomId) ?? 0) + 1);
      inspectors.set(inspectorId, (inspectors.get(inspectorId) ?? 0) + 1);
    }
    // Five standard deviations about the mean: 26 of 1,000, 27 of 1,500.
    for (const n of rooms.values()) expect(Math.abs(n - 1_000)).toBeLessThan(130);
    for (const n of inspectors.values()) expect(Math.abs(n - 1_500)).toBeLessThan(137);
  });

  test('a vector that other tools can be held against', () => {
    expect(drawInspection(wish(7))).toMatchInlineSnapshot(`
      {
        "candidateIds": [
          "203-C5",
          "203-C2",
          "203-C8",
          "203-C1",
          "203-C6",
        ],
        "inspectorId": "SU-A",
        "roomId": "203",
      }
    `);
  });

  test('a room is not drawn again before all have been', () => {
    expect(drawableRooms(['203', '201', '202'], [])).toEqual(['201', '202', '203']);
    expect(drawableRooms(['203', '201', '202'], ['201', '203'])).toEqual(['202']);
    expect(drawableRooms(['203', '201'], ['201', '203'])).toEqual(['201', '203']);
  });
});

/** Three inside room 201, one in 202, and so many supervisors signed on. */
async function withPeople(supervisors = ['督导甲']): Promise<TestStation> {
  const st = await openTestStation();
  await openDoor(st);
  for (const id of ['C01', 'C02', 'C03', 'C07']) await admit(st, id);
  for (const name of supervisors) st.member('supervisor', name);
  return st;
}
const office = (st: TestStation) => st.as('site-lead').inspections;
const inOrder = (ids: readonly string[]) => ({
  candidates: ids.map((candidateId) => ({ candidateId: candidateId as never, verdict: 'in-order' as const })),
  room: { verdict: 'in-order' as const },
});

describe('an inspection', () => {
  test('is drawn once, by a supervisor who is there; the entry holds all that it was drawn from', async () => {
    const st = await withPeople();
    const drawn = await office(st).draw({ sessionId: S1 });
    expect(drawn).toMatchObject({
      nth: 1,
      inspectorName: '督导甲（样本）',
      from: { rooms: 2, inspectors: 1 },
      result: null,
      signed: null,
    });
    const people = drawn.roomId === ROOM ? ['C01', 'C02', 'C03'] : ['C07'];
    expect(drawn.candidates.map((c) => c.candidateId).toSorted()).toEqual(people);
    const entry = st.journal().at(-1)!;
    expect(entry).toMatchObject({
      event: 'inspections.drawn',
      seq: drawn.seq,
      data: { rooms: [ROOM, OTHER_ROOM], inspectors: ['S-督导甲'], present: people, size: drawn.seq, count: 5 },
    });
    // Until the one supervisor has put it on record there is no second draw to pick from.
    expect(await codeOf(office(st).draw({ sessionId: S1 }))).toBe('NO_INSPECTOR');
    expect(st.journal().at(-1)).toMatchObject({ event: 'inspections.draw-refused', data: { code: 'NO_INSPECTOR' } });
  });

  test('is repeated from its file, and a file in which somebody else stands is told', async () => {
    const st = await withPeople(['督导甲', '督导乙']);
    const { inspectionId } = await office(st).draw({ sessionId: S1 });
    const file = await office(st).published({ inspectionId });
    const published = PublishedInspection.parse(JSON.parse(file));
    expect(verifyInspection(published)).toEqual([{ question: 'drawn-again', passed: true, detail: '' }]);
    const other = published.inspectors.find((id) => id !== published.inspectorId)!;
    for (const forged of [
      { ...published, inspectorId: other },
      { ...published, candidateIds: published.candidateIds.slice(1) },
    ]) {
      expect(verifyInspection(forged)[0]!.passed).toBe(false);
    }
  });

  test('what was found is the drawn supervisor’s word by their PIN, of exactly those drawn; the lead signs it', async () => {
    const st = await withPeople();
    const { inspectionId, candidates, roomId } = await office(st).draw({ sessionId: S1 });
    const ids = candidates.map((c) => c.candidateId);
    const record = (result: object, pin = PIN) =>
      st.as('invigilator').inspections.record({ inspectionId, result: result as never, pin });
    expect(await codeOf(office(st).sign({ inspectionId, pin: PIN }))).toBe('NOT_RECORDED');
    expect(await codeOf(record({ ...inOrder(ids), candidates: [] }))).toBe('NOT_AS_DRAWN');
    expect(await codeOf(record(inOrder([...ids, 'C09'])))).toBe('NOT_AS_DRAWN');
    const finding = { candidateId: ids[0], verdict: 'finding' };
    const others = inOrder(ids.slice(1)).candidates;
    expect(await codeOf(record({ ...inOrder(ids), candidates: [finding, ...others] }))).toBe('WORDS_NEEDED');
    expect(await codeOf(record(inOrder(ids), '000000'))).toBe('WRONG_PIN');
    st.clock.advance(60_000);
    const said = { ...inOrder(ids), candidates: [{ ...finding, words: '准考证没带在身上' }, ...others] };
    expect((await record(said)).result!.candidates[0]).toEqual({ ...finding, words: '准考证没带在身上' });
    expect(await codeOf(record(said))).toBe('ALREADY_RECORDED');
    expect(st.journal().find((e) => e.event === 'inspections.recorded')).toMatchObject({
      data: { inspectionId, roomId, inspectorId: 'S-督导甲', result: { room: { verdict: 'in-order' } } },
    });
    const signed = await office(st).sign({ inspectionId, pin: PIN });
    expect(signed.signed).toEqual({ byName: st.member('site-lead').name, atMs: st.clock.wallMs() });
    expect(await codeOf(office(st).sign({ inspectionId, pin: PIN }))).toBe('ALREADY_SIGNED');
    const next = await office(st).draw({ sessionId: S1 });
    expect([next.nth, next.roomId === roomId]).toEqual([2, false]);
  });

  test('a room’s desk sees its own, the office all; nobody draws from an empty room or without a supervisor', async () => {
    const st = await withPeople([]);
    expect(await codeOf(office(st).draw({ sessionId: S1 }))).toBe('NO_INSPECTOR');
    st.member('supervisor', '督导甲');
    const { roomId } = await office(st).draw({ sessionId: S1 });
    const view = (room: string | null) =>
      st.as('invigilator').inspections.view({ sessionId: S1, roomId: room as never });
    expect((await view(null)).inspections).toHaveLength(1);
    expect((await view(roomId)).inspections).toHaveLength(1);
    expect((await view(roomId === ROOM ? OTHER_ROOM : ROOM)).inspections).toEqual([]);
    expect(await view(null)).toMatchObject({
      count: 5,
      free: [],
      rule: { source: '云人社通〔2022〕50号 第14条（参照）' },
    });
    const empty = await openTestStation();
    await openDoor(empty);
    empty.member('supervisor');
    expect(await codeOf(empty.as('site-lead').inspections.draw({ sessionId: S1 }))).toBe('NOBODY_INSIDE');
  });

  test('one that nobody put on record, or nobody signed, is to be declared at closing', async () => {
    const st = await withPeople();
    const { inspectionId, candidates, roomId } = await office(st).draw({ sessionId: S1 });
    const open = async () =>
      (await st.as('site-lead').archive.closing({ sessionId: S1 })).missing.filter((m) => m.code === 'inspection-open');
    expect(await open()).toMatchObject([
      { itemId: `inspection-open:${roomId}`, facts: { undone: '1', unsigned: '0' } },
    ]);
    const result = inOrder(candidates.map((c) => c.candidateId)) as never;
    await office(st).record({ inspectionId, result, pin: PIN });
    expect(await open()).toMatchObject([{ facts: { undone: '0', unsigned: '1' } }]);
    await office(st).sign({ inspectionId, pin: PIN });
    expect(await open()).toEqual([]);
  });
});
