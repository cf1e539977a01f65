import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { nodeAead, sodiumAead } from './aead.ts';
import { type AgeError, decrypt } from './age.ts';
import { Decryptor } from './decryptor.ts';
import { pump } from './pump.ts';

/** The public test kit of the format: where the files come from stands in the folder's README. */
const FOLDER = resolve('test/vectors/age');
const names = readdirSync(FOLDER).filter((name) => !/^\.|^README/.test(name));

type Vector = { expect: string; identities: string[]; payloadSha256: string | undefined; file: Buffer };

function read(name: string): Vector {
  const bytes = readFileSync(join(FOLDER, name));
  const gap = bytes.indexOf('\n\n');
  const fields = bytes
    .subarray(0, gap)
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(': ') as [string, string]);
  const one = (key: string) => fields.find(([k]) => k === key)?.[1];
  const body = bytes.subarray(gap + 2);
  return {
    expect: one('expect')!,
    identities: fields.flatMap(([k, v]) => (k === 'identity' ? [v] : [])),
    payloadSha256: one('payload'),
    file: one('compressed') === 'zlib' ? inflateSync(body) : body,
  };
}

/** What the kit calls it when the file is refused with this. */
function kitWord(error: AgeError): string {
  switch (error.code) {
    case 'NO_MATCH':
      return 'no match';
    case 'TRUNCATED':
    case 'DAMAGED':
      return 'payload failure';
    case 'BAD_HEADER':
      return error.reason.includes('MAC does not match') ? 'HMAC failure' : 'header failure';
    default:
      return 'header failure';
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Whole in one, and in pieces that fall across every border inside. */
const cuts = (file: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(file.length / size) }, (_, i) => file.subarray(i * size, (i + 1) * size));

const providers = [nodeAead()!, await sodiumAead()];

test('the kit is there', () => {
  expect(names.length).toBe(68);
});

describe.each(providers.map((aead) => [aead.name, aead] as const))('on %s', (_name, aead) => {
  test.each(names)('%s', async (name) => {
    const vector = read(name);
    const whole = decrypt(vector.file, vector.identities, aead);
    expect(whole.ok ? 'success' : kitWord(whole.error)).toBe(vector.expect);
    if (whole.ok) expect(sha256(whole.value)).toBe(vector.payloadSha256);

    for (const size of [vector.file.length + 1, 4099, 65_552]) {
      const given: Uint8Array[] = [];
      const pieces = Readable.from(cuts(vector.file, size));
      const error = await pump(pieces, new Decryptor(aead, vector.identities), async (parts) => {
        given.push(...parts);
      });
      expect(error ? kitWord(error) : 'success').toBe(vector.expect);
      // Of a damaged payload exactly the chunks before the damage come out, no byte more and none less.
      if (vector.payloadSha256) expect(sha256(Buffer.concat(given))).toBe(vector.payloadSha256);
      else expect(given).toEqual([]);
    }
  });
});
