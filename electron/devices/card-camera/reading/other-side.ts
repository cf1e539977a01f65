import type { Picture, Point } from '../../face-engine/chain/picture.ts';
import { sampleLine } from './number-line.ts';
import { readLine, type TextRecogniser, textOf } from './recognise.ts';
import type { TextLine } from './text-lines.ts';

/** The longest of that side's lines are the two titles and the period of validity. */
const MOST_READ = 4;
/** Parts of what is printed on the emblem side; any two characters that a reflection leaves are enough. */
const WORDS = /人民共和|居民身|民身份|份证|签发机|发机关|有效期|\d{4}\.\d{2}\.\d{2}-/;

/** Whether the writing is that of a card's emblem side, upright or upside down. */
export async function isOtherSide(
  reader: TextRecogniser,
  picture: Picture,
  lines: readonly TextLine[],
): Promise<boolean> {
  const long = lines.filter((line) => line.length > 2.5 * line.height).slice(0, MOST_READ);
  for (const line of long) {
    const directions: Point[] = [line.along, [-line.along[0], -line.along[1]]];
    for (const along of directions) {
      const read = await readLine(reader, sampleLine(picture, line, along));
      if (WORDS.test(textOf(read).replace(/\s/g, ''))) return true;
    }
  }
  return false;
}
