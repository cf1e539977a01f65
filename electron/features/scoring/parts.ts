import type { PartPass } from '../plan/plan-schema.ts';
import type { Part, PartStanding, ResultKind } from './results-contract.ts';

/** Parts of the whole by level: technicians and above are reviewed too (occupation standards). */
export const partsOfLevel = (level: string): Part[] =>
  Number(level) <= 2 ? ['theory', 'skills', 'review'] : ['theory', 'skills'];

/**
 * The last day an earlier pass counts: so many months after it, the last of the month where that month is shorter.
 *
 * @param day  such as 2025-09-01
 */
export function lastValidDay(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const endOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  const at = new Date(Date.UTC(year, month - 1 + months, Math.min(date, endOfMonth)));
  return at.toISOString().slice(0, 10);
}

export interface PartFacts {
  level: string;
  /** Results of this person in sessions of the plan, for the same occupation and level. */
  results: readonly { part: Part; result: ResultKind }[];
  /** Earlier passes of this person for the same occupation and level. */
  passes: readonly Pick<PartPass, 'part' | 'passedOn' | 'source'>[];
  /** The day of the session that asks, such as 2026-03-01. */
  onDay: string;
  /** Rule pack: scoring.carry-over-months; 0 carries nothing over. */
  carryMonths: number;
}

/**
 * How a person stands in each part, and whether the whole is passed: every part either by a session of this plan or by
 * an earlier pass that is still valid on the day. A part that was sat now counts as it went now where it was passed; an
 * earlier pass is not lost by failing again.
 */
export function partStandings(f: PartFacts): { parts: PartStanding[]; qualified: boolean } {
  const parts = partsOfLevel(f.level).map((part): PartStanding => {
    const none = { part, passedOn: null, validUntil: null, source: null };
    const now = f.results.filter((r) => r.part === part).map((r) => r.result);
    if (now.includes('passed')) return { ...none, standing: 'passed' };
    const pass = f.passes.filter((p) => p.part === part).sort((a, b) => (a.passedOn < b.passedOn ? 1 : -1))[0];
    if (pass) {
      const validUntil = lastValidDay(pass.passedOn, f.carryMonths);
      const counts = f.carryMonths > 0 && validUntil >= f.onDay && pass.passedOn < f.onDay;
      const known = { part, passedOn: pass.passedOn, validUntil, source: pass.source };
      if (counts) return { ...known, standing: 'carried' };
      if (now.length === 0) return { ...known, standing: 'expired' };
    }
    // Whoever did not come has not failed: nothing is known of the part.
    if (now.every((r) => r === 'absent')) return { ...none, standing: 'none' };
    return { ...none, standing: now.includes('not-confirmed') ? 'open' : 'failed' };
  });
  return { parts, qualified: parts.every((p) => p.standing === 'passed' || p.standing === 'carried') };
}
