import { expect, test } from 'vitest';
import { parseBoundedJson } from './bounded-json.ts';

const answer = (text: string | Uint8Array, max = 1000) => {
  const parsed = parseBoundedJson(Buffer.from(text as Uint8Array), max);
  return parsed.ok ? parsed.value : `no: ${parsed.error}`;
};

test.each([
  ['{"a":[1,"[[[\\"{"]}', { a: [1, '[[["{'] }],
  [`${'['.repeat(64)}${']'.repeat(64)}`, expect.anything()],
  [`"${'['.repeat(100)}"`, '['.repeat(100)],
  [`${'['.repeat(65)}${']'.repeat(65)}`, 'no: too deep'],
  [`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'no: too deep'],
  [Uint8Array.of(0x22, 0xff, 0x22), 'no: not UTF-8'],
  ['\uFEFF1', 'no: not JSON'],
  ['{"a":1,}', 'no: not JSON'],
  ['', 'no: not JSON'],
  ['1'.repeat(1001), 'no: too long'],
])('%j', (text, expected) => {
  expect(answer(text)).toEqual(expected);
});
