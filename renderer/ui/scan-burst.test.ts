import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burstGapMs, type KeyVerdict, ScanBurst } from './scan-burst.ts';

/** Characters and, as `\n`, keys that end a scan, each so many ms after the one before. */
type Typed = readonly (readonly [character: string, gapMs: number])[];

/** Types as the key listener does: `quiet` after every pause longer than the gap. */
function type(typed: Typed, burst = new ScanBurst()) {
  const keys: string[] = [];
  const ends: KeyVerdict[] = [];
  let atMs = 1000;
  for (const [character, gapMs] of typed) {
    if (gapMs >= burstGapMs) keys.push(...burst.quiet());
    atMs += gapMs;
    if (character !== '\n') keys.push(...burst.character(character, character.toUpperCase(), atMs));
    else {
      const verdict = burst.end(atMs);
      ends.push(verdict);
      if (verdict.kind === 'person') keys.push(...verdict.flush);
    }
  }
  keys.push(...burst.quiet());
  return { keys: keys.join(''), ends };
}
const evenly = (text: string, gapMs: number): Typed => [...text].map((c) => [c, gapMs]);
const scan = (text: string): KeyVerdict => ({ kind: 'scan', text });
const person: KeyVerdict = { kind: 'person', flush: [] };
const swallowed: KeyVerdict = { kind: 'swallowed' };

test('a scanner is one scan, at any speed and unevenly, and no key of it reaches the desk', () => {
  const key = fc.tuple(fc.constantFrom(...'0123456789ABCdef.-'), fc.integer({ min: 0, max: 52 }));
  fc.assert(
    fc.property(fc.array(key, { minLength: 4, maxLength: 500 }), fc.integer({ min: 0, max: 59 }), (keys, lastGapMs) => {
      const [first, ...rest] = keys;
      const typed: Typed = [[first![0], 5000], ...rest, ['\n', lastGapMs]];
      expect(type(typed)).toEqual({ keys: '', ends: [scan(keys.map(([c]) => c).join(''))] });
    }),
  );
});

test('a person typing gets every key and the Enter', () => {
  const gap = fc.integer({ min: burstGapMs, max: 2000 });
  const keys = fc.array(fc.tuple(fc.constantFrom(...'1234QW'), gap), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(keys, gap, (typed, lastGapMs) => {
      const { keys: heard, ends } = type([...typed, ['\n', lastGapMs]]);
      expect({ heard, ends }).toEqual({ heard: typed.map(([c]) => c).join(''), ends: [person] });
    }),
  );
});

describe('what a person does quickly', () => {
  test.each<[string, Typed, string, KeyVerdict[]]>([
    ['Enter alone', [['\n', 5000]], '', [person]],
    [
      'a key and Enter rolled over it',
      [
        ['1', 5000],
        ['\n', 40],
      ],
      '1',
      [{ kind: 'person', flush: ['1'] }],
    ],
    [
      'two keys rolled',
      [
        ['q', 5000],
        ['1', 35],
      ],
      'Q1',
      [],
    ],
    [
      'two keys rolled, and Enter',
      [
        ['1', 5000],
        ['2', 45],
        ['\n', 45],
      ],
      '12',
      [{ kind: 'person', flush: ['1', '2'] }],
    ],
    [
      'Enter twice',
      [
        ['\n', 5000],
        ['\n', 20],
      ],
      '',
      [person, person],
    ],
  ])('%s', (_what, typed, keys, ends) => {
    expect(type(typed)).toEqual({ keys, ends });
  });
});

describe('what scanners do', () => {
  const code = '202600000012';
  const first: Typed = [['2', 5000], ...evenly(code.slice(1), 4)];
  test.each<[string, Typed, KeyVerdict[]]>([
    ['carriage return and line feed', [...first, ['\n', 4], ['\n', 4]], [scan(code), swallowed]],
    [
      'two codes one right after the other',
      [...first, ['\n', 4], ...evenly(code, 4), ['\n', 4]],
      [scan(code), scan(code)],
    ],
    [
      'two codes with both line ends',
      [...first, ['\n', 4], ['\n', 4], ...evenly(code, 4), ['\n', 4], ['\n', 4]],
      [scan(code), swallowed, scan(code), swallowed],
    ],
    [
      '50 ms a key, now and then late',
      [
        ['2', 5000],
        ['0', 40],
        ['2', 59],
        ['6', 48],
        ['0', 57],
        ['\n', 50],
      ],
      [scan('20260')],
    ],
    ['50 ms a key', [['2', 5000], ...evenly(code.slice(1), 50), ['\n', 50]], [scan(code)]],
    ['a symbology identifier', [[']', 5000], ...evenly(`C1${code}`, 4), ['\n', 4]], [scan(code)]],
    ['a code that only looks like one', [[']', 5000], ...evenly('Q123', 4), ['\n', 4]], [scan(']Q123')]],
    [
      'one or two characters: noise, never an admission',
      [
        ['7', 5000],
        ['7', 3],
        ['\n', 3],
        ['\n', 3],
      ],
      [swallowed, swallowed],
    ],
    ['a person’s Enter a second after a scan', [...first, ['\n', 4], ['\n', 1000]], [scan(code), person]],
    ['no end key: thrown away', [...first, ['\n', 2000]], [person]],
    [
      'a burst that breaks off',
      [
        ['2', 5000],
        ['6', 5],
        ['\n', 500],
      ],
      [person],
    ],
  ])('%s', (_what, typed, ends) => {
    expect(type(typed)).toEqual({ keys: '', ends });
  });

  test('whatever is typed, a scan is never empty and no key is heard twice', () => {
    const key = fc.tuple(fc.constantFrom(...'12QW\n'), fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constant(500)));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (typed) => {
        const { keys, ends } = type(typed);
        const scanned = ends.flatMap((end) => (end.kind === 'scan' ? [end.text] : []));
        expect(scanned.every((text) => text.length >= 4)).toBe(true);
        expect(keys.length + scanned.join('').length).toBeLessThanOrEqual(typed.filter(([c]) => c !== '\n').length);
      }),
    );
  });
});
