import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, identify, openDoor, pinOf, ROOM, S1, showFace } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PASSPHRASE, type TestStation } from '../../../test/harness/open-station.ts';
import { merkleRoot } from '../../journal/merkle.ts';
import type { CandidateId } from '../../lib/ids.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { drawingRooms, freeWorkstations, seatOrder } from './rules.ts';

const DRAWING = ['C01', 'C02', 'C03'];
/** Three of room 201 draw; a seventh workstation there is planned for nobody. */
const withDraw = (plan: Plan): Plan => ({
  ...plan,
  workstations: [...plan.workstations, { workstationId: '201-9' as never, roomId: ROOM, label: '9 号工位' }],
  candidates: plan.candidates.map((c) => (DRAWING.includes(c.candidateId) ? { ...c, workstationId: null } : c)),
});
async function opened(): Promise<TestStation> {
  const st = await openTestStation({ plan: withDraw });
  await openDoor(st);
  return st;
}
const seedOf = (st: TestStation) => {
  const entry = st.journal().find((e) => e.event === 'seating.seed-recorded')!;
  return {
    seq: entry.seq,
    ...(entry.data as { size: number; root: string; rooms: { roomId: string; free: string[] }[] }),
  };
};
const labelOf = (st: TestStation, id: string) => st.plan.workstations.find((w) => w.workstationId === id)!.label;

describe('which are free', () => {
  test('what stands in the room and is planned for nobody of the session, in order of ids', () => {
    const plan = {
      workstations: [
        { workstationId: 'B-2', roomId: 'B' },
        { workstationId: 'A-3', roomId: 'A' },
        { workstationId: 'A-10', roomId: 'A' },
        { workstationId: 'A-1', roomId: 'A' },
      ],
      candidates: [
        { roomId: 'A', workstationId: 'A-1' },
        { roomId: 'A', workstationId: null },
      ],
    };
    expect(freeWorkstations(plan, 'A')).toEqual(['A-10', 'A-3']);
    expect(freeWorkstations(plan, 'B')).toEqual(['B-2']);
    expect(drawingRooms(plan)).toEqual(['A']);
  });

  test('every order gives each once, another room or session another order', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `W${i}`);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const root = Buffer.from(bytes).toString('hex');
        const order = seatOrder(root, 'S1', '201', ids);
        expect(order.toSorted()).toEqual(ids.toSorted());
        expect(seatOrder(root, 'S1', '201', ids)).toEqual(order);
      }),
    );
    const of = (session: string, room: string) => seatOrder('00'.repeat(32), session, room, ids).join();
    expect(new Set([of('S1', '201'), of('S1', '202'), of('S2', '201')]).size).toBe(3);
  });
});

describe('the draw at admission', () => {
  test('the seed is the journal’s root at the opening, recorded once', async () => {
    const st = await opened();
    const seed = seedOf(st);
    expect(seed.size).toBe(seed.seq);
    const leaves = st.station.journal.leaves(seed.size);
    const hashes = Array.from({ length: seed.size }, (_, i) => leaves.subarray(i * 32, i * 32 + 32));
    expect(seed.root).toBe(Buffer.from(merkleRoot(hashes)).toString('hex'));
    expect(seed.rooms).toEqual([{ roomId: '201', free: ['201-1', '201-2', '201-3', '201-9'] }]);
    expect(st.journal().filter((e) => e.event === 'seating.seed-recorded')).toHaveLength(1);
  });

  test('no plan without such candidates has a seed', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    expect(st.journal().some((e) => e.event.startsWith('seating.'))).toBe(false);
  });

  test('the k-th to be admitted gets the k-th of the order; before that nothing is shown', async () => {
    const st = await opened();
    const { root, rooms } = seedOf(st);
    const order = seatOrder(root, S1, ROOM, rooms[0]!.free);
    const door = st.as('door').checkin;
    for (const [k, id] of ['C03', 'C01', 'C02'].entries()) {
      const before = await identify(st, id);
      expect(before.place?.seat).toBe('');
      const seen = await showFace(st, before, id);
      const closed = await door.admit({ attemptId: seen.attemptId });
      expect(closed.place?.seat).toBe(labelOf(st, order[k]!));
      expect(st.journal().slice(-2)).toMatchObject([
        {
          event: 'seating.drawn',
          data: { candidateId: id, place: k + 1, workstationId: order[k], attemptId: closed.attemptId },
        },
        { event: 'checkin.admitted', data: { candidateId: id, seat: labelOf(st, order[k]!) } },
      ]);
    }
    // Everybody who shows a seat shows the drawn one; who had one in the plan has kept it.
    await admit(st, 'C04');
    const rows = await door.list({ sessionId: S1 });
    const seatOf = (id: string) => rows.find((r) => r.candidateId === id)!.seat;
    expect(seatOf('C03')).toBe(labelOf(st, order[0]!));
    expect(seatOf('C04')).toBe('4 号工位');
    const { matches } = await door.lookUp({ roomId: ROOM, tail: st.candidate('C03').documentNumber.slice(-4) });
    expect(matches.find((m) => m.candidateId === 'C03')?.seat).toBe(labelOf(st, order[0]!));
    const { people } = await st.as('invigilator').presence.room({ roomId: ROOM });
    expect(people.find((p) => p.candidateId === 'C03')?.seat).toBe(labelOf(st, order[0]!));
    const panel = st.plan.panels.find((p) => p.roomId === ROOM && p.duty !== 'reserve')!;
    const sheet = await st.examiner(panel.examinerId).scoring.sheet({ sessionId: S1, roomId: ROOM });
    expect(sheet.rows.map((r) => r.seat).toSorted()).toEqual(['C01', 'C02', 'C03', 'C04'].map(seatOf).toSorted());
  });

  test('a drawn workstation stays theirs when the admission is taken back, and after a restart', async () => {
    const st = await opened();
    const first = await admit(st, 'C01');
    const lead = pinOf(st, 'site-lead');
    await st.as('door').checkin.undoAdmission({ candidateId: 'C01' as CandidateId, reason: '样本', lead });
    await st.restart(PASSPHRASE);
    const again = await admit(st, 'C01');
    expect(again.place?.seat).toBe(first.place?.seat);
    expect(st.station.db.prepare('SELECT count(*) AS n FROM drawn_seats').get()).toEqual({ n: 1 });
    expect(() => st.station.db.prepare('DELETE FROM drawn_seats').run()).toThrow('never deleted');
  });

  test('who is not admitted draws nothing', async () => {
    const st = await opened();
    const { attemptId } = await showFace(st, await identify(st, 'C01'), 'C05');
    expect(await codeOf(st.as('door').checkin.admit({ attemptId }))).toBe('NOT_ALLOWED');
    await st.as('door').checkin.setAside({ attemptId });
    expect(st.journal().some((e) => e.event === 'seating.drawn')).toBe(false);
  });
});
