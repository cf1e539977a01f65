import type { Picture } from '../../face-engine/chain/picture.ts';
import type { CardField, Support } from '../port.ts';
import { type Strip, sampleStrip } from './card-strip.ts';
import { NATION_LEFT, NUMBER_ENDS, PITCH, VALUES } from './layout.ts';
import { likeliestWord } from './lexicon.ts';
import { levelLight, stretchLight } from './light.ts';
import { NATIONS } from './nations.ts';
import { believedNumber, birthOf, likeliestNumber, type NumberReading, sexOf } from './number-judgement.ts';
import { NUMBER_CHARACTERS } from './number-line.ts';
import type { Projection } from './projection.ts';
import { LINE_HEIGHT, leastSure, type ReadCharacter, readLine, type TextRecogniser, textOf } from './recognise.ts';
import type { Rows } from './rows.ts';

/** A field as read and where it stands on the card, in millimetres. */
export type FieldReading = { field: CardField; text: string; confidence: number; support: Support; place: Strip };

type Card = { reader: TextRecogniser; picture: Picture; outline: Projection };

/** Looks at the number, one after the other until enough agree: how high a strip, how light is evened, how wide it is drawn. */
const NUMBER_LOOKS = [
  { height: 5.2, light: stretchLight, stretch: 1 },
  { height: 6, light: levelLight, stretch: 1.15 },
  { height: 4.6, light: levelLight, stretch: 0.95 },
  { height: 5.6, light: stretchLight, stretch: 1.3 },
];

/** @param firstLook  the number as it was read when the card was found */
export async function readNumber(card: Card, firstLook: readonly ReadCharacter[]): Promise<FieldReading> {
  const place = { left: NUMBER_ENDS.first - 2.6, right: NUMBER_ENDS.last + 2.6, middle: NUMBER_ENDS.y, height: 5.2 };
  const readings: NumberReading[] = [{ text: textOf(firstLook), confidence: leastSure(firstLook) }];
  let believed: NumberReading | null = null;
  for (const { height, light, stretch } of NUMBER_LOOKS) {
    const strip = light(sampleStrip(card.picture, card.outline, { ...place, height }, LINE_HEIGHT, stretch));
    const read = await readLine(card.reader, strip, NUMBER_CHARACTERS);
    readings.push({ text: textOf(read), confidence: leastSure(read) });
    believed = believedNumber(readings);
    if (believed) break;
  }
  const shown = believed ?? likeliestNumber(readings)!;
  return { field: 'number', ...shown, support: believed ? 'check-digit' : 'none', place };
}

/** All but the number, in the card's order. @param number  null when it is not believed */
export async function readOtherFields(card: Card, rows: Rows, number: string | null): Promise<FieldReading[]> {
  const readings = [
    rows.name && (await readName(card, rows.name)),
    await readSex(card, rows.sex, number),
    await readNation(card, rows.sex),
    await readBirth(card, rows.birth, number),
    await readAddress(card, rows.address),
  ];
  return readings.filter((reading) => reading !== null).filter((reading) => reading.text !== '');
}

async function readName(card: Card, place: Strip): Promise<FieldReading> {
  const read = await readStrip(card, place, VALUES.left);
  const text = textOf(read)
    .replace(/\s/g, '')
    .replace(/[•・‧∙．.]/g, '·');
  const confidence = leavesOut(read, place, PITCH.name) ? 0 : leastSure(read);
  return { field: 'name', text, confidence, support: 'none', place };
}

async function readSex(card: Card, row: Strip, number: string | null): Promise<FieldReading> {
  const place = { ...row, left: VALUES.left - 0.4, right: 22 };
  const read = (await readStrip(card, place, VALUES.left, { only: '男女' })).slice(0, 1);
  const text = textOf(read);
  const support = number && text === sexOf(number) ? 'agrees-with-number' : 'none';
  return { field: 'sex', text, confidence: leastSure(read), support, place };
}

/** Looks at the nation until what is read is one: a single character between labels is easily taken for none. */
const NATION_LOOKS = [
  { from: NATION_LEFT - 0.9, light: levelLight },
  { from: NATION_LEFT - 0.4, light: stretchLight },
  { from: VALUES.left - 0.6, light: levelLight },
];

async function readNation(card: Card, row: Strip): Promise<FieldReading | null> {
  const place = { ...row, left: NATION_LEFT - 0.9, right: Math.max(40, row.right) };
  for (const { from, light } of NATION_LOOKS) {
    const read = await readStrip(card, { ...place, left: from }, NATION_LEFT, { light });
    const text = textOf(read)
      .replace(/^.*族/, '')
      .replace(/[^\p{Script=Han}]/gu, '');
    if (NATIONS.has(text)) return { field: 'nation', text, confidence: leastSure(read), support: 'list', place };
  }
  // What was read is no nation: the one it looks most like, for a person to confirm.
  const line = levelLight(sampleStrip(card.picture, card.outline, place, LINE_HEIGHT));
  const likeliest = await likeliestWord(card.reader, line, NATIONS);
  return likeliest && { field: 'nation', text: likeliest.word, confidence: likeliest.share, support: 'none', place };
}

async function readBirth(card: Card, place: Strip, number: string | null): Promise<FieldReading> {
  const read = await readStrip(card, place, VALUES.left, { only: '0123456789年月日' });
  const printed = textOf(read);
  const parts = /^(\d{4})年?(\d{1,2})月(\d{1,2})日?$/.exec(printed);
  const text = parts ? `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}` : printed;
  const support = number && text === birthOf(number) ? 'agrees-with-number' : 'none';
  return { field: 'birth', text, confidence: leastSure(read), support, place };
}

async function readAddress(card: Card, lines: readonly Strip[]): Promise<FieldReading | null> {
  if (lines.length === 0) return null;
  let text = '';
  let confidence = 1;
  for (const line of lines) {
    const read = await readStrip(card, line, VALUES.left);
    text += textOf(read).replace(/\s/g, '');
    confidence = Math.min(confidence, leavesOut(read, line, PITCH.address) ? 0 : leastSure(read));
  }
  return { field: 'address', text, confidence, support: 'none', place: around(lines) };
}

/**
 * Whether a line has room where a character was not read. One that the models do not know is passed over without a trace, the
 * others being as sure as ever: then the reading as a whole is not.
 */
export function leavesOut(read: readonly ReadCharacter[], strip: Strip, pitchMm: number): boolean {
  const width = strip.right - strip.left;
  const middles = read.filter(({ character }) => character !== ' ').map(({ at }) => strip.left + at * width);
  // Before the first and behind the last there is half a character, and what a strip is wider than its writing.
  const ends = [VALUES.left - 0.5 * pitchMm, ...middles, strip.right + 0.3 * pitchMm];
  return ends.slice(1).some((middle, i) => middle - ends[i]! > 1.6 * pitchMm);
}

/** Characters of a strip right of a label. */
async function readStrip(
  { reader, picture, outline }: Card,
  strip: Strip,
  from: number,
  how: { only?: string; light?: typeof levelLight } = {},
): Promise<ReadCharacter[]> {
  const line = (how.light ?? levelLight)(sampleStrip(picture, outline, strip, LINE_HEIGHT));
  const read = await readLine(reader, line, how.only);
  return read.filter((character) => strip.left + character.at * (strip.right - strip.left) > from);
}

function around(strips: readonly Strip[]): Strip {
  const top = Math.min(...strips.map((strip) => strip.middle - strip.height / 2));
  const bottom = Math.max(...strips.map((strip) => strip.middle + strip.height / 2));
  return {
    left: Math.min(...strips.map((strip) => strip.left)),
    right: Math.max(...strips.map((strip) => strip.right)),
    middle: (top + bottom) / 2,
    height: bottom - top,
  };
}
