import type { RubricItem } from '../plan/plan-schema.ts';
import type { ScoringRules } from './rules.ts';
import { spreadOf, totalOf } from './rules.ts';

const WHOLE_MARK = 10;
type Item = Pick<RubricItem, 'itemId' | 'maxTenths'>;
type Marks = Readonly<Record<string, number>>;

/** How far marks of one item may lie apart, in tenths: a share of its maximum up to the next whole mark (rule pack: scoring.item-spread-percent). */
export const itemLimitTenths = (maxTenths: number, percent: number): number =>
  Math.ceil((maxTenths * percent) / (100 * WHOLE_MARK)) * WHOLE_MARK;

/**
 * The items the lead is to mark, in the order of the rubric; none while the totals lie within the limit. First those
 * whose own marks lie too far apart; where the others alone still exceed the limit, the furthest apart of them too, until
 * they do not. So what the lead marks always settles the spread, and nothing is marked anew that need not be.
 *
 * @param sheets  marks that count, one for each examiner
 */
export function itemsToDecide(sheets: readonly Marks[], items: readonly Item[], rules: ScoringRules): string[] {
  const limit = rules['scoring.spread-limit-tenths'];
  if (spreadOf(sheets.map(totalOf)) <= limit) return [];
  const gapOf = (itemId: string) => spreadOf(sheets.map((marks) => marks[itemId] ?? 0));
  const percent = rules['scoring.item-spread-percent'];
  const chosen = new Set(
    items.filter((i) => gapOf(i.itemId) > itemLimitTenths(i.maxTenths, percent)).map((i) => i.itemId),
  );
  const others = items.filter((i) => !chosen.has(i.itemId)).sort((a, b) => gapOf(b.itemId) - gapOf(a.itemId));
  const restSpread = () =>
    spreadOf(
      sheets.map((marks) => items.reduce((sum, i) => (chosen.has(i.itemId) ? sum : sum + (marks[i.itemId] ?? 0)), 0)),
    );
  while (restSpread() > limit) chosen.add(others.shift()!.itemId);
  return items.filter((i) => chosen.has(i.itemId)).map((i) => i.itemId);
}
