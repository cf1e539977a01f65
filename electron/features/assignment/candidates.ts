import type { ReadDb } from '../../db/database.ts';
import type { SeatCandidate } from './contract.ts';
import { drawOrder } from './draw-order.ts';
import { findingsAbout } from './evaluate-room.ts';
import type { Ground } from './facts.ts';
import { broughtBy, panelNow, shown, withSeat } from './judge.ts';
import { type SeatDuty, verdictOf } from './rules.ts';

/**
 * For a seat, everybody who is on file, in the order of the draw: who can, who cannot, and why. Nobody is left out, since
 * leaving people out breeds suspicion; who sits in this panel already is the one exception.
 */
export function seatCandidates(
  db: ReadDb,
  ground: Ground,
  { roomId, duty, replacing }: { roomId: string; duty: SeatDuty; replacing: string | null },
): SeatCandidate[] {
  const { book } = ground;
  const now = panelNow(ground, roomId);
  const rest = now.filter((p) => p.examinerId !== replacing);
  const before = findingsAbout(ground, roomId, rest);
  const order = drawOrder(db, ground, roomId);
  const site = book.plan.site.siteId;
  return order
    .filter(({ examinerId }) => !now.some((p) => p.examinerId === examinerId))
    .map(({ examinerId, place }) => {
      const panel = withSeat(rest, { examinerId, duty }, null);
      const findings = broughtBy(ground, roomId, panel, { before, after: findingsAbout(ground, roomId, panel) });
      const dossier = ground.dossiers.get(examinerId);
      const served = (dossier?.served ?? []).toSorted((a, b) => a.startsAtMs - b.startsAtMs);
      const elsewhere = served.findLastIndex((s) => s.siteId !== site);
      return {
        examinerId,
        name: book.examiner(examinerId)?.name ?? examinerId,
        grade: dossier?.grade ?? null,
        place,
        verdict: verdictOf(findings),
        findings: findings.map((f) => shown(ground, f)),
        inARow: served.length - elsewhere,
      };
    });
}
