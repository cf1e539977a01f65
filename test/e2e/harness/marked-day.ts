import type { StationClient } from '../../../electron/contract/index.ts';
import type { Plan } from '../../../electron/features/plan/plan-schema.ts';
import { WorkstationId } from '../../../electron/lib/ids.ts';
import { type ExamDay, PIN, ROOM, S1 } from './day.ts';
import { acceptShortVideo, admitByHand, STROKES } from './short-cuts.ts';

/** Everybody in one room, so that its panel marks enough people for figures. */
export const inOneRoom = (plan: Plan): Plan => ({
  ...plan,
  workstations: [
    ...plan.workstations,
    ...Array.from({ length: 6 }, (_, i) => ({
      workstationId: WorkstationId.parse(`201-${i + 7}`),
      roomId: ROOM,
      label: `${i + 7} 号工位`,
    })),
  ],
  candidates: plan.candidates.map((c, i) => ({
    ...c,
    roomId: ROOM,
    workstationId: WorkstationId.parse(`201-${i + 1}`),
  })),
});
export const PANEL = ['E01', 'E02', 'E03'];
/** Tenths that each examiner leaves off beside the others: the third is five marks stricter. */
const LESS = [0, 5, 55];

/** One examiner's marks for everybody, then the lock. */
async function mark(client: StationClient, less: number): Promise<void> {
  const where = { sessionId: S1, roomId: ROOM };
  const { rows, rubric } = await client.scoring.sheet(where);
  for (const [n, { anonymousNumber, versions }] of rows.entries()) {
    // Candidates differ by some marks, and each examiner wavers a little.
    const off = less + 12 * n + ((n * 7 + less) % 4) * 5;
    for (const [i, { itemId, maxTenths }] of rubric.items.entries()) {
      const share = Math.round(off / rubric.items.length) + (i === 0 ? off % rubric.items.length : 0);
      const tenths = Math.max(0, maxTenths - 5 * Math.round(share / 5));
      await client.scoring.mark({ ...where, anonymousNumber, itemId, tenths, version: versions[itemId] ?? 0 });
    }
  }
  await client.scoring.lock(where);
}

/** All twelve came, the session is over, its want of video accepted, three examiners of different severity have marked and signed. */
export async function markedDay(day: ExamDay): Promise<void> {
  for (const { candidateId } of day.plan.candidates) await admitByHand(day, candidateId);
  await day.moveTo(151);
  await day.lead.session.close({ sessionId: S1 });
  await acceptShortVideo(day);
  const panel = await Promise.all(PANEL.map((id) => day.person(id)));
  for (const [i, client] of panel.entries()) await mark(client, LESS[i]!);
  const where = { sessionId: S1, roomId: ROOM };
  for (const client of panel) {
    const { state } = await client.scoring.sheet(where);
    if (state.kind !== 'revealed') throw new Error(state.kind);
    await client.scoring.sign({ ...where, pin: PIN, strokes: STROKES, checkCode: state.checkCode });
  }
}
