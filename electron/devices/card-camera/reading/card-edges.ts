import type { Picture, Point } from '../../face-engine/chain/picture.ts';
import { CARD, COLUMN_STARTS, NUMBER_ENDS, PORTRAIT, ROW_MIDDLES } from './layout.ts';
import { stretchLight } from './light.ts';
import { samplePatch } from './patch.ts';
import { chain, inverse, type Projection, project, projectRectangle, type Quad } from './projection.ts';
import type { TextLine } from './text-lines.ts';

/** Pixels a millimetre in which edges are sought, and how far beyond the expected card: a tilted one reaches so far. */
const SCALE = 4;
const MARGIN_MM = 15;
const SEARCH_MM = 13;
/** Sides that show, at most 4, less what stands out of place. */
const LEAST_SCORE = 1;
const SURE_SCORE = 2;
const LINES_TRIED = 7;

/** One straight edge: its offset from the expected side at that side's two ends, millimetres outward. */
type Edge = { start: number; end: number; support: number };

/**
 * The card's outline, as a projection from its millimetres to the picture, near where the number's row says it lies. Of the
 * straight edges near each side those four are taken that show best and agree with where the number stands on a card.
 *
 * @param expected  from card millimetres to the picture, by the number's row alone
 * @param lines     all writing in the picture
 * @returns null when the outline does not show: dark table under a dark picture, white card on white paper
 */
export function fitOutline(
  picture: Picture,
  expected: Projection,
  first: Point,
  last: Point,
  lines: readonly TextLine[],
): Projection | null {
  const found = bestOutline(picture, expected, first, last, lines);
  // A strongly tilted card's far edge lies at the end of the search: from nearer by it is found surely.
  const again = found && found.score < SURE_SCORE ? bestOutline(picture, found.outline, first, last, lines) : null;
  const best = again && again.score > found!.score ? again : found;
  return best && best.score >= LEAST_SCORE ? best.outline : null;
}

type Fit = { score: number; outline: Projection };

function bestOutline(
  picture: Picture,
  expected: Projection,
  first: Point,
  last: Point,
  lines: readonly TextLine[],
): Fit | null {
  const width = Math.round((CARD.width + 2 * MARGIN_MM) * SCALE);
  const height = Math.round((CARD.height + 2 * MARGIN_MM) * SCALE);
  const toMm: Projection = [1 / SCALE, 0, -MARGIN_MM, 0, 1 / SCALE, -MARGIN_MM, 0, 0, 1];
  const patch = stretchLight(samplePatch(picture, chain(expected, toMm), width, height));
  const steepness = steepnessOf(patch);
  const sides = SIDES.map((side) => edgesAlong(steepness, width, side));
  const back = inverse(expected);
  const ends = [project(back, ...first), project(back, ...last)] as const;
  const rows = lines.map((line) => rowIn(back, line)).filter(onExpectedCard);

  let best: Fit | null = null;
  for (const top of sides[0]!) {
    for (const right of sides[1]!) {
      for (const bottom of sides[2]!) {
        for (const left of sides[3]!) {
          const outline = projectRectangle(CARD.width, CARD.height, quadOf(top, right, bottom, left));
          const score = top.support + right.support + bottom.support + left.support - strayOf(outline, ends, rows);
          if (!best || score > best.score) best = { score, outline };
        }
      }
    }
  }
  return best && { score: best.score, outline: chain(expected, best.outline) };
}

type Side = { from: Point; along: Point; outward: Point; length: number };

/** Clockwise from the top, each from its left end as seen from the card's middle. */
const SIDES: readonly Side[] = [
  { from: [0, 0], along: [1, 0], outward: [0, -1], length: CARD.width },
  { from: [CARD.width, 0], along: [0, 1], outward: [1, 0], length: CARD.height },
  { from: [CARD.width, CARD.height], along: [-1, 0], outward: [0, 1], length: CARD.width },
  { from: [0, CARD.height], along: [0, -1], outward: [-1, 0], length: CARD.height },
];

/** How much colour changes about each pixel, across and down. */
function steepnessOf({ data, width, height }: Picture) {
  const across = new Float32Array(width * height);
  const down = new Float32Array(width * height);
  for (let y = 2; y < height - 2; y += 1) {
    for (let x = 2; x < width - 2; x += 1) {
      const at = y * width + x;
      for (let k = 0; k < 3; k += 1) {
        const p = 3 * at + k;
        const dx = data[p + 3]! + data[p + 6]! - data[p - 3]! - data[p - 6]!;
        const dy = data[p + 3 * width]! + data[p + 6 * width]! - data[p - 3 * width]! - data[p - 6 * width]!;
        across[at]! += Math.abs(dx);
        down[at]! += Math.abs(dy);
      }
    }
  }
  return { across, down };
}

/** Bins of half a millimetre from the search's inner to its outer end. */
const BIN_MM = 0.5;
const BINS = Math.round((2 * SEARCH_MM) / BIN_MM) + 1;
/** Between neighbouring looks at a side. */
const STEP_MM = 1;
const PEAKS_A_LOOK = 5;
/** A side leans by at most so much from the expected one, in millimetres over its length. */
const MOST_LEAN_MM = 16;

/** The best straight edges near a side (Hough: every steep place votes for all lines through it). */
function edgesAlong(steepness: ReturnType<typeof steepnessOf>, width: number, side: Side): Edge[] {
  const map = side.along[0] === 0 ? steepness.across : steepness.down;
  const votes = new Float32Array(BINS * BINS);
  // Corners are round: nothing straight is expected within 4 mm of them.
  const looks = Math.floor((side.length - 8) / STEP_MM);
  for (let look = 0; look <= looks; look += 1) {
    const along = 4 + look * STEP_MM;
    const t = along / side.length;
    for (const bin of steepPlaces(map, width, side, along)) vote(votes, bin, t);
  }
  const edges: Edge[] = [];
  while (edges.length < LINES_TRIED) {
    let best = 0;
    for (let i = 1; i < votes.length; i += 1) if (votes[i]! > votes[best]!) best = i;
    const support = Math.min(1, votes[best]! / (looks + 1));
    if (support < 0.1) break;
    const [start, end] = [Math.floor(best / BINS), best % BINS];
    edges.push({ start: start * BIN_MM - SEARCH_MM, end: end * BIN_MM - SEARCH_MM, support });
    for (let a = Math.max(0, start - 3); a <= Math.min(BINS - 1, start + 3); a += 1) {
      for (let b = Math.max(0, end - 3); b <= Math.min(BINS - 1, end + 3); b += 1) votes[a * BINS + b] = 0;
    }
  }
  // A side may not show at all: then it is where it was expected.
  return [...edges, { start: 0, end: 0, support: 0 }];
}

/** Where colour changes most on a look across a side: places in bins, between them too, the steepest first. */
function steepPlaces(map: Float32Array, width: number, side: Side, along: number): number[] {
  const samples = Math.round(2 * SEARCH_MM * SCALE) + 1;
  const values = new Float32Array(samples);
  for (let i = 0; i < samples; i += 1) {
    const out = i / SCALE - SEARCH_MM;
    const x = side.from[0] + along * side.along[0] + out * side.outward[0];
    const y = side.from[1] + along * side.along[1] + out * side.outward[1];
    values[i] = map[Math.round((y + MARGIN_MM) * SCALE) * width + Math.round((x + MARGIN_MM) * SCALE)]!;
  }
  const peaks: number[] = [];
  for (let i = 1; i < samples - 1; i += 1) {
    if (values[i]! >= values[i - 1]! && values[i]! > values[i + 1]! && values[i]! > LEAST_STEEPNESS) peaks.push(i);
  }
  return peaks
    .sort((a, b) => values[b]! - values[a]!)
    .slice(0, PEAKS_A_LOOK)
    .map((i) => i / SCALE / BIN_MM);
}

/** Over four pixels and three colours, after the light is stretched: less than this is grain. */
const LEAST_STEEPNESS = 36;

function vote(votes: Float32Array, bin: number, t: number): void {
  const lean = MOST_LEAN_MM / BIN_MM;
  for (let start = 0; start < BINS; start += 1) {
    // start (1 - t) + end t = bin: with the nearer end fixed the farther one follows without losing precision.
    if (t < 0.5) {
      const other = start;
      const near = (bin - other * t) / (1 - t);
      put(votes, near, other, lean, true);
    } else {
      const far = (bin - start * (1 - t)) / t;
      put(votes, start, far, lean, false);
    }
  }
}

function put(votes: Float32Array, start: number, end: number, lean: number, startFloats: boolean): void {
  if (start < 0 || end < 0 || start > BINS - 1 || end > BINS - 1 || Math.abs(start - end) > lean) return;
  const floating = startFloats ? start : end;
  const low = Math.floor(floating);
  const share = floating - low;
  const stride = startFloats ? BINS : 1;
  const at = startFloats ? low * BINS + end : start * BINS + low;
  votes[at]! += 1 - share;
  if (low + 1 < BINS) votes[at + stride]! += share;
}

function quadOf(top: Edge, right: Edge, bottom: Edge, left: Edge): Quad {
  const lines = [top, right, bottom, left].map((edge, i) => {
    const { from, along, outward, length } = SIDES[i]!;
    const end: Point = [from[0] + along[0] * length, from[1] + along[1] * length];
    return [
      [from[0] + outward[0] * edge.start, from[1] + outward[1] * edge.start],
      [end[0] + outward[0] * edge.end, end[1] + outward[1] * edge.end],
    ] as const;
  });
  const corner = (p: number, q: number) => crossing(lines[p]!, lines[q]!);
  return [corner(3, 0), corner(0, 1), corner(1, 2), corner(2, 3)];
}

type Line = readonly [readonly [number, number], readonly [number, number]];

function crossing([[x1, y1], [x2, y2]]: Line, [[x3, y3], [x4, y4]]: Line): Point {
  const area = (x1 - x2) * (y3 - y4) - (y1 - y2) * (x3 - x4);
  const p = x1 * y2 - y1 * x2;
  const q = x3 * y4 - y3 * x4;
  return [(p * (x3 - x4) - (x1 - x2) * q) / area, (p * (y3 - y4) - (y1 - y2) * q) / area];
}

/** A line of writing by its left end and its middle. */
type Row = { start: Point; middle: Point };

function rowIn(back: Projection, { centre, along, length }: TextLine): Row {
  const half = length / 2;
  const [p, q] = [-half, half].map((by) => project(back, centre[0] + by * along[0], centre[1] + by * along[1]));
  return { start: p![0] < q![0] ? p! : q!, middle: project(back, ...centre) };
}

/** Writing on the card and not beside it, by where the card is expected. */
const onExpectedCard = ({ middle: [x, y] }: Row): boolean =>
  x > 3 && x < PORTRAIT.left && y > -2 && y < NUMBER_ENDS.y - 3;

/**
 * How far writing would stand from its place if this were the outline. A millimetre at one end of the number costs 0.05;
 * other writing, which has more places to be, costs up to 2 in all.
 */
function strayOf(outline: Projection, ends: readonly [Point, Point], rows: readonly Row[]): number {
  const back = inverse(outline);
  const [first, last] = [project(back, ...ends[0]), project(back, ...ends[1])];
  const off = [
    first[0] - NUMBER_ENDS.first,
    first[1] - NUMBER_ENDS.y,
    last[0] - NUMBER_ENDS.last,
    last[1] - NUMBER_ENDS.y,
  ];
  let stray = 0.05 * off.reduce((sum, d) => sum + d * d, 0);
  for (const { start, middle } of rows) {
    const down = fromNearest(project(back, ...middle)[1], ROW_MIDDLES);
    const across = fromNearest(project(back, ...start)[0], COLUMN_STARTS);
    stray += (Math.min(1, down / 2.2) ** 2 + Math.min(1, across / 2.2) ** 2) / rows.length;
  }
  return stray;
}

const fromNearest = (at: number, places: readonly number[]): number =>
  Math.min(...places.map((place) => Math.abs(place - at)));
