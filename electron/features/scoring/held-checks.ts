import { newId } from '../../lib/new-id.ts';
import type { ScoringDeps } from './open-sheet.ts';

const KEPT_MS = 30 * 60_000;
const MOST = 8;

/** A file that was read and found good, until somebody adopts it. */
export interface HeldCheck {
  what: 'theory' | 'rubrics' | 'part-passes';
}

export type HeldChecks = Map<string, { atMs: number; held: HeldCheck }>;

type Deps = Pick<ScoringDeps, 'checks' | 'clock'>;

/** Keeps a check for half an hour, the last few only. */
export function holdCheck(deps: Deps, held: HeldCheck): string {
  const checkId = newId('CHECK');
  deps.checks.set(checkId, { atMs: deps.clock.monotonicMs(), held });
  for (const old of [...deps.checks.keys()].slice(0, -MOST)) deps.checks.delete(old);
  return checkId;
}

/** The check, once; null where it has expired or is of another kind. It stays until it expires: a wrong PIN may come first. */
export function takeCheck<H extends HeldCheck>(deps: Deps, checkId: string, what: H['what']): H | null {
  const found = deps.checks.get(checkId);
  if (!found || found.held.what !== what || deps.clock.monotonicMs() - found.atMs > KEPT_MS) return null;
  return found.held as H;
}
