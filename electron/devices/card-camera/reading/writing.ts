import type { Picture } from '../../face-engine/chain/picture.ts';
import { CARD } from './layout.ts';
import { stretchLight } from './light.ts';
import { samplePatch } from './patch.ts';
import { chain, type Projection } from './projection.ts';
import { findTextLines, type TextDetector, type TextLine } from './text-lines.ts';

/** Longer side of the picture that is searched: a card that fills half of it has digits 14 pixels high. */
const SEARCH_SIDE = 640;
/** Width of the upright card that is searched for rows. */
const CARD_SIDE = 512;

/** All writing of a picture, the longest line first, in the picture's pixels. */
export async function writingIn(detect: TextDetector, picture: Picture): Promise<TextLine[]> {
  const scale = SEARCH_SIDE / Math.max(picture.width, picture.height);
  const [width, height] = [multipleOf32(picture.width * scale), multipleOf32(picture.height * scale)];
  const [across, down] = [picture.width / width, picture.height / height];
  return search(detect, picture, [across, 0, 0, 0, down, 0, 0, 0, 1], width, height, across, down);
}

/** The same of the upright card alone, in its millimetres. */
export async function writingOnCard(detect: TextDetector, picture: Picture, outline: Projection): Promise<TextLine[]> {
  const [width, height] = [CARD_SIDE, multipleOf32((CARD_SIDE * CARD.height) / CARD.width)];
  const [across, down] = [CARD.width / width, CARD.height / height];
  const onPicture = chain(outline, [across, 0, 0, 0, down, 0, 0, 0, 1]);
  return search(detect, picture, onPicture, width, height, across, down);
}

async function search(
  detect: TextDetector,
  picture: Picture,
  projection: Projection,
  width: number,
  height: number,
  across: number,
  down: number,
): Promise<TextLine[]> {
  const searched = stretchLight(samplePatch(picture, projection, width, height));
  const lines = await findTextLines(detect, searched);
  return lines.map((line) => ({
    ...line,
    centre: [line.centre[0] * across, line.centre[1] * down],
    length: line.length * across,
    height: line.height * down,
  }));
}

const multipleOf32 = (side: number): number => Math.max(32, Math.round(side / 32) * 32);
