import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { currentAead } from './aead.ts';
import { CHUNK_BYTES, ChunkOpener } from './stream.ts';

const aead = currentAead();
const key = randomBytes(32);
/** One chunk, sealed by hand: number and last flag as the test wants them. */
function chunk(number: number, last: boolean, size: number): Uint8Array {
  const nonce = new Uint8Array(12);
  nonce[10] = number;
  nonce[11] = last ? 1 : 0;
  return Buffer.concat(aead.withKey(key).seal(nonce, new Uint8Array(size)));
}
function read(...chunks: Uint8Array[]) {
  const opener = new ChunkOpener(aead, key);
  let bytes = 0;
  const emit = (plain: Uint8Array) => {
    bytes += plain.length;
  };
  const fault = opener.push(Buffer.concat(chunks), emit) ?? opener.finish(emit);
  return [fault?.code ?? 'WHOLE', bytes];
}

test('an empty last chunk is lawful only as the whole of an empty file', () => {
  expect(read(chunk(0, true, 0))).toEqual(['WHOLE', 0]);
  expect(read(chunk(0, false, CHUNK_BYTES), chunk(1, true, 0))).toEqual(['DAMAGED', CHUNK_BYTES]);
  expect(read(chunk(0, true, CHUNK_BYTES))).toEqual(['WHOLE', CHUNK_BYTES]);
});

test('the last flag stands on the last chunk and nowhere else', () => {
  // The first chunk is authentic, as the last; that something follows is the fault.
  expect(read(chunk(0, true, CHUNK_BYTES), chunk(1, true, 5))).toEqual(['DAMAGED', CHUNK_BYTES]);
  expect(read(chunk(0, false, CHUNK_BYTES), chunk(1, false, 5))).toEqual(['TRUNCATED', CHUNK_BYTES]);
  expect(read()).toEqual(['TRUNCATED', 0]);
});

test('chunks are counted from zero', () => {
  expect(read(chunk(0, false, CHUNK_BYTES), chunk(2, true, 5))[0]).not.toBe('WHOLE');
  expect(read(chunk(1, true, 5))[0]).not.toBe('WHOLE');
});

test('a short chunk in the middle does not pass', () => {
  expect(read(chunk(0, false, CHUNK_BYTES - 1), chunk(1, true, 5))).toEqual(['DAMAGED', 0]);
});
