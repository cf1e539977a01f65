import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { specimenFilm } from '../../../test/harness/specimen-film.ts';
import { boxesIn } from './boxes.ts';
import { firstPictureAt, mediaTypeOf, readFilm } from './film.ts';
import { joinFilms } from './join-films.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaodian-mp4-'));
afterAll(() => rmSync(folder, { recursive: true }));
const one = specimenFilm(2);
const other = specimenFilm(2, '640x480');

test('a film is taken apart: what plays it, when it begins, its fragments', () => {
  const read = readFilm(one)!;
  expect(mediaTypeOf(read)).toMatch(/^video\/mp4; codecs="avc1\.[0-9a-f]{6}"$/);
  expect(firstPictureAt(read)).toBe(0);
  expect(read.fragments.length).toBe(2);
  const moved = joinFilms([{ film: read, atSeconds: 7.48 }]);
  expect(typeof moved === 'string' ? moved : firstPictureAt(readFilm(moved)!)).toBeCloseTo(7.48, 3);
});

test('two films are joined without a byte of the pictures changed, the gap between them kept', () => {
  const joined = joinFilms([0, 5].map((atSeconds) => ({ film: readFilm(one)!, atSeconds })));
  if (typeof joined === 'string') throw new Error(joined);
  const file = join(folder, 'joined.mp4');
  writeFileSync(file, joined);
  const probed = execFileSync('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file],
  ]);
  const times = probed.toString().trim().split('\n').map(Number.parseFloat);
  expect([times.length, times[0], times[49], times[50], times[99]]).toEqual([100, 0, 1.96, 5, 6.96]);
  expect(execFileSync('ffmpeg', ['-v', 'error', '-i', file, '-f', 'null', '-']).toString()).toBe('');
  const pictures = (bytes: Uint8Array) =>
    boxesIn(bytes)
      .filter((b) => b.type === 'mdat')
      .map((b) => createHash('sha256').update(bytes.subarray(b.begin, b.end)).digest('hex'));
  expect(pictures(joined)).toEqual([...pictures(one), ...pictures(one)]);
});

test('films of two formats are not joined', () => {
  const parts = [one, other].map((bytes, i) => ({ film: readFilm(bytes)!, atSeconds: i * 2 }));
  expect(joinFilms(parts)).toBe('different-formats');
});

test('what is cut or changed somewhere is read in part or not at all, and never breaks', () => {
  fc.assert(
    fc.property(fc.nat(one.length), fc.array(fc.tuple(fc.nat(1200), fc.nat(255)), { maxLength: 6 }), (cut, edits) => {
      const bytes = one.slice(0, cut);
      for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
      const read = readFilm(bytes);
      if (read === null) return;
      mediaTypeOf(read);
      firstPictureAt(read);
      joinFilms([{ film: read, atSeconds: 1 }]);
    }),
  );
});
