import type { Appraisal } from './store.ts';

/** What was said last by each of the two about one session. */
export function lastWords(appraisals: readonly Appraisal[]): Appraisal[] {
  return [...Map.groupBy(appraisals, (a) => `${a.sessionId} ${a.byRole}`).values()].map((of) => of.at(-1)!);
}

/**
 * What the year's appraisal in the dossier (年度考核) is to say after a session's two appraisals; null: nothing new.
 *
 * unfit where lead and supervisor both said so; fit where both said that and the year has no result yet. One voice alone, or
 * two that differ, leave it to whoever keeps the dossier. How sessions make a year no official rule says: the station's own,
 * and a person may change the dossier with a reason.
 *
 * @param words  the last word of each of the two about the session
 * @param onFile  the year's result in the dossier now
 */
export function annualResult(words: readonly Appraisal[], onFile: 'fit' | 'unfit' | null): 'fit' | 'unfit' | null {
  if (new Set(words.map((a) => a.byRole)).size < 2) return null;
  const results = new Set(words.map((a) => a.result));
  if (results.size > 1) return null;
  const [result] = results;
  if (result === 'unfit') return onFile === 'unfit' ? null : 'unfit';
  return onFile === null ? 'fit' : null;
}
