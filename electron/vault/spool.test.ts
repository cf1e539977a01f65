import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { ok } from '../lib/result.ts';
import { generateIdentity } from './age/age.ts';
import { createSpool, readSpool, type Spool } from './spool.ts';

const station = generateIdentity();
const centre = generateIdentity();
const path = () => join(mkdtempSync(join(tmpdir(), 'kaodian-spool-')), 'a.spool');
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const opened: Spool[] = [];
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close();
});
const fill = async (at: string, ...records: string[]) => {
  const spool = await createSpool(at, () => [centre.recipient, station.recipient]);
  opened.push(spool);
  for (const record of records) expect(await spool.append(Buffer.from(record))).toEqual(ok(true));
  return spool;
};

test('what was appended is read back by station and centre alike, and by nobody else', async () => {
  const at = path();
  await fill(at, 'one', '', 'three');
  for (const { identity } of [station, centre]) {
    const { records, cutBytes, damaged } = await readSpool(at, identity);
    expect([records.map(text), cutBytes, damaged]).toEqual([['one', '', 'three'], 0, 0]);
  }
  expect((await readSpool(at, generateIdentity().identity)).records).toEqual([]);
});

test('cut anywhere, all records before the cut are read and nothing of the one that is cut', async () => {
  const at = path();
  const ends: number[] = [];
  const spool = await fill(at);
  for (const record of ['first', 'second', 'third']) {
    await spool.append(Buffer.from(record));
    ends.push(statSync(at).size);
  }
  const whole = readFileSync(at);
  const cut = path();
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), async (length) => {
      writeFileSync(cut, whole.subarray(0, length));
      const { records, damaged } = await readSpool(cut, station.identity);
      expect(records.length).toBe(ends.filter((end) => end <= length).length);
      expect(damaged).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('a tail whose length is there and whose bytes are zero is cut off; a damaged record hides none behind it', async () => {
  const at = path();
  await fill(at, 'first', 'second', 'third');
  const whole = readFileSync(at);
  const zeroed = Buffer.from(whole);
  zeroed.fill(0, whole.length - 20);
  writeFileSync(at, zeroed);
  const tail = await readSpool(at, station.identity);
  expect([tail.records.map(text), tail.damaged, tail.cutBytes > 0]).toEqual([['first', 'second'], 0, true]);
  const flipped = Buffer.from(whole);
  flipped.writeUInt8((flipped[Math.floor(whole.length / 2)]! + 1) & 0xff, Math.floor(whole.length / 2));
  writeFileSync(at, flipped);
  const middle = await readSpool(at, station.identity);
  expect([middle.records.map(text), middle.damaged]).toEqual([['first', 'third'], 1]);
});

test('cleared, it begins anew; a foreign file is no spool', async () => {
  const at = path();
  const spool = await fill(at, 'a long record that will be gone');
  await spool.clear();
  await spool.append(Buffer.from('new'));
  expect((await readSpool(at, station.identity)).records.map(text)).toEqual(['new']);
  writeFileSync(at, 'age-encryption.org/v1');
  expect(await readSpool(at, station.identity)).toEqual({ records: [], cutBytes: 21, damaged: 0 });
});
