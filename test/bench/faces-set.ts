import { readFile } from 'node:fs/promises';

/** Two pictures by their place in `images`. */
export type Pair = readonly [first: number, second: number];

export type FaceSet = {
  images: readonly string[];
  /** Whose face is in each picture; equal numbers are the same person. */
  person: readonly number[];
  genuine: readonly Pair[];
  /** Pairs of strangers, or `others` when everyone with another name is one. */
  strangers: readonly Pair[] | 'others';
};

/** `Name_Of_Person_0001.jpg`: the pictures of one person differ in the last number only. */
const NAMED = /^(.+)_\d+\.[a-z]+$/i;

/**
 * The pairs of a file with the columns first, second, same (1 or 0), separated by tabs, with a heading. Where every picture
 * carries its person's name, all others are strangers to it: millions of pairs instead of the few that are listed.
 *
 * @throws Error on a heading or line of another form
 */
export async function readFaceSet(pairsFile: string): Promise<FaceSet> {
  const [heading, ...lines] = (await readFile(pairsFile, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  if (heading !== 'first\tsecond\tsame') throw new Error(`${pairsFile}: the heading is not first, second, same`);
  const rows = lines.map((line) => line.split('\t'));
  const images = [...new Set(rows.flatMap(([first, second]) => [first ?? '', second ?? '']))].sort();
  const place = new Map(images.map((name, i) => [name, i]));
  const listed = (same: string) =>
    rows.filter((row) => row[2] === same).map(([a, b]): Pair => [place.get(a!)!, place.get(b!)!]);
  const genuine = listed('1');
  const named = images.every((name) => NAMED.test(name));
  return {
    images,
    person: named ? numbered(images.map((name) => NAMED.exec(name)![1]!)) : joined(images.length, genuine),
    genuine,
    strangers: named ? 'others' : listed('0'),
  };
}

function numbered(names: readonly string[]): number[] {
  const places = new Map([...new Set(names)].map((name, i) => [name, i]));
  return names.map((name) => places.get(name)!);
}

/** Pictures that pairs say show the same person get the same number. */
function joined(count: number, genuine: readonly Pair[]): number[] {
  const person = Array.from({ length: count }, (_, i) => i);
  for (const [first, second] of genuine) {
    const [from, to] = [person[second]!, person[first]!];
    for (const [i, p] of person.entries()) if (p === from) person[i] = to;
  }
  return person;
}
