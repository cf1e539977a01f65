import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { encrypt, generateIdentity } from '../../vault/age/age.ts';
import { eachLine } from './each-line.ts';
import { readBag } from './read-bag.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaodian-lines-'));
afterAll(() => rmSync(dir, { recursive: true }));
const key = generateIdentity();

async function linesOf(text: string, change: (file: Buffer) => Buffer = (file) => file) {
  writeFileSync(join(dir, 'lines.age'), change(Buffer.from(encrypt(Buffer.from(text), [key.recipient]))));
  const lines: string[] = [];
  const whole = await eachLine(await readBag(dir), 'lines.age', [key.identity], 100_000, (line) => {
    lines.push(Buffer.from(line).toString('utf8'));
    return lines.length < 5;
  });
  return [whole, lines.map((line) => (line.length > 10 ? line.length : line))];
}

test('lines come whole, also across the borders of chunks', async () => {
  expect(await linesOf('')).toEqual([true, []]);
  expect(await linesOf('一\n\n二\n')).toEqual([true, ['一', '', '二']]);
  expect(await linesOf(`${'a'.repeat(65_535)}\n${'b'.repeat(90_000)}\nc\n`)).toEqual([true, [65_535, 90_000, 'c']]);
});

test('a line without end, one that is too long, a stop and a cut file are not whole', async () => {
  expect(await linesOf('a\nb')).toEqual([false, ['a']]);
  expect(await linesOf(`a\n${'b'.repeat(100_001)}\nc\n`)).toEqual([false, ['a']]);
  expect(await linesOf('1\n2\n3\n4\n5\n6\n')).toEqual([false, ['1', '2', '3', '4', '5']]);
  expect((await linesOf('a\nb\n', (file) => file.subarray(0, -1)))[0]).toBe(false);
});
