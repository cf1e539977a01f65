import type { MissingItem } from '../../../electron/features/archive/contract.ts';
import type { closing } from '../../texts/zh-CN/closing.ts';
import { clockText } from '../../ui/time-text.ts';

/** Facts that stand in the item's title already. */
const inTitle = new Set(['room', 'camera']);

/** The rest of what is known about a missing thing, in one line. Facts without a word of their own are left out. */
export function missingDetail(t: typeof closing, item: MissingItem): string {
  const { facts } = item;
  return Object.entries(facts)
    .filter(([name, value]) => !inTitle.has(name) && t.factNames[name] !== undefined && value !== '')
    .map(([name, value]) => `${t.factNames[name]} ${name.endsWith('Ms') ? clockText(Number(value)) : value}`)
    .join(' · ');
}
