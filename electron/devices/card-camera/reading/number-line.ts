import type { Picture, Point } from '../../face-engine/chain/picture.ts';
import { NUMBER_ENDS } from './layout.ts';
import { samplePatch } from './patch.ts';
import { type Projection, project, similarity } from './projection.ts';
import { LINE_HEIGHT, type ReadCharacter, readLine, type TextRecogniser } from './recognise.ts';
import type { TextLine } from './text-lines.ts';

/** The row of the document number in a picture, read in the direction in which it makes sense. */
export type NumberLine = {
  read: readonly ReadCharacter[];
  /** Middles of the first and the last character, in pixels of the picture. */
  first: Point;
  last: Point;
};

export const NUMBER_CHARACTERS = '0123456789X';

/** A number is eighteen characters on one line: much longer than high. */
const LEAST_ASPECT = 5.5;
/** So many characters in an even row are a document number, whether or not the rest could be read. */
const LEAST_CHARACTERS = 13;
const LEAST_MEAN_PROBABILITY = 0.5;
/** Lines tried, the longest first: addresses are long too. */
const MOST_TRIED = 6;

export const isLong = (line: TextLine): boolean => line.length >= LEAST_ASPECT * line.height;

/** All eighteen, or one more or less where two ran together or one apart: then its ends are where a number's ends are. */
export const hasAllCharacters = ({ read }: NumberLine): boolean => read.length >= 17 && read.length <= 19;

/** @param lines  all writing of the picture, the longest first */
export async function findNumberLine(
  reader: TextRecogniser,
  picture: Picture,
  lines: readonly TextLine[],
): Promise<NumberLine | null> {
  for (const line of lines.filter(isLong).slice(0, MOST_TRIED)) {
    for (const direction of directionsOf(line, lines)) {
      const found = await readNumberLine(reader, picture, line, direction);
      if (found) return found;
    }
  }
  return null;
}

/** The number that stands on a line, read along a direction; null when there is none. */
export async function readNumberLine(
  reader: TextRecogniser,
  picture: Picture,
  line: TextLine,
  along: Point,
): Promise<NumberLine | null> {
  const read = evenRun(await readLine(reader, sampleLine(picture, line, along), NUMBER_CHARACTERS));
  if (read.length < LEAST_CHARACTERS) return null;
  const mean = read.reduce((sum, { probability }) => sum + probability, 0) / read.length;
  if (mean < LEAST_MEAN_PROBABILITY) return null;
  const placement = overLine(line, along);
  const at = (character: ReadCharacter) => project(placement, character.at * lineWidth(line), LINE_HEIGHT / 2);
  return { read, first: at(read[0]!), last: at(read.at(-1)!) };
}

/** A line of writing as the recogniser takes it. */
export const sampleLine = (picture: Picture, line: TextLine, along: Point): Picture =>
  samplePatch(picture, overLine(line, along), lineWidth(line), LINE_HEIGHT);

/** From the card's millimetres to the picture, as the number's row alone lets it be expected: not tilted. */
export function expectedOutline({ first, last }: NumberLine): Projection {
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

/** Everything else on a card's front stands above its number: the likelier direction first. */
function directionsOf(line: TextLine, lines: readonly TextLine[]): [Point, Point] {
  const [x, y] = line.along;
  let below = 0;
  for (const { centre } of lines) {
    below += Math.sign((centre[1] - line.centre[1]) * x - (centre[0] - line.centre[0]) * y);
  }
  const back: Point = [-x, -y];
  return below <= 0 ? [line.along, back] : [back, line.along];
}

/** Wider than any line on a card needs; keeps a line of tiny writing across a picture from costing seconds. */
const MOST_WIDTH = 1_000;

const lineWidth = ({ length, height }: TextLine): number =>
  Math.min(MOST_WIDTH, Math.max(LINE_HEIGHT, Math.round((LINE_HEIGHT * length) / height)));

function overLine(line: TextLine, along: Point): Projection {
  const scale = line.height / LINE_HEIGHT;
  const [ux, uy] = along;
  const half = { u: (lineWidth(line) / 2) * scale, v: line.height / 2 };
  const origin: Point = [line.centre[0] - half.u * ux + half.v * uy, line.centre[1] - half.u * uy - half.v * ux];
  return similarity(origin, along, scale);
}

/** The longest run without a gap: what was read of a label in front of the number is left out. */
function evenRun(read: readonly ReadCharacter[]): ReadCharacter[] {
  const gaps = read.slice(1).map((character, i) => character.at - read[i]!.at);
  const usual = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0;
  let best: ReadCharacter[] = [];
  let run: ReadCharacter[] = [];
  for (const [i, character] of read.entries()) {
    if (i > 0 && gaps[i - 1]! > 2.2 * usual) run = [];
    run = [...run, character];
    if (run.length > best.length) best = run;
  }
  return best;
}
