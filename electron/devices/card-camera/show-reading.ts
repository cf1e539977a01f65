import type { Picture } from '../face-engine/chain/picture.ts';
import type { Decoder } from '../face-engine/decode-image.ts';
import { guide } from './guidance.ts';
import type { CardReading, ReadField } from './port.ts';
import { type Strip, sampleStrip } from './reading/card-strip.ts';
import { CARD, PORTRAIT } from './reading/layout.ts';
import type { Projection } from './reading/projection.ts';
import type { CardFinding } from './reading/read-card.ts';

const UPRIGHT_WIDTH = 856;
/** Three times the card's own 102 x 126: what a camera at arm's length has of it. */
const PORTRAIT_HEIGHT = 378;
const CROP_SCALE = 12;
/** Around a field, so that a person sees that nothing was cut. */
const CROP_MARGIN_MM = 0.8;
const JPEG_QUALITY = 85;

/** What people are shown of a finding: pictures of the card, of its photograph and of every field, and what to do next. */
export async function showReading(
  encoder: Decoder,
  picture: Picture,
  finding: CardFinding,
): Promise<Omit<CardReading, 'imageSha256'>> {
  const guidance = guide(finding.measures);
  const { card } = finding;
  if (!card) return { guidance, fields: [], portrait: null, upright: null };
  const { outline } = card;
  const cut = (strip: Strip, heightPx: number) => encodeStrip(encoder, picture, outline, strip, heightPx);
  const fields: ReadField[] = [];
  for (const { place, ...reading } of card.fields) {
    const wider = {
      ...place,
      left: place.left - CROP_MARGIN_MM,
      right: place.right + CROP_MARGIN_MM,
      height: place.height + CROP_MARGIN_MM,
    };
    fields.push({ ...reading, crop: await cut(wider, Math.round(wider.height * CROP_SCALE)) });
  }
  const portrait = await cut(stripOf(PORTRAIT), PORTRAIT_HEIGHT);
  const upright = await cut(
    stripOf({ left: 0, top: 0, ...CARD }),
    Math.round((UPRIGHT_WIDTH * CARD.height) / CARD.width),
  );
  return { guidance, fields, portrait, upright };
}

const stripOf = (place: { left: number; top: number; width: number; height: number }): Strip => ({
  left: place.left,
  right: place.left + place.width,
  middle: place.top + place.height / 2,
  height: place.height,
});

async function encodeStrip(
  encoder: Decoder,
  picture: Picture,
  outline: Projection,
  strip: Strip,
  heightPx: number,
): Promise<Uint8Array> {
  const { data, width, height } = sampleStrip(picture, outline, strip, heightPx);
  return new Uint8Array(
    await encoder(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer(),
  );
}
