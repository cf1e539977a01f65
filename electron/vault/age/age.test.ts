import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currentAead, nodeAead, sodiumAead } from './aead.ts';
import { decrypt, encrypt, generateIdentity, recover } from './age.ts';
import { Decryptor } from './decryptor.ts';
import { Encryptor } from './encryptor.ts';
import { parseHeader } from './header.ts';
import { type Coder, pump } from './pump.ts';
import { CHUNK_BYTES } from './stream.ts';

const centre = generateIdentity();
const station = generateIdentity();
const stranger = generateIdentity();
const SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 1024 * 1024];
const SEALED_CHUNK = CHUNK_BYTES + 16;

function payloadStart(file: Uint8Array): number {
  const reading = parseHeader(file);
  if (reading.kind !== 'whole') throw new Error('no header');
  return reading.header.lengthBytes + 16;
}

const encryptor = () => new Encryptor(currentAead(), [centre.recipient]);
const decryptor = () => new Decryptor(currentAead(), [centre.identity]);
async function pumped(pieces: readonly Uint8Array[], coder: Coder) {
  const out: Uint8Array[] = [];
  async function* source() {
    // The caller's buffer is its own again as soon as the next piece is asked for.
    for (const piece of pieces) {
      const lent = Buffer.from(piece);
      yield lent;
      lent.fill(0);
    }
  }
  const error = await pump(source(), coder, async (parts) => void out.push(...parts));
  return { bytes: Buffer.concat(out), error };
}

describe('a file comes back', () => {
  test.each(SIZES)('%i bytes, for each of two recipients, at once and streamed', async (size) => {
    const plain = randomBytes(size);
    const file = encrypt(plain, [centre.recipient, station.recipient]);
    expect(decrypt(file, [centre.identity])).toEqual({ ok: true, value: plain });
    expect(decrypt(file, [stranger.identity, station.identity])).toEqual({ ok: true, value: plain });
    const streamed = await pumped([plain], encryptor());
    expect(decrypt(streamed.bytes, [centre.identity])).toEqual({ ok: true, value: plain });
    const back = await pumped([file], decryptor());
    expect(back).toEqual({ bytes: plain, error: undefined });
  });

  test('however the bytes are cut into pieces on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 5 }), async (cuts) => {
        const plain = randomBytes(150_000);
        const pieces = (bytes: Uint8Array) => {
          const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
          return edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge));
        };
        const file = await pumped(pieces(plain), encryptor());
        const back = await pumped(pieces(file.bytes), decryptor());
        expect(back.error).toBeUndefined();
        expect(back.bytes.equals(plain)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  test('both providers write and read the same bytes', async () => {
    const [onNode, onSodium] = [nodeAead()!, await sodiumAead()];
    const [key, nonce] = [randomBytes(32), randomBytes(12)];
    const [node, sodium] = [onNode.withKey(key), onSodium.withKey(key)];
    for (const size of SIZES) {
      const plain = randomBytes(size);
      const sealed = Buffer.concat(node.seal(nonce, plain));
      expect(sealed.equals(Buffer.concat(sodium.seal(nonce, plain)))).toBe(true);
      sealed[0]! ^= 1;
      expect([node.open(nonce, sealed), sodium.open(nonce, sealed)]).toEqual([undefined, undefined]);
    }
    const file = encrypt(randomBytes(100_000), [centre.recipient], onSodium);
    const [byNode, bySodium] = [decrypt(file, [centre.identity], onNode), decrypt(file, [centre.identity], onSodium)];
    expect(byNode.ok && bySodium.ok && Buffer.from(byNode.value).equals(bySodium.value)).toBe(true);
  });
});

describe('a file that was touched does not', () => {
  const plain = randomBytes(3 * CHUNK_BYTES);
  const file = encrypt(plain, [centre.recipient]);
  const start = payloadStart(file);
  const border = (chunk: number) => start + chunk * SEALED_CHUNK;
  const codeOf = (bytes: Uint8Array) => {
    const opened = decrypt(bytes, [centre.identity]);
    return opened.ok ? 'OPENED' : opened.error.code;
  };

  test.each([0, 1, 2])('cut at the border behind chunk %i', (chunk) => {
    expect(codeOf(file.subarray(0, border(chunk)))).toBe('TRUNCATED');
  });
  test('cut to nothing, in the header, in the nonce, in a chunk', () => {
    expect(codeOf(new Uint8Array(0))).toBe('BAD_HEADER');
    expect(codeOf(file.subarray(0, 100))).toBe('BAD_HEADER');
    expect(codeOf(file.subarray(0, start - 1))).toBe('BAD_HEADER');
    expect(codeOf(file.subarray(0, border(1) + 5))).toBe('TRUNCATED');
  });
  test('chunks swapped, repeated, dropped, appended', () => {
    const chunk = (n: number) => file.subarray(border(n), border(n + 1));
    const head = file.subarray(0, start);
    expect(codeOf(Buffer.concat([head, chunk(1), chunk(0), chunk(2)]))).toBe('DAMAGED');
    expect(codeOf(Buffer.concat([head, chunk(0), chunk(0), chunk(1), chunk(2)]))).toBe('DAMAGED');
    expect(codeOf(Buffer.concat([head, chunk(0), chunk(2)]))).toBe('DAMAGED');
    expect(codeOf(Buffer.concat([file, chunk(2)]))).toBe('DAMAGED');
    expect(codeOf(Buffer.concat([file, new Uint8Array(1)]))).toBe('DAMAGED');
  });
  test('any byte flipped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const touched = Buffer.from(file);
        touched[at]! ^= mask;
        expect(codeOf(touched)).not.toBe('OPENED');
      }),
      { numRuns: 60 },
    );
  });
  test('for someone else, or with a key that is none', () => {
    expect(decrypt(file, [stranger.identity])).toEqual({ ok: false, error: { code: 'NO_MATCH' } });
    expect(decrypt(file, [])).toEqual({ ok: false, error: { code: 'BAD_IDENTITY' } });
    expect(decrypt(file, [centre.recipient])).toEqual({ ok: false, error: { code: 'BAD_IDENTITY' } });
    expect(() => encrypt(plain, [])).toThrow(RangeError);
    expect(() => encrypt(plain, [centre.identity])).toThrow(RangeError);
  });

  test('piece by piece, all that is authentic before the damage comes out, and nothing behind it', async () => {
    const touched = Buffer.from(file);
    touched[border(1) + 7]! ^= 1;
    const { bytes, error } = await pumped([touched], decryptor());
    expect(error).toEqual({ code: 'DAMAGED', chunk: 1 });
    expect(plain.subarray(0, CHUNK_BYTES).equals(bytes)).toBe(true);
  });

  test('recover keeps the authentic chunks of a cut or damaged file', () => {
    const kept = (bytes: Uint8Array) => {
      const saved = recover(bytes, [centre.identity]);
      if (!saved.ok) return saved.error.code;
      expect(plain.subarray(0, saved.value.plain.length).equals(saved.value.plain)).toBe(true);
      return [saved.value.plain.length / CHUNK_BYTES, saved.value.complete];
    };
    expect(kept(file)).toEqual([3, true]);
    expect(kept(file.subarray(0, border(2) + 100))).toEqual([2, false]);
    expect(kept(file.subarray(0, border(2)))).toEqual([2, false]);
    expect(kept(file.subarray(0, border(0)))).toEqual([0, false]);
    expect(kept(file.subarray(0, start - 4))).toEqual([0, false]);
    expect(kept(file.subarray(0, start - 40))).toBe('BAD_HEADER');
  });
});
