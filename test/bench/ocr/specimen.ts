import type { Random } from './random.ts';
import { COUNTIES, ESTATES, GIVEN, LONG_NAMES, NATIONS, RARE, STREETS, SURNAMES, TOWNS } from './specimen-words.ts';

/** What is printed on one specimen's card; `birth` as an ISO date, `address` as one line. */
export type Specimen = {
  name: string;
  sex: '男' | '女';
  nation: string;
  birth: string;
  address: string;
  number: string;
};

/** @param index  nations come in turn, so that a set of 56 has them all */
export function drawSpecimen(random: Random, index: number): Specimen {
  const [code, county] = random.one(COUNTIES);
  const birth = new Date(Date.UTC(1945, 0, 1 + random.whole(0, 365 * 63))).toISOString().slice(0, 10);
  const sequence = random.whole(1, 999);
  const seventeen = code + birth.replaceAll('-', '') + String(sequence).padStart(3, '0');
  return {
    name: nameOf(random),
    sex: sequence % 2 === 1 ? '男' : '女',
    nation: NATIONS[index % NATIONS.length]!,
    birth,
    address: county + placeOf(random),
    number: seventeen + checkCharacter(seventeen),
  };
}

function nameOf(random: Random): string {
  const kind = random.next();
  if (kind < 0.04) return random.one(SURNAMES) + shuffled(random, [random.one(GIVEN), random.one(RARE)]).join('');
  if (kind < 0.1) return `${random.one(LONG_NAMES.before)}·${random.one(LONG_NAMES.after)}`;
  if (kind < 0.15) return random.one(LONG_NAMES.whole);
  const given = random.chance(0.3) ? 1 : 2;
  return random.one(SURNAMES) + Array.from({ length: given }, () => random.one(GIVEN)).join('');
}

function placeOf(random: Random): string {
  const n = (most: number) => random.whole(1, most);
  const places = [
    () => `${random.one(STREETS)}路${n(999)}号`,
    () => `${random.one(STREETS)}路${n(300)}号${n(20)}幢${n(6)}单元${n(30)}0${n(4)}室`,
    () =>
      `${random.one(STREETS)}${random.one(['东', '西', '南', '北'])}街${n(99)}号院${n(12)}号楼${n(5)}门${n(9)}0${n(3)}号`,
    () => `${random.one(TOWNS)}镇${random.one(TOWNS)}村${n(20)}组${n(120)}号`,
    () => `${random.one(TOWNS)}乡${random.one(TOWNS)}村民委员会${random.one(TOWNS)}村${n(60)}号`,
    () => `${random.one(ESTATES)}${n(60)}号${n(28)}0${n(4)}室`,
    () =>
      `${random.one(TOWNS)}街道${random.one(STREETS)}社区${random.one(ESTATES)}${n(40)}栋${n(4)}单元${n(33)}0${n(6)}`,
  ];
  return random.one(places)();
}

const shuffled = <T>(random: Random, two: [T, T]): T[] => (random.chance(0.5) ? two : two.toReversed());

/** GB 11643 as the standard writes it, with weights: the reader's own check counts another way. */
export function checkCharacter(seventeen: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(seventeen[i]), 0);
  return '10X98765432'[sum % 11]!;
}
