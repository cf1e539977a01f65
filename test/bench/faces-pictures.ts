import sharp from 'sharp';

/**
 * The conditions of the door, made from portraits in the middle of a square picture, as those of Labelled Faces in the Wild.
 *
 * - `live`: the portrait 480 pixels high in a webcam's frame of 640 x 480.
 * - `chip-q80`, `chip-q20`: a card's photograph of 102 x 126, compressed well and badly. The head takes 58 % of the width, as the
 *   norm for pictures on resident identity cards wants it (GA 461: 207 of 358 pixels).
 */
export const CONDITIONS = ['live', 'chip-q80', 'chip-q20'] as const;
export type Condition = (typeof CONDITIONS)[number];

const CHIP = { width: 102, height: 126 };
/** Part of the portrait's side that becomes the card's width; heads are 42 % of it. */
const CHIP_SHARE = 0.73;

export async function inCondition(portrait: Uint8Array, condition: Condition): Promise<Buffer> {
  const upright = sharp(portrait).autoOrient();
  if (condition === 'live') {
    const frame = upright.resize(640, 480, { fit: 'contain', background: '#777' });
    return frame.jpeg({ quality: 92 }).toBuffer();
  }
  const { width, height } = await upright.metadata();
  const side = Math.min(width, height);
  const cut = {
    width: Math.round(CHIP_SHARE * side),
    height: Math.round((CHIP_SHARE * side * CHIP.height) / CHIP.width),
  };
  const place = { left: Math.round((width - cut.width) / 2), top: Math.round((height - cut.height) / 2) };
  return upright
    .extract({ ...cut, ...place })
    .resize(CHIP.width, CHIP.height, { fit: 'fill' })
    .jpeg({ quality: condition === 'chip-q80' ? 80 : 20 })
    .toBuffer();
}
