import type { Drawn } from './draw-set.ts';
import type { SetLine } from './read-set.ts';
import type { Specimen } from './specimen.ts';

export type Read = Extract<SetLine, { kind: 'read' }>;

export type Score = {
  pictures: number;
  /** Numbers accepted, that is with the support of the check digit, and right. */
  numberExact: number;
  wrongAccepted: number;
  /** All six fields as printed, the number accepted. */
  allFields: number;
  exact: Record<keyof Specimen, number>;
};

const FIELDS = ['name', 'sex', 'nation', 'birth', 'address', 'number'] as const;

/** Compares what was read with what was printed, character for character. */
export function scoreOf(set: readonly (Drawn & { read: Read })[]): Score {
  const exact = Object.fromEntries(FIELDS.map((field) => [field, 0])) as Score['exact'];
  const score: Score = { pictures: set.length, numberExact: 0, wrongAccepted: 0, allFields: 0, exact };
  for (const { specimen, read } of set) {
    const right = FIELDS.filter((field) => read.fields[field]?.text === specimen[field]);
    for (const field of right) exact[field] += 1;
    const accepted = read.fields.number?.support === 'check-digit';
    if (accepted && right.includes('number')) score.numberExact += 1;
    if (accepted && !right.includes('number')) score.wrongAccepted += 1;
    if (accepted && right.length === FIELDS.length) score.allFields += 1;
  }
  return score;
}
