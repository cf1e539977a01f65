import type { StationClient } from '../../../electron/contract/index.ts';
import type { Plan } from '../../../electron/features/plan/plan-schema.ts';
import { type ExamDay, PIN, S1 } from './day.ts';

/** Strokes of a specimen signature. */
export const STROKES: [number, number, number][][] = [
  [
    [100, 500, 0],
    [900, 500, 300],
  ],
];

/** The sample day as a theory session: no rubric, no panel. */
export const asTheory = (plan: Plan): Plan => ({
  ...plan,
  sessions: plan.sessions.map((s) => ({ ...s, part: 'theory', rubricId: null })),
  panels: [],
});

/** Two have come, and the session is over. */
export async function twoHaveSat(day: ExamDay): Promise<void> {
  for (const candidateId of ['C01', 'C02']) await admitByHand(day, candidateId);
  await day.moveTo(151);
  await day.lead.session.close({ sessionId: S1 });
}

/** Admits a candidate by two persons and a typed number, through the contract, where the door is not what is tested. */
export async function admitByHand(day: ExamDay, candidateId: string): Promise<void> {
  const { roomId, documentNumber, ticketNumber } = day.candidate(candidateId);
  const second = { staffId: await day.member('second'), pin: PIN };
  await day.lead.checkin.presentTicket({ roomId, text: ticketNumber });
  const { attemptId } = await day.lead.checkin.typeDocument({ roomId, documentNumber });
  await day.lead.checkin.admitByHand({
    attemptId,
    reason: 'no-card',
    note: '',
    checks: { sameAsDocumentPhoto: true, sameAsPlanPhoto: true, numberAgrees: true, documentValid: true },
    second,
  });
}

/** Lead and supervisor accept that whoever came was not filmed, where recording is not what is tested. The session is closed. */
export async function acceptShortVideo(day: ExamDay): Promise<void> {
  const { coverage } = day.lead;
  const second = { staffId: await day.member('supervisor'), pin: PIN };
  const reason = '样本：录像设备故障，监考全程在场';
  for (const { candidateId, verdict } of (await coverage.session({ sessionId: S1 })).candidates) {
    if (verdict === 'short') await coverage.accept({ candidateId, reason, pin: PIN, second });
  }
}

/** Every present candidate of the examiner's room gets full marks, less `less` tenths on the first item. */
async function markAll(station: StationClient, roomId: ExamDay['plan']['rooms'][number]['roomId'], less: number) {
  const where = { sessionId: S1, roomId };
  const { rows, rubric } = await station.scoring.sheet(where);
  for (const { anonymousNumber, versions } of rows) {
    for (const [i, { itemId, maxTenths }] of rubric.items.entries()) {
      const tenths = maxTenths - (i === 0 ? less : 0);
      await station.scoring.mark({ ...where, anonymousNumber, itemId, tenths, version: versions[itemId] ?? 0 });
    }
  }
  await station.scoring.lock(where);
}

/** The whole panels of the rooms mark, lock and sign, through the contract, where marking is not what is tested. */
export async function markAndSign(day: ExamDay, rooms: readonly string[]): Promise<void> {
  for (const panelRoom of rooms) {
    const seats = day.plan.panels.filter((seat) => seat.roomId === panelRoom && seat.duty !== 'reserve');
    const panel: StationClient[] = [];
    for (const { examinerId } of seats) panel.push(await day.person(examinerId));
    const [{ roomId } = { roomId: null }] = seats;
    if (roomId === null) throw new Error(`nobody marks in ${panelRoom}`);
    const where = { sessionId: S1, roomId };
    for (const [i, station] of panel.entries()) await markAll(station, roomId, i * 5);
    for (const station of panel) {
      const { state } = await station.scoring.sheet(where);
      if (state.kind !== 'revealed') throw new Error(`the panel of ${panelRoom} sees ${state.kind}`);
      await station.scoring.sign({ ...where, pin: PIN, strokes: STROKES, checkCode: state.checkCode });
    }
  }
}
