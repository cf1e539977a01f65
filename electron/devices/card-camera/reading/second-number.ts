import type { Picture, Point } from '../../face-engine/chain/picture.ts';
import { CARD } from './layout.ts';
import { hasAllCharacters, isLong, readNumberLine } from './number-line.ts';
import { inverse, type Projection, project } from './projection.ts';
import type { TextRecogniser } from './recognise.ts';
import type { TextLine } from './text-lines.ts';

/** Long lines beside the card that are read; a newspaper under it must not cost minutes. */
const MOST_READ = 4;

/** Whether another document number stands in the picture beside the card: nobody could say which of the two is meant. */
export async function findSecondNumber(
  reader: TextRecogniser,
  picture: Picture,
  lines: readonly TextLine[],
  outline: Projection,
): Promise<boolean> {
  const back = inverse(outline);
  const beside = lines.filter((line) => isLong(line) && !isOnCard(project(back, ...line.centre))).slice(0, MOST_READ);
  for (const line of beside) {
    const directions: Point[] = [line.along, [-line.along[0], -line.along[1]]];
    for (const along of directions) {
      const found = await readNumberLine(reader, picture, line, along);
      if (found && hasAllCharacters(found)) return true;
    }
  }
  return false;
}

const isOnCard = ([x, y]: Point): boolean => x > 0 && y > 0 && x < CARD.width && y < CARD.height;
