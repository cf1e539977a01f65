import fc from 'fast-check';
import { expect, test } from 'vitest';
import { burstGapMs, ScanBurst } from './scan-burst.ts';

/** Types `text` and Enter, `gapMs` apart, as the key listener does: `quiet` after every pause longer than the gap. */
function type(text: string, gapMs: number) {
  const burst = new ScanBurst();
  const keys: string[] = [];
  let atMs = 1000;
  for (const character of text) {
    if (gapMs >= burstGapMs) keys.push(...burst.quiet());
    const verdict = burst.character(character, atMs);
    if (verdict.kind === 'held') keys.push(...verdict.flush);
    atMs += gapMs;
  }
  if (gapMs >= burstGapMs) keys.push(...burst.quiet());
  const last = burst.enter(atMs);
  if (last.kind === 'enter') keys.push(...last.flush);
  return { keys: keys.join(''), last };
}

test('a scanner is one scan, and no key of it reaches the desk', () => {
  const code = fc.string({ minLength: 4, maxLength: 60, unit: fc.constantFrom(...'0123456789ABCdef.-') });
  fc.assert(
    fc.property(code, fc.integer({ min: 0, max: burstGapMs - 1 }), (text, gapMs) => {
      expect(type(text, gapMs)).toEqual({ keys: '', last: { kind: 'scan', text } });
    }),
  );
});

test('a person typing gets every key and the Enter', () => {
  const text = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom(...'1234') });
  fc.assert(
    fc.property(text, fc.integer({ min: burstGapMs, max: 2000 }), (keys, gapMs) => {
      expect(type(keys, gapMs)).toEqual({ keys, last: { kind: 'enter', flush: '' } });
    }),
  );
});

test('Enter alone is a person', () => {
  expect(new ScanBurst().enter(5)).toEqual({ kind: 'enter', flush: '' });
});

test('Enter right after one or two characters is noise, never an admission', () => {
  expect(type('7', 3).last).toEqual({ kind: 'swallowed' });
  expect(type('77', 3).last).toEqual({ kind: 'swallowed' });
});

test('a burst that breaks off without Enter is thrown away', () => {
  const burst = new ScanBurst();
  burst.character('2', 0);
  burst.character('6', 5);
  expect(burst.quiet()).toBe('');
  expect(burst.enter(500)).toEqual({ kind: 'enter', flush: '' });
});
