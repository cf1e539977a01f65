import { type ExamDay, PIN, S1 } from './day.ts';

/** Strokes of a specimen signature. */
export const STROKES: [number, number, number][][] = [
  [
    [100, 500, 0],
    [900, 500, 300],
  ],
];

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
