import type { Picture } from '../../face-engine/chain/picture.ts';
import type { CardMeasures } from '../guidance.ts';
import { fitOutline } from './card-edges.ts';
import { lightOf, lightOnCard, reachOf } from './measure-card.ts';
import { expectedOutline, findNumberLine, hasAllCharacters, type NumberLine } from './number-line.ts';
import { isOtherSide } from './other-side.ts';
import type { Projection } from './projection.ts';
import { type FieldReading, readNumber, readOtherFields } from './read-fields.ts';
import type { TextRecogniser } from './recognise.ts';
import { findRows } from './rows.ts';
import { findSecondNumber } from './second-number.ts';
import type { TextDetector, TextLine } from './text-lines.ts';
import { writingIn, writingOnCard } from './writing.ts';

export type Reader = { detect: TextDetector; recogniser: TextRecogniser };

/** `card` is null where no front was found or there are several; the measures then say why, as far as they can. */
export type CardFinding = {
  card: { outline: Projection; fields: FieldReading[] } | null;
  measures: CardMeasures;
};

const FIELDS = 6;
/** A picture narrower than this has no room for a card. */
const LEAST_SIDE = 64;

/**
 * Reads the front of a card: writing is found first, then the row of the number among it, by that row and the edges the card,
 * and on the card every field. The picture may be turned any way.
 */
export async function readCard({ detect, recogniser }: Reader, picture: Picture): Promise<CardFinding> {
  if (Math.min(picture.width, picture.height) < LEAST_SIDE) return withoutCard(picture, [], 'nothing', null);
  const lines = await writingIn(detect, picture);
  const number = await findNumberLine(recogniser, picture, lines);
  // A row whose end is under a reflection lies elsewhere than it seems to: the card would be looked for in the wrong place.
  if (!number || !hasAllCharacters(number)) {
    const otherSide = await isOtherSide(recogniser, picture, lines);
    const found = otherSide ? 'other-side' : lines.length > 2 ? 'writing' : 'nothing';
    return withoutCard(picture, lines, found, number && angleOf(number));
  }

  const expected = expectedOutline(number);
  const outline = fitOutline(picture, expected, number.first, number.last, lines) ?? expected;
  if (await findSecondNumber(recogniser, picture, lines, outline)) return withoutCard(picture, lines, 'several', null);

  const card = { reader: recogniser, picture, outline };
  const numberField = await readNumber(card, number.read);
  const believed = numberField.support === 'check-digit' ? numberField.text : null;
  const rows = findRows(await writingOnCard(detect, picture, outline));
  const fields = [...(await readOtherFields(card, rows, believed)), numberField];
  const measures: CardMeasures = {
    found: 'front',
    numberBelieved: believed !== null,
    complete: fields.length === FIELDS,
    angleDeg: angleOf(number),
    writingPx: null,
    ...reachOf(picture, outline),
    ...lightOnCard(picture, outline),
  };
  return { card: { outline, fields }, measures };
}

function withoutCard(
  picture: Picture,
  lines: readonly TextLine[],
  found: CardMeasures['found'],
  angleDeg: number | null,
): CardFinding {
  const heights = lines.map((line) => line.height).sort((p, q) => p - q);
  const writingPx = heights[heights.length >> 1] ?? null;
  const unknown = { numberBelieved: false, complete: false, widthPx: null, beyond: 0 };
  return { card: null, measures: { found, ...unknown, angleDeg, writingPx, ...lightOf(picture) } };
}

/** Of the number's row from level, 0 to 180 degrees: which end is up does not matter for how large a card can be. */
function angleOf({ first, last }: NumberLine): number {
  const angle = (Math.atan2(last[1] - first[1], last[0] - first[0]) * 180) / Math.PI;
  return (angle + 360) % 180;
}
