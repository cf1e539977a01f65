/**
 * `npm run bench:ocr [-- --count N] [--seed TEXT] [--show]`: how well and how fast a card is read by camera, one line of JSON for each
 * figure. Draws its pictures itself (`ocr/`) into a temporary folder; `--show` names on the error output what was misread.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { installedModelsDir } from '../../electron/devices/card-camera/models.ts';
import { type BenchLine, rounded } from './bench-line.ts';
import { median } from './measure.ts';
import { type Drawn, drawSet } from './ocr/draw-set.ts';
import type { SetLine } from './ocr/read-set.ts';
import { type Read, type Score, scoreOf } from './ocr/score.ts';
import { tesseractNumbers, withoutTesseract } from './ocr/tesseract.ts';

/** Conditions in which the number is promised; in the two others it may be hidden, and only must not be wrong. */
const PROMISED = ['clean', 'rotated', 'mild-blur', 'strong-blur', 'dark', 'glare', 'perspective'];
const ALL_FIELDS_PROMISED = ['clean', 'rotated', 'mild-blur'];

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '30' },
    seed: { type: 'string', default: 'specimens' },
    show: { type: 'boolean', default: false },
  },
});
const count = Number(options.count);
if (!Number.isInteger(count) || count < 1) throw new Error('--count takes a whole number above 0');

const print = (line: BenchLine) => console.log(JSON.stringify(line));
const percent = (part: number, whole: number) => rounded((100 * part) / whole);

const dir = await mkdtemp(join(tmpdir(), 'kaodian-ocr-'));
try {
  console.error(`drawing ${count} cards`);
  const drawn = await drawSet(dir, { count, seed: options.seed });
  console.error(`reading ${drawn.length} pictures`);
  const { set, memory } = await readSet(drawn);
  for (const condition of new Set(drawn.map((picture) => picture.condition))) {
    printCondition(
      condition,
      set.filter((picture) => picture.condition === condition),
    );
  }
  printTotals(set);
  printMemory(memory);
  await printPeer(drawn, set);
  if (options.show) set.forEach(showMisread);
} finally {
  await rm(dir, { recursive: true });
}

type ReadPicture = Drawn & { read: Read };

async function readSet(drawn: readonly Drawn[]) {
  const reader = join(import.meta.dirname, 'ocr/read-set.ts');
  const files = drawn.map(({ file }) => file);
  const { stdout } = await promisify(execFile)(process.execPath, [reader, dir, ...files], { maxBuffer: 1 << 28 });
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SetLine);
  const reads = new Map(lines.flatMap((line) => (line.kind === 'read' ? [[line.file, line]] : [])));
  const memory = lines.find((line) => line.kind === 'memory');
  if (!memory) throw new Error('the reader ended early');
  return { set: drawn.map((picture): ReadPicture => ({ ...picture, read: reads.get(picture.file)! })), memory };
}

function printCondition(condition: string, set: readonly ReadPicture[]): void {
  const score = scoreOf(set);
  const { pictures } = score;
  const name = (figure: string) => `ocr.${condition}.${figure}`;
  const goal = (promised: boolean, words: string) => (promised ? { goal: words } : {});
  print({
    name: name('number-exact'),
    value: percent(score.numberExact, pictures),
    unit: '%',
    ...goal(PROMISED.includes(condition), '>= 99'),
    note: `${pictures} pictures; read right without being accepted: ${score.exact.number - score.numberExact}`,
  });
  print({ name: name('wrong-numbers-accepted'), value: score.wrongAccepted, unit: 'numbers', goal: '0' });
  print({
    name: name('all-fields'),
    value: percent(score.allFields, pictures),
    unit: '%',
    ...goal(ALL_FIELDS_PROMISED.includes(condition), '>= 95'),
    note: fieldNote(score),
  });
  print({ name: name('wall'), value: rounded(median(set.map(({ read }) => read.wallMs))), unit: 'ms' });
  print({ name: name('cpu'), value: rounded(median(set.map(({ read }) => read.cpuS))), unit: 's' });
}

function fieldNote({ exact, pictures }: Score): string {
  const fields = Object.entries(exact).map(([field, right]) => `${field} ${right}`);
  return `${fields.join(', ')} of ${pictures}`;
}

function printTotals(set: readonly ReadPicture[]): void {
  const promised = scoreOf(set.filter(({ condition }) => PROMISED.includes(condition)));
  const fields = scoreOf(set.filter(({ condition }) => ALL_FIELDS_PROMISED.includes(condition)));
  const every = scoreOf(set);
  print({
    name: 'ocr.number-exact',
    value: percent(promised.numberExact, promised.pictures),
    unit: '%',
    goal: '>= 99',
    note: `${promised.pictures} pictures: ${PROMISED.join(', ')}`,
  });
  print({
    name: 'ocr.wrong-numbers-accepted',
    value: every.wrongAccepted,
    unit: 'numbers',
    goal: '0',
    note: `${every.pictures} pictures, ${every.numberExact} numbers accepted`,
  });
  print({
    name: 'ocr.all-fields',
    value: percent(fields.allFields, fields.pictures),
    unit: '%',
    goal: '>= 95',
    note: `${fields.pictures} pictures: ${ALL_FIELDS_PROMISED.join(', ')}; ${unknownNote(set)}`,
  });
}

/** Names that cannot be read whatever the picture: said beside the figure, not taken out of it. */
function unknownNote(set: readonly ReadPicture[]): string {
  const known = new Set(readFileSync(join(installedModelsDir()!, 'ppocr_keys_v1.txt'), 'utf8').split('\n'));
  const specimens = [...new Set(set.map(({ specimen }) => specimen))];
  const unknown = specimens.filter(({ name }) => [...name].some((character) => !known.has(character)));
  return `${unknown.length} of ${specimens.length} names have a character that the models do not know`;
}

function printMemory({ beforeMb, peakMb, afterMb }: Extract<SetLine, { kind: 'memory' }>): void {
  const note = `the reader's own process; the one that asks: ${rounded(beforeMb)} MB before, ${rounded(afterMb)} MB after it has ended`;
  print({ name: 'ocr.rss-peak', value: rounded(peakMb), unit: 'MB', note });
}

async function printPeer(drawn: readonly Drawn[], set: readonly ReadPicture[]): Promise<void> {
  const name = 'ocr.clean.number-exact-beside-tesseract';
  const missing = withoutTesseract();
  if (missing) return print({ name, skipped: missing });
  const peer = await tesseractNumbers(
    dir,
    drawn.filter(({ condition }) => condition === 'clean'),
  );
  const own = scoreOf(set.filter(({ condition }) => condition === 'clean'));
  const theirs = percent(peer.exact, own.pictures);
  const value = percent(own.numberExact, own.pictures);
  print({ name, value, unit: '%', peer: `tesseract, whole picture: ${theirs} % in ${rounded(peer.wallMs)} ms each` });
}

function showMisread({ file, specimen, read }: ReadPicture): void {
  const wrong = (Object.keys(specimen) as (keyof typeof specimen)[])
    .filter((field) => read.fields[field]?.text !== specimen[field])
    .map((field) => `${field} ${specimen[field]} / ${read.fields[field]?.text ?? 'nothing'}`);
  const accepted = read.fields.number?.support === 'check-digit' ? '' : ' (number not accepted)';
  if (wrong.length > 0 || accepted) console.error(`${file}${accepted} ${read.guidance ?? ''}: ${wrong.join('; ')}`);
}
