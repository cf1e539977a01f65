import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { currentSpan, judgeKey, type KeySpan, spansOfItsJournal } from './key-spans.ts';

const key = () => sshPublicKeyLine(generateKeyPairSync('ed25519').publicKey);
const [first, second, third] = [key(), key(), key()];
const spans: KeySpan[] = [
  { signingKey: first, journal: 1, fromSize: 0, untilSize: 100, ended: 'rotated' },
  { signingKey: second, journal: 1, fromSize: 101, untilSize: 250, ended: 'revoked' },
  { signingKey: third, journal: 2, fromSize: 0, untilSize: null, ended: null },
];

test.each([
  ['the first entry', first, 0, 'good'],
  ['at the border of a rotation', first, 100, 'good'],
  ['one entry beyond it', first, 101, 'rotated'],
  ['the new key at the old border', second, 100, 'not-yet'],
  ['the new key one entry later', second, 101, 'good'],
  ['at the border of a revocation', second, 250, 'good'],
  ['one entry beyond it', second, 251, 'revoked'],
  ['the key of the machine that replaces it', third, 1, 'good'],
  ['a key nobody enrolled', key(), 50, 'unknown'],
] as const)('%s', (_name, signingKey, size, verdict) => {
  expect(judgeKey(spans, signingKey, size)).toBe(verdict);
});

test('within one journal, at any size one key at most is good', () => {
  fc.assert(
    fc.property(fc.nat(400), (size) => {
      const good = [first, second].filter((line) => judgeKey(spans, line, size) === 'good');
      expect(good.length).toBe(size <= 250 ? 1 : 0);
    }),
  );
});

test('the key in use, and the keys of one machine', () => {
  expect(currentSpan(spans)?.signingKey).toBe(third);
  expect(currentSpan(spans.slice(0, 2))).toBeUndefined();
  expect(spansOfItsJournal(spans, second).map((s) => s.signingKey)).toEqual([first, second]);
  expect(spansOfItsJournal(spans, key())).toEqual([]);
});
