import { rounded } from './bench-line.ts';
import type { Way } from './faces-chain.ts';
import type { Condition } from './faces-pictures.ts';
import { type Rates, samplingError, type Vectors } from './faces-rates.ts';

const GOAL: Record<Condition, string> = { live: '>= 98.5', 'chip-q80': '>= 98.5', 'chip-q20': '>= 93' };

/** One line of JSON for one way in one condition; shares in per cent. */
export function printRates(
  way: Way,
  condition: Condition,
  references: Vectors,
  rates: Rates,
  passThreshold: number,
): void {
  console.log(
    JSON.stringify({
      name: `faces.${condition}`,
      way: way.name,
      value: percent(rates.tar['1e-3']),
      unit: '% recognised at FMR 1e-3',
      goal: GOAL[condition],
      samplingError: percent(samplingError(rates.tar['1e-3'], rates.genuine)),
      ...figuresOf(references, rates, passThreshold),
    }),
  );
}

export function figuresOf(references: Vectors, rates: Rates, passThreshold: number) {
  return {
    notFound: references.filter((vector) => vector === null).length,
    pictures: references.length,
    tarAtPass: percent(rates.tarAtPass),
    passThreshold,
    fmrAtPass: rounded(rates.fmrAtPass),
    tarAt1e2: percent(rates.tar['1e-2']),
    tarAt1e4: percent(rates.tar['1e-4']),
    equalError: percent(rates.equalError),
    thresholds: Object.fromEntries(Object.entries(rates.threshold).map(([fmr, value]) => [fmr, rounded(value)])),
    ofAllPairs: percent(rates.tarOfAllPairs),
    allPairs: rates.allPairs,
    genuine: rates.genuine,
    strangers: rates.strangers,
  };
}

export const percent = (share: number): number => Math.round(10_000 * share) / 100;
