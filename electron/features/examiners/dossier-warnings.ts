import type { DossierList } from './assignment-facts.ts';
import type { DossierRecord } from './dossier-record.ts';

/** What a person should look at in a dossier before anybody is assigned by it; `stop` keeps the examiner off any panel. */
export type DossierWarning =
  | { code: 'no-dossier'; level: 'look' }
  | { code: 'excluded'; level: 'stop' }
  | { code: 'suspended'; level: 'stop' }
  | { code: 'card-expired'; level: 'stop'; day: string }
  | { code: 'card-expiring'; level: 'look'; day: string; days: number }
  | { code: 'card-not-known'; level: 'look' }
  | { code: 'appraisal-unfit'; level: 'stop'; year: number }
  | { code: 'appraisal-missing'; level: 'look'; year: number }
  | { code: 'hours-short'; level: 'look'; year: number; hours: number; wanted: number }
  | { code: 'not-verified'; level: 'look'; lists: DossierList[] };

/** A card takes some weeks to renew: from here on it is said. The station's own choice, no rule. */
const EXPIRING_DAYS = 60;

/**
 * @param today  calendar day at the site
 * @param hoursWanted  hours of training asked for in the year before; 0 where none is asked
 */
export function dossierWarnings(r: DossierRecord, today: string, hoursWanted: number): DossierWarning[] {
  const found: DossierWarning[] = [];
  if (r.pool === 'excluded' || r.pool === 'suspended') found.push({ code: r.pool, level: 'stop' });
  const { cardUntil } = r;
  if (cardUntil === null || r.cardFrom === null) found.push({ code: 'card-not-known', level: 'look' });
  if (cardUntil !== null) {
    const days = Math.round((Date.parse(cardUntil) - Date.parse(today)) / 86_400_000);
    if (days < 0) found.push({ code: 'card-expired', level: 'stop', day: cardUntil });
    else if (days <= EXPIRING_DAYS) found.push({ code: 'card-expiring', level: 'look', day: cardUntil, days });
  }
  const lastYear = Number(today.slice(0, 4)) - 1;
  const appraisal = r.appraisals.filter((a) => a.year <= lastYear).sort((a, b) => b.year - a.year)[0];
  if (appraisal?.result === 'unfit') found.push({ code: 'appraisal-unfit', level: 'stop', year: appraisal.year });
  else if (appraisal?.year !== lastYear) found.push({ code: 'appraisal-missing', level: 'look', year: lastYear });
  const hours = r.trainingHours.filter((t) => t.year === lastYear).reduce((sum, t) => sum + t.hours, 0);
  if (hours < hoursWanted)
    found.push({ code: 'hours-short', level: 'look', year: lastYear, hours, wanted: hoursWanted });
  if (r.incomplete.length > 0) found.push({ code: 'not-verified', level: 'look', lists: r.incomplete });
  return found;
}
