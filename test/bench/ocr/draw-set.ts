import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { photographs } from '../../../electron/devices/face-engine/specimen-photographs.ts';
import { drawFront } from './card-face.ts';
import { CONDITIONS } from './conditions.ts';
import { photograph } from './photograph.ts';
import { seeded } from './random.ts';
import { drawSpecimen, type Specimen } from './specimen.ts';

/** One picture of a set and what its card says. */
export type Drawn = { file: string; condition: string; specimen: Specimen };

/**
 * Draws `count` specimens' cards and takes each under every condition. The same seed gives the same set on the same machine;
 * fonts and the picture library's version change it. Knows nothing of the reader but the size of a card.
 *
 * @param onCard  called after each card, with how many are drawn
 */
export async function drawSet(
  dir: string,
  { count, seed }: { count: number; seed: string },
  onCard: (drawn: number) => void = () => {},
): Promise<Drawn[]> {
  const faces = [photographs.manFacing, photographs.manSmiling, photographs.woman, photographs.olderMan];
  const set: Drawn[] = [];
  for (let index = 0; index < count; index += 1) {
    const random = seeded(`${seed} ${index}`);
    const specimen = drawSpecimen(random, index);
    const portrait = index % 3 === 2 ? await random.one(faces)() : null;
    const card = await drawFront(specimen, random, portrait);
    for (const [condition, takingOf] of Object.entries(CONDITIONS)) {
      const taken = seeded(`${seed} ${index} ${condition}`);
      const file = `${condition}-${index}.jpg`;
      await writeFile(join(dir, file), await photograph(card, takingOf(taken), taken));
      set.push({ file, condition, specimen });
    }
    onCard(index + 1);
  }
  return set;
}
