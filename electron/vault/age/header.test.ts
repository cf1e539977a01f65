import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { currentAead } from './aead.ts';
import { decrypt, generateIdentity } from './age.ts';
import { toBase64 } from './base64.ts';
import { bech32OfWords } from './bech32.ts';
import { payloadKey } from './decryptor.ts';
import { MAX_HEADER_BYTES, parseHeader, type Stanza, writeHeader } from './header.ts';
import { ChunkSealer } from './stream.ts';
import { parseIdentity, parseRecipient, unwrapFileKey, wrapFileKey } from './x25519.ts';

const key = generateIdentity();
const point = parseRecipient(key.recipient)!;
const fileKey = randomBytes(16);
const nonce = randomBytes(16);
const good = wrapFileKey(currentAead(), fileKey, point);

function withPayload(header: Uint8Array): Uint8Array {
  const parts = [header, nonce];
  const sealer = new ChunkSealer(currentAead(), payloadKey(fileKey, nonce));
  sealer.push(Buffer.from('封存'), (sealed) => parts.push(sealed));
  sealer.finish((sealed) => parts.push(sealed));
  return Buffer.concat(parts);
}
/** A file whose header is this text with a right MAC, so that nothing but the text itself can be refused. */
function fileOf(headerText: string, change: (mac: string) => string = (mac) => mac): Uint8Array {
  const macKey = new Uint8Array(hkdfSync('sha256', fileKey, new Uint8Array(0), 'header', 32));
  const signed = Buffer.from(`${headerText}---`, 'latin1');
  const mac = toBase64(createHmac('sha256', macKey).update(signed).digest());
  return withPayload(Buffer.concat([signed, Buffer.from(` ${change(mac)}\n`)]));
}
const line = (stanza: Stanza) => `-> ${[stanza.type, ...stanza.args].join(' ')}\n${toBase64(stanza.body)}\n`;
const V1 = 'age-encryption.org/v1\n';
const codeOf = (file: Uint8Array) => {
  const opened = decrypt(file, [key.identity]);
  return opened.ok ? 'OPENED' : opened.error.code;
};
/** The next character of the base64 alphabet: for a last character, only bits that are cut off change. */
const nudgeLast = (text: string) => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) + 1];
};

describe('headers that open', () => {
  const long = { type: 'grease', args: ['a', 'b~!'], body: randomBytes(48 * 2) };
  test.each([
    ['one recipient', [good]],
    ['an unknown recipient before it', [{ type: 'X', args: [], body: new Uint8Array(0) }, good]],
    ['a body of exactly two lines, closed by an empty one', [long, good]],
  ])('%s', (_name, stanzas) => {
    expect(codeOf(withPayload(writeHeader(stanzas, fileKey)))).toBe('OPENED');
  });
});

describe('headers that do not', () => {
  const [share] = good.args as [string];
  const body = toBase64(good.body);
  test.each([
    ['another version', `age-encryption.org/v2\n${line(good)}`, 'NOT_AGE'],
    ['armour', '-----BEGIN AGE ENCRYPTED FILE-----\n', 'ARMORED'],
    ['CRLF', `${V1}${line(good)}`.replaceAll('\n', '\r\n'), 'NOT_AGE'],
    ['CR in a recipient line', `${V1}-> X25519 ${share}\r\n${body}\n`, 'BAD_HEADER'],
    ['no recipient', V1, 'BAD_HEADER'],
    ['a padded share', `${V1}-> X25519 ${share}=\n${body}\n`, 'BAD_HEADER'],
    ['trailing bits in a share', `${V1}-> X25519 ${nudgeLast(share)}\n${body}\n`, 'BAD_HEADER'],
    ['trailing bits in a body', `${V1}-> X25519 ${share}\n${nudgeLast(body)}\n`, 'BAD_HEADER'],
    ['a padded body', `${V1}-> X25519 ${share}\n${body}=\n`, 'BAD_HEADER'],
    ['a short share', `${V1}-> X25519 ${toBase64(randomBytes(31))}\n${body}\n`, 'BAD_HEADER'],
    ['a share of small order', `${V1}-> X25519 ${toBase64(new Uint8Array(32))}\n${body}\n`, 'BAD_HEADER'],
    ['a second argument', `${V1}-> X25519 ${share} more\n${body}\n`, 'BAD_HEADER'],
    ['no argument', `${V1}-> X25519\n${body}\n`, 'BAD_HEADER'],
    ['a long file key', `${V1}-> X25519 ${share}\n${toBase64(randomBytes(33))}\n`, 'BAD_HEADER'],
    ['two spaces', `${V1}-> X25519  ${share}\n${body}\n`, 'BAD_HEADER'],
    ['a space behind', `${V1}-> X25519 ${share} \n${body}\n`, 'BAD_HEADER'],
    ['a body line of 68', `${V1}-> x\n${'A'.repeat(68)}\n\n${line(good)}`, 'BAD_HEADER'],
    ['a full body line without its short one', `${V1}-> x\n${'A'.repeat(64)}\n${line(good)}`, 'BAD_HEADER'],
    ['a passphrase beside it', `${V1}-> scrypt a 10\n${body}\n${line(good)}`, 'BAD_HEADER'],
    ['an empty recipient line', `${V1}->\n\n${line(good)}`, 'BAD_HEADER'],
    ['a header without end', `${V1}${`-> x\n\n`.repeat(20_000)}`, 'BAD_HEADER'],
  ])('%s', (_name, text, code) => {
    expect(codeOf(fileOf(text))).toBe(code);
  });

  test('a wrong, padded, short or missing MAC', () => {
    const text = `${V1}${line(good)}`;
    expect(codeOf(fileOf(text))).toBe('OPENED');
    expect(codeOf(fileOf(text, () => toBase64(randomBytes(32))))).toBe('BAD_HEADER');
    expect(codeOf(fileOf(text, (mac) => `${mac}=`))).toBe('BAD_HEADER');
    expect(codeOf(fileOf(text, (mac) => nudgeLast(mac)))).toBe('BAD_HEADER');
    expect(codeOf(fileOf(text, () => ''))).toBe('BAD_HEADER');
  });
  test('nothing longer than the limit is ever held', () => {
    const endless = Buffer.concat([Buffer.from(`${V1}-> x\n`), Buffer.alloc(MAX_HEADER_BYTES, '-')]);
    expect(parseHeader(endless)).toMatchObject({ kind: 'bad' });
  });
});

describe('keys', () => {
  test('are read in their one spelling', () => {
    expect(parseIdentity(key.identity)?.length).toBe(32);
    for (const bad of [
      key.identity.toLowerCase(),
      key.identity.slice(0, -1),
      key.recipient,
      key.identity.replace(/.$/, (c) => (c === 'Q' ? 'P' : 'Q')),
      `a${key.identity.slice(1)}`,
      '',
    ]) {
      expect(parseIdentity(bad)).toBeUndefined();
    }
    for (const bad of [key.recipient.toUpperCase(), key.identity, `${key.recipient} `, key.recipient.slice(0, 20)]) {
      expect(parseRecipient(bad)).toBeUndefined();
    }
  });
  test('no padding but zeros, and not a word of it too many', () => {
    const words = (last: number[]) => bech32OfWords('age', [...new Array<number>(51).fill(0), ...last]);
    expect(parseRecipient(words([0]))?.length).toBe(32);
    expect([words([1]), words([8]), words([0, 0]), words([])].map(parseRecipient)).toEqual(Array(4).fill(undefined));
  });
  test('a recipient of small order is refused, a stranger’s stanza is skipped', () => {
    expect(() => wrapFileKey(currentAead(), fileKey, new Uint8Array(32))).toThrow(RangeError);
    const other = parseIdentity(generateIdentity().identity)!;
    expect(unwrapFileKey(currentAead(), good, other)).toEqual({ ok: true, value: undefined });
  });
});
