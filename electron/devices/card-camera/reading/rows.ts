import type { Strip } from './card-strip.ts';
import { CARD, ROWS, VALUES } from './layout.ts';
import type { TextLine } from './text-lines.ts';

/** Where each field's writing stands on this card; null where none was found. */
export type Rows = { name: Strip | null; sex: Strip; birth: Strip; address: Strip[] };

/** Writing is this high around its middle, at least and at most, millimetres; outside it a line is no row of a card. */
const LEAST_HEIGHT = 3.6;
const MOST_HEIGHT = 6;
const USUAL_HEIGHT = 4.6;
/** Around a line of writing, so that its ends are not cut. */
const BESIDE = 0.6;
/** Address lines are further apart than this, and parts of one line nearer. */
const ROW_GAP = 2.4;

/** @param lines  writing on the upright card, in its millimetres */
export function findRows(lines: readonly TextLine[]): Rows {
  const values = lines.filter((line) => reach(line).right > VALUES.left + 1 && reach(line).left < VALUES.right - 4);
  const between = ({ from, to }: { from: number; to: number }) =>
    values.filter((line) => line.centre[1] >= from && line.centre[1] < to);
  const name = stripOver(between(ROWS.name));
  const sex = stripOver(between(ROWS.sex));
  const birth = stripOver(between(ROWS.birth));
  const off = offOf({ name, sex, birth });
  // Short words are overlooked more easily than lines: these two rows are read whole, where they ought to be if need be.
  const whole = (row: Strip | null, middle: number): Strip => ({
    ...(row ?? { middle: middle + off, height: USUAL_HEIGHT }),
    left: VALUES.left - BESIDE,
    right: Math.max(row?.right ?? 0, 46),
  });
  return {
    name,
    sex: whole(sex, ROWS.sex.middle),
    birth: whole(birth, ROWS.birth.middle),
    address: splitRows(between(ROWS.address)).map((row) => stripOver(row)!),
  };
}

const reach = ({ centre, along, length }: TextLine) => {
  const half = (length / 2) * Math.abs(along[0]);
  return { left: centre[0] - half, right: centre[0] + half };
};

/** Lines of writing by rows, from the top. */
function splitRows(lines: readonly TextLine[]): TextLine[][] {
  const rows: TextLine[][] = [];
  for (const line of lines.toSorted((p, q) => p.centre[1] - q.centre[1])) {
    const last = rows.at(-1);
    if (last && line.centre[1] - last.at(-1)!.centre[1] < ROW_GAP) last.push(line);
    else rows.push([line]);
  }
  return rows.slice(0, 3);
}

function stripOver(lines: readonly TextLine[]): Strip | null {
  if (lines.length === 0) return null;
  const longest = lines.reduce((best, line) => (line.length > best.length ? line : best));
  const left = Math.max(VALUES.left - BESIDE, Math.min(...lines.map((line) => reach(line).left)) - BESIDE);
  const right = Math.min(CARD.width, Math.max(...lines.map((line) => reach(line).right)) + BESIDE);
  // A single character's direction says nothing; a line's does.
  const slope = longest.length > 4 * longest.height ? longest.along[1] / longest.along[0] : 0;
  const middle = longest.centre[1] + slope * ((left + right) / 2 - longest.centre[0]);
  return { left, right, middle, slope, height: Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, longest.height)) };
}

/** How much lower than usual the rows that were found stand. */
function offOf(found: Record<'name' | 'sex' | 'birth', Strip | null>): number {
  const offs = (['name', 'sex', 'birth'] as const).flatMap((row) =>
    found[row] ? [found[row].middle - ROWS[row].middle] : [],
  );
  return offs.length > 0 ? offs.reduce((sum, off) => sum + off, 0) / offs.length : 0;
}
