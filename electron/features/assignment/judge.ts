import type { Violation } from '../examiners/violation.ts';
import { clauseOf } from '../rules/rule-values.ts';
import type { ShownFinding } from './contract.ts';
import type { Ground } from './facts.ts';
import { findingsOfChange, mayReturn, type SeatDuty, seatsWanted } from './rules.ts';
import type { AssignedSeat } from './store.ts';

/** How many seats a room has now: as many as are wanted, and never fewer than are taken. */
export function seatsOf({ book, session, limits }: Ground, roomId: string, taken: number): number {
  const candidates = book.candidatesOf(session.sessionId, roomId).length;
  const planned = book.plannedPanel(session.sessionId, roomId).length;
  return Math.max(seatsWanted(candidates, limits.panel, planned), taken);
}

/** The panel in force in a room, as assigned seats. */
export const panelNow = ({ book, session }: Ground, roomId: string): AssignedSeat[] =>
  book
    .panel(session.sessionId, roomId)
    .flatMap(({ examinerId, duty }) => (duty === 'reserve' ? [] : [{ examinerId, duty }]));

/** The panel after somebody has taken a seat, or the place of somebody; lead first. */
export function withSeat(
  panel: readonly AssignedSeat[],
  seat: { examinerId: string; duty: SeatDuty },
  replacing: string | null,
): AssignedSeat[] {
  const at = panel.findIndex((p) => p.examinerId === replacing);
  const next = at === -1 ? [...panel, seat as AssignedSeat] : panel.with(at, seat as AssignedSeat);
  return next.toSorted((a, b) => Number(b.duty === 'lead') - Number(a.duty === 'lead'));
}

/**
 * Of what is found about a panel after a change, only what the change brings.
 *
 * @param before  what is found about the panel without whom the change concerns
 */
export function broughtBy(
  ground: Ground,
  roomId: string,
  panel: readonly AssignedSeat[],
  { before, after }: { before: readonly Violation[]; after: readonly Violation[] },
): Violation[] {
  const seats = seatsOf(ground, roomId, panel.length);
  const sat = ground.before.get(roomId) ?? [];
  return findingsOfChange(before, after, {
    openSeats: seats - panel.length,
    returning: panel.filter((p) => sat.includes(p.examinerId)).length,
    mayReturn: sat.length === 0 ? seats : mayReturn(seats, ground.limits.newOneIn),
  });
}

/** A finding with its clause's sentence and source, as a person reads it. */
export function shown({ pack }: Pick<Ground, 'pack'>, finding: Violation): ShownFinding {
  const { text, source, article } = clauseOf(pack, finding.ruleId);
  return { ...finding, text, source: article === '' ? source : `${source} ${article}` };
}
