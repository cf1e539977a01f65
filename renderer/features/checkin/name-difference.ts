/** A character of a name, and whether the other spelling has it at this place. */
export interface SpelledCharacter {
  text: string;
  differs: boolean;
}
const segments = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const split = (name: string): string[] => [...segments.segment(name)].map(({ segment }) => segment);

/**
 * Two spellings of a name for the eye; whether they are the same name is decided by `sameName` of identity alone. Character by character, with those marked that are not in the other one's longest common part.
 * Whole characters count, also such as take two code units or carry a variation selector.
 */
export function spellings(a: string, b: string): [SpelledCharacter[], SpelledCharacter[]] {
  const [left, right] = [split(a), split(b)];
  // Length of the longest common part from i and j on; names are short.
  const common: number[][] = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      common[i]![j] =
        left[i] === right[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const marked: [SpelledCharacter[], SpelledCharacter[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      marked[0].push({ text: left[i]!, differs: false });
      marked[1].push({ text: right[j]!, differs: false });
      i += 1;
      j += 1;
    } else if (j === right.length || (i < left.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      marked[0].push({ text: left[i]!, differs: true });
      i += 1;
    } else {
      marked[1].push({ text: right[j]!, differs: true });
      j += 1;
    }
  }
  return marked;
}
