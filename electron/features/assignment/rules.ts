import { canonicalJson } from '../../lib/canonical-json.ts';
import type { PanelSize } from '../examiners/panel.ts';
import type { Violation } from '../examiners/violation.ts';

/** A place in a panel: the lead's, or a member's. */
export type SeatDuty = 'lead' | 'member';

/**
 * How many examiners a room needs: by the rule pack, and never fewer than the plan foresaw.
 *
 * @param planned  size of the plan's panel
 */
export function seatsWanted(candidates: number, size: PanelSize, planned: number): number {
  const byRule = Math.max(size.least, Math.ceil(candidates / size.candidatesEach));
  const odd = size.odd && byRule % 2 === 0 ? byRule + 1 : byRule;
  return Math.max(odd, planned);
}

/** Findings that say no more than that the panel is not complete yet, while it is not. */
const UNTIL_FULL: ReadonlySet<string> = new Set(['panel.size', 'panel.odd', 'panel.lead']);

const keyOf = ({ ruleId, examinerId, facts }: Violation): string => canonicalJson([ruleId, examinerId, facts]);

/** Whether two findings are the same: of the same rule, about the same person, resting on the same facts. */
export const sameFinding = (a: Violation, b: Violation): boolean => keyOf(a) === keyOf(b);

/**
 * What a change of a panel brings that was not so before. What only says that seats are still open is left out while
 * they are; so is a lack of new people, as long as the open seats can still make up for it.
 *
 * @param openSeats  seats still open after the change
 * @param returning  examiners of the panel who sat in the one before
 * @param mayReturn  how many may, of the full panel
 */
export function findingsOfChange(
  before: readonly Violation[],
  after: readonly Violation[],
  { openSeats, returning, mayReturn }: { openSeats: number; returning: number; mayReturn: number },
): Violation[] {
  return after.filter((v) => {
    if (UNTIL_FULL.has(v.ruleId)) return openSeats === 0;
    if (v.ruleId === 'panel.turnover') return openSeats === 0 || returning > mayReturn;
    return !before.some((b) => sameFinding(b, v));
  });
}

/** Of a panel's examiners at least one in `newOneIn` is new, rounded up; so many may be from the panel before. */
export const mayReturn = (size: number, newOneIn: number): number =>
  newOneIn === 0 ? size : size - Math.ceil(size / newOneIn);

const DAY_MS = 24 * 3600_000;

/** Whether a session is of about this moment: who signs on then signs on for it. */
export const isAbout = (session: { startsAtMs: number; endsAtMs: number }, nowMs: number): boolean =>
  session.startsAtMs - nowMs < DAY_MS && nowMs - session.endsAtMs < DAY_MS;

/** can = 能派, warn = 提醒 (for a reason), cannot = 不能派. */
export type Verdict = 'can' | 'warn' | 'cannot';

export const verdictOf = (findings: readonly Violation[]): Verdict =>
  findings.some((f) => f.severity === 'block') ? 'cannot' : findings.length > 0 ? 'warn' : 'can';

/**
 * Who in the order of the draw could take the seat and is passed over for somebody further down; null where nobody is.
 *
 * @param inOrder  candidates for the seat, first drawn first; who is not in the draw comes after all who are
 */
export function passedOver(
  inOrder: readonly { examinerId: string; verdict: Verdict; drawn: boolean }[],
  chosenId: string,
): string | null {
  const first = inOrder.find((c) => c.drawn && (c.verdict === 'can' || c.examinerId === chosenId));
  return first === undefined || first.examinerId === chosenId ? null : first.examinerId;
}
