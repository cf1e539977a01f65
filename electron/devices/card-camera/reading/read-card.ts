import type { Picture, Point } from '../../face-engine/chain/picture.ts';
import { fitOutline } from './card-edges.ts';
import { CARD, NUMBER_ENDS } from './layout.ts';
import { stretchLight } from './light.ts';
import { findNumberLine, type NumberLine } from './number-line.ts';
import { samplePatch } from './patch.ts';
import { type Projection, similarity } from './projection.ts';
import { type FieldReading, readNumber, readOtherFields } from './read-fields.ts';
import type { TextRecogniser } from './recognise.ts';
import { findRows } from './rows.ts';
import { findTextLines, type TextDetector, type TextLine } from './text-lines.ts';

export type Reader = { detect: TextDetector; recogniser: TextRecogniser };

export type CardFinding = {
  lines: readonly TextLine[];
  number: NumberLine | null;
  card: { outline: Projection; hasEdges: boolean; fields: FieldReading[] } | null;
};

const SEARCH_SIDE = 640;
const CARD_SIDE = 640;

export async function readCard({ detect, recogniser }: Reader, picture: Picture): Promise<CardFinding> {
  const lines = await writingIn(detect, picture);
  const number = await findNumberLine(recogniser, picture, lines);
  if (!number) return { lines, number, card: null };
  const expected = expectedOutline(number);
  const edges = fitOutline(
    picture,
    expected,
    number.first,
    number.last,
    lines.map((line) => line.centre),
  );
  const outline = edges ?? expected;
  const card = { reader: recogniser, picture, outline };
  const numberField = await readNumber(card, number.read);
  const rows = findRows(await writingOnCard(detect, picture, outline));
  const believed = numberField.support === 'check-digit' ? numberField.text : null;
  const others = await readOtherFields(card, rows, believed);
  return { lines, number, card: { outline, hasEdges: edges !== null, fields: [...others, numberField] } };
}

async function writingIn(detect: TextDetector, picture: Picture): Promise<TextLine[]> {
  const scale = SEARCH_SIDE / Math.max(picture.width, picture.height);
  const [width, height] = [multipleOf32(picture.width * scale), multipleOf32(picture.height * scale)];
  const [across, down] = [picture.width / width, picture.height / height];
  const small = stretchLight(samplePatch(picture, [across, 0, 0, 0, down, 0, 0, 0, 1], width, height));
  const lines = await findTextLines(detect, small);
  return lines.map((line) => ({
    ...line,
    centre: [line.centre[0] * across, line.centre[1] * down],
    length: line.length * across,
    height: line.height * down,
  }));
}

/** In millimetres of the card. */
async function writingOnCard(detect: TextDetector, picture: Picture, o: Projection): Promise<TextLine[]> {
  const width = CARD_SIDE;
  const height = multipleOf32((CARD_SIDE * CARD.height) / CARD.width);
  const [across, down] = [CARD.width / width, CARD.height / height];
  const onPicture: Projection = [
    o[0] * across,
    o[1] * down,
    o[2],
    o[3] * across,
    o[4] * down,
    o[5],
    o[6] * across,
    o[7] * down,
    o[8],
  ];
  const upright = stretchLight(samplePatch(picture, onPicture, width, height));
  const lines = await findTextLines(detect, upright);
  return lines.map((line) => ({
    ...line,
    centre: [line.centre[0] * across, line.centre[1] * down],
    length: line.length * across,
    height: line.height * down,
  }));
}

const multipleOf32 = (side: number): number => Math.max(32, Math.round(side / 32) * 32);

/** The card as the number's row alone lets it be expected: not tilted. */
function expectedOutline({ first, last }: NumberLine): Projection {
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]];
  const length = Math.hypot(dx, dy);
  const along: Point = [dx / length, dy / length];
  const scale = length / (NUMBER_ENDS.last - NUMBER_ENDS.first);
  const origin: Point = [
    first[0] - scale * (NUMBER_ENDS.first * along[0] - NUMBER_ENDS.y * along[1]),
    first[1] - scale * (NUMBER_ENDS.first * along[1] + NUMBER_ENDS.y * along[0]),
  ];
  return similarity(origin, along, scale);
}
