import type { Picture } from '../../face-engine/chain/picture.ts';

/** One character as read: its probability, and where its middle lies on the line, 0 (left) to 1. */
export type ReadCharacter = { character: string; probability: number; at: number };

/** From a picture `LINE_HEIGHT` high to `steps` rows of one probability for each class: blank, the dictionary, space. */
export type TextRecogniser = {
  classes: readonly string[];
  recognise(line: Picture): Promise<{ steps: number; probabilities: Float32Array }>;
};

export const LINE_HEIGHT = 48;

/**
 * Reads one line of writing. Connectionist temporal classification: at each step the likeliest class, repeated ones
 * merged, blanks dropped.
 *
 * @param only  characters that may be read; all when not given
 */
export async function readLine(reader: TextRecogniser, line: Picture, only?: string): Promise<ReadCharacter[]> {
  const { steps, probabilities } = await reader.recognise(line);
  const { classes } = reader;
  const allowed = only === undefined ? null : [0, ...[...only].map((character) => classes.indexOf(character))];
  const read: ReadCharacter[] = [];
  let previous = 0;
  let first = 0;
  for (let step = 0; step < steps; step += 1) {
    const row = probabilities.subarray(step * classes.length, (step + 1) * classes.length);
    const best = allowed ? likeliestOf(row, allowed) : likeliest(row);
    if (best !== 0) {
      if (best !== previous) {
        first = step;
        read.push({ character: classes[best]!, probability: 0, at: 0 });
      }
      const last = read.at(-1)!;
      last.probability = Math.max(last.probability, row[best]!);
      last.at = (first + step + 1) / 2 / steps;
    }
    previous = best;
  }
  return read;
}

function likeliest(row: Float32Array): number {
  let best = 0;
  for (let i = 1; i < row.length; i += 1) if (row[i]! > row[best]!) best = i;
  return best;
}

function likeliestOf(row: Float32Array, allowed: readonly number[]): number {
  let best = 0;
  for (const i of allowed) if (row[i]! > row[best]!) best = i;
  return best;
}

export const textOf = (read: readonly ReadCharacter[]): string =>
  read
    .map(({ character }) => character)
    .join('')
    .trim();

export const leastSure = (read: readonly ReadCharacter[]): number =>
  read.length === 0 ? 0 : Math.min(...read.map(({ probability }) => probability));
