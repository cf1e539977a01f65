import type { Picture } from '../../face-engine/chain/picture.ts';
import type { TextRecogniser } from './recognise.ts';

/**
 * The word of a list that a line of writing most likely shows: the sum over all ways its characters may be spread over the
 * steps, blanks between (the forward recursion of connectionist temporal classification). A character that the models do not
 * know is left out of its word, so such a word is told by the others.
 *
 * @returns the word's share among all words of the list, 0-1; null when none of them is possible
 */
export async function likeliestWord(
  reader: TextRecogniser,
  line: Picture,
  words: Iterable<string>,
): Promise<{ word: string; share: number } | null> {
  const { steps, probabilities } = await reader.recognise(line);
  const { classes } = reader;
  let total = 0;
  let best: { word: string; likelihood: number } | null = null;
  for (const word of words) {
    const known = [...word].map((character) => classes.indexOf(character)).filter((index) => index > 0);
    if (known.length === 0) continue;
    const likelihood = likelihoodOf(known, steps, probabilities, classes.length);
    total += likelihood;
    if (likelihood > (best?.likelihood ?? 0)) best = { word, likelihood };
  }
  return best && { word: best.word, share: best.likelihood / total };
}

/** Probabilities stay within what a number can hold: a line has some sixty steps. */
function likelihoodOf(word: readonly number[], steps: number, probabilities: Float32Array, classes: number): number {
  // Blank, first character, blank, second, ..., blank.
  const states = 2 * word.length + 1;
  const classOf = (state: number) => (state % 2 === 0 ? 0 : word[(state - 1) / 2]!);
  let ways = new Float64Array(states);
  ways[0] = probabilities[0]!;
  ways[1] = probabilities[classOf(1)]!;
  for (let step = 1; step < steps; step += 1) {
    const next = new Float64Array(states);
    for (let state = 0; state < states; state += 1) {
      let from = ways[state]! + (state > 0 ? ways[state - 1]! : 0);
      const skips = state > 1 && classOf(state) !== 0 && classOf(state) !== classOf(state - 2);
      if (skips) from += ways[state - 2]!;
      next[state] = from * probabilities[step * classes + classOf(state)]!;
    }
    ways = next;
  }
  return ways[states - 1]! + ways[states - 2]!;
}
