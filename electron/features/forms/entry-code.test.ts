import { expect, test } from 'vitest';
import { entryCodeText, parseEntryCode } from './entry-code.ts';

const leaf = 'ab12'.repeat(16);

test('a code says which entry of which station, and is read back as written', () => {
  const code = { station: 'KD-TEST-1', seq: 1204, leaf };
  expect(entryCodeText(code)).toBe(`KDJ1:KD-TEST-1:1204:${leaf.toUpperCase()}`);
  expect(parseEntryCode(entryCodeText(code))).toEqual({ ok: true, value: code });
  const first = { station: 'a_1', seq: 0, leaf };
  expect(parseEntryCode(entryCodeText(first))).toEqual({ ok: true, value: first });
});

test.each([
  '',
  `KDJ2:KD-TEST-1:1:${leaf.toUpperCase()}`,
  `KDJ1:KD-TEST-1:01:${leaf.toUpperCase()}`,
  `KDJ1:KD-TEST-1:-1:${leaf.toUpperCase()}`,
  `KDJ1:KD TEST:1:${leaf.toUpperCase()}`,
  `KDJ1:KD-TEST-1:1:${leaf}`,
  `KDJ1:KD-TEST-1:1:${leaf.toUpperCase().slice(2)}`,
  `KDJ1:KD-TEST-1:1:${leaf.toUpperCase()}\n`,
])('%j is no entry code', (text) => {
  expect(parseEntryCode(text)).toEqual({ ok: false, error: { code: 'NO_ENTRY_CODE' } });
});
