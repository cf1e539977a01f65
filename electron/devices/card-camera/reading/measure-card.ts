import type { Picture } from '../../face-engine/chain/picture.ts';
import { CARD } from './layout.ts';
import { lumaOf, percentileOf, samplePatch } from './patch.ts';
import { type Projection, project } from './projection.ts';

/** Brightness of what is bright, and the share that is burnt out, of a picture or of the part of it under a projection. */
export type Light = { brightness: number; burntShare: number };

const BURNT = 252;

export function lightOf(picture: Picture): Light {
  const luma = lumaOf(picture);
  let burnt = 0;
  for (const value of luma) if (value >= BURNT) burnt += 1;
  return { brightness: percentileOf(luma, 0.75), burntShare: burnt / luma.length };
}

/** The light on the card itself; a lamp on the table beside it does not matter. */
export function lightOnCard(picture: Picture, outline: Projection): Light {
  const scale = 2;
  const [a, b, c, d, e, f, g, h, i] = outline;
  const onPicture: Projection = [a / scale, b / scale, c, d / scale, e / scale, f, g / scale, h / scale, i];
  return lightOf(samplePatch(picture, onPicture, Math.round(CARD.width * scale), Math.round(CARD.height * scale)));
}

/** How wide the card is in the picture, and how far it reaches beyond the picture, as a share of that. */
export function reachOf({ width, height }: Picture, outline: Projection): { widthPx: number; beyond: number } {
  const corners = [
    project(outline, 0, 0),
    project(outline, CARD.width, 0),
    project(outline, CARD.width, CARD.height),
    project(outline, 0, CARD.height),
  ];
  const [topLeft, topRight, bottomRight, bottomLeft] = corners as [
    (typeof corners)[0],
    (typeof corners)[0],
    (typeof corners)[0],
    (typeof corners)[0],
  ];
  const top = Math.hypot(topRight[0] - topLeft[0], topRight[1] - topLeft[1]);
  const bottom = Math.hypot(bottomRight[0] - bottomLeft[0], bottomRight[1] - bottomLeft[1]);
  const widthPx = (top + bottom) / 2;
  const outside = corners.map(([x, y]) => Math.max(0, -x, -y, x - width, y - height));
  return { widthPx, beyond: Math.max(...outside) / widthPx };
}
