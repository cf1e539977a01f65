/** Share of the full marks each candidate earns, in per mille: C02 and C10 fall short of 60.0, C04 meets it exactly. */
const EARNED: Readonly<Record<string, number>> = { C02: 520, C04: 600, C10: 596 };

/**
 * What an examiner of the rehearsal gives for one item, in tenths. Two members of a panel differ by a few tenths from
 * the lead, so that a mean has to be taken; their sum stays far within the spread limit.
 */
export function intendedTenths(examinerId: string, candidateId: string, itemId: string, maxTenths: number): number {
  const person = Number(candidateId.slice(1));
  const earned = EARNED[candidateId] ?? 720 + ((person * 37) % 200);
  const base = Math.round((maxTenths * earned) / 1000);
  if (isSlip(examinerId, candidateId, itemId)) return Math.max(0, base - SLIP_TENTHS);
  if (isApart(examinerId, candidateId, itemId)) return Math.max(0, base - APART_TENTHS);
  const leanings = [0, 3, -3];
  const leaning = itemId === '5' ? leanings[(Number(examinerId.slice(1)) - 1) % 3]! : 0;
  return Math.max(0, Math.min(maxTenths, base + leaning));
}

/** Far enough apart that the spread goes to the lead. */
const APART_TENTHS = 150;
const SLIP_TENTHS = 10;

/** Whose marks lie apart: E03 has missed half of what C03 did in item 5. */
export const APART = { roomId: '201', examinerId: 'E03', candidateId: 'C03', itemId: '5' } as const;
/** A mark written down wrong: E02 slips by one in item 1 of C01. */
export const SLIP = { roomId: '201', examinerId: 'E02', candidateId: 'C01', itemId: '1' } as const;

const isThat =
  (that: { examinerId: string; candidateId: string; itemId: string }) =>
  (examinerId: string, candidateId: string, itemId: string): boolean =>
    that.examinerId === examinerId && that.candidateId === candidateId && that.itemId === itemId;
const isApart = isThat(APART);
const isSlip = isThat(SLIP);

/** What the mark should have been. */
export const slipCorrected = (written: number): number => written + SLIP_TENTHS;
