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
  const leanings = [0, 3, -3];
  const leaning = itemId === '5' ? leanings[(Number(examinerId.slice(1)) - 1) % 3]! : 0;
  return Math.max(0, Math.min(maxTenths, base + leaning));
}
