import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToDigits, digitsToBytes } from './decimal-bytes.ts';
import { issueTicket, readTicket, type TicketClaims, ticketKeyId, ticketKeyring, ticketPlaceFault } from './ticket.ts';
import { ticketBelongsTo, ticketHolderHash } from './ticket-payload.ts';

/** Ed25519 key of a fixed seed, so that the golden ticket stays the same. */
const keyOf = (seedByte: number) => {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seedByte)]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
};
const centre = keyOf(7);
const stranger = keyOf(8);
const keyring = ticketKeyring([centre.publicKey]);
const NUMBER = '11010519491231002X';
const claims: TicketClaims = {
  ticketNumber: '20260620-0012',
  name: '样本甲',
  holderHash: ticketHolderHash('20260620-0012', NUMBER),
  occupation: '电工',
  level: '三级',
  siteId: 'SITE-1',
  sessionIds: ['S-0620-AM', 'S-0620-PM'],
  photoHash: Uint8Array.from({ length: 16 }, (_, i) => i),
};
const text = issueTicket(claims, centre.publicKey, centre.privateKey);
const at = (scanned: string) => readTicket(scanned, keyring);
const failing = (code: string) => ({ ok: false, error: { code } });

describe('the digits', () => {
  test.each([
    ['', ''],
    ['00', '000'],
    ['ff', '255'],
    ['ffff', '65535'],
    ['ffffff', '16777215'],
    ['ffffffffffffff', '72057594037927935'],
    ['0000000000000001', '00000000000000000001'],
  ])('bytes %s are %s', (hex, digits) => {
    expect(bytesToDigits(Buffer.from(hex, 'hex'))).toBe(digits);
    expect(digitsToBytes(digits)).toEqual(new Uint8Array(Buffer.from(hex, 'hex')));
  });

  test.each(['256', '65536', '72057594037927936', '1', '12', '1234', '-12', '1e2', '０１２'])(
    '%s is no bytes',
    (digits) => {
      expect(digitsToBytes(digits)).toBeNull();
    },
  );

  test('any bytes come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(digitsToBytes(bytesToDigits(bytes))).toEqual(bytes);
      }),
    );
  });
});

test('a ticket of the centre is read', () => {
  expect(at(text)).toEqual({ ok: true, value: { kind: 'signed', claims } });
});

test.each([
  ['SITE-1', 'S-0620-AM', null],
  ['SITE-1', 'S-0620-PM', null],
  ['SITE-1', 'S-0621-AM', 'wrong-session'],
  ['SITE-1', '', 'wrong-session'],
  ['SITE-2', 'S-0620-AM', 'wrong-site'],
])('at site %s in session %s: %s', (siteId, sessionId, fault) => {
  expect(ticketPlaceFault(claims, { siteId, sessionId })).toBe(fault);
});

// The same bytes came out of a separate encoder, and `openssl pkeyutl -verify` accepts the signature.
test('the golden ticket', () => {
  expect(ticketKeyId(centre.publicKey)).toBe('fe812c12');
  const golden = [
    '9901005613057203590211412674105116011413560483872322153649159563519377674185432937188609720721359400',
    '0733186518422858417085464379197127829350234430493536546582964632610211076812738174687325488152548312',
    '4243182400001108152157446019791597531986050395820179172182727320231874455712543850562233798464593888',
    '9107382400252397190795954863409948939708560845648455120433462443809447327434495252617306763788214892',
    '043',
  ].join('');
  expect(text).toBe(golden);
});

test('it belongs to one document number', () => {
  expect(ticketBelongsTo(claims, NUMBER)).toBe(true);
  expect(ticketBelongsTo(claims, '110101199001011237')).toBe(false);
});

test('what scanners and input methods do to it is forgiven', () => {
  const fullWidth = [...text].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
  expect(at(` ${text}\r\n`)).toEqual(at(text));
  expect(at(fullWidth)).toEqual(at(text));
});

describe('what is not to be believed', () => {
  test('another key under the centre’s name, and a key nobody knows', () => {
    expect(at(issueTicket(claims, centre.publicKey, stranger.privateKey))).toEqual(failing('bad-signature'));
    expect(at(issueTicket(claims, stranger.publicKey, stranger.privateKey))).toEqual(failing('unknown-key'));
  });

  test('a key the centre has withdrawn, said only of what that key really signed', () => {
    const withdrawn = ticketKeyring([stranger.publicKey], [centre.publicKey]);
    const both = ticketKeyring([centre.publicKey], [centre.publicKey]);
    expect(readTicket(text, withdrawn)).toEqual(failing('revoked-key'));
    expect(readTicket(text, both)).toEqual(failing('revoked-key'));
    const forged = issueTicket(claims, centre.publicKey, stranger.privateKey);
    expect(readTicket(forged, withdrawn)).toEqual(failing('bad-signature'));
  });

  test('a signed payload that is not a ticket', () => {
    const head = Buffer.from(`01${ticketKeyId(centre.publicKey)}`, 'hex');
    const signedOver = (payload: Uint8Array) => {
      const body = Buffer.concat([head, payload]);
      return `9901${bytesToDigits(Buffer.concat([body, sign(null, body, centre.privateKey)]))}`;
    };
    expect(at(signedOver(encode(['only', 'two'])))).toEqual(failing('malformed'));
    expect(at(signedOver(Uint8Array.of(0x9f, 0xff)))).toEqual(failing('malformed'));
    expect(at(signedOver(Uint8Array.of(0xff)))).toEqual(failing('malformed'));
  });

  test('any one digit changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: text.length - 1 }), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const digit = (Number(text[place]) + by) % 10;
        const changed = at(text.slice(0, place) + digit + text.slice(place + 1));
        if (changed.ok) throw new Error('a changed ticket was believed');
        expect(['bad-signature', 'unknown-key', 'malformed']).toContain(changed.error.code);
      }),
    );
  });

  test('any part cut off', () => {
    for (let length = 41; length < text.length; length += 1) expect(at(text.slice(0, length)).ok).toBe(false);
  });

  test.each(['', '   ', 'abc', 'https://example.org/?t=1', '准考证', '9901'.padEnd(6_000, '0'), 'A'.repeat(41)])(
    '%s is not a ticket',
    (scanned) => {
      expect(at(scanned)).toEqual(failing('not-a-ticket'));
    },
  );

  test('no text makes it throw', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 600, size: 'max' });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          digits.map((d) => `9901${d}`),
        ),
        (t) => void at(t),
      ),
    );
  });
});

test.each([
  ['20260620-0012', '20260620-0012'],
  ['2026062000120034\n', '2026062000120034'],
  ['２０２６０６２０', '20260620'],
  ['zk20260001', 'ZK20260001'],
  ['990120260620001', '990120260620001'],
])('%j is a plain number', (scanned, ticketNumber) => {
  expect(at(scanned)).toEqual({ ok: true, value: { kind: 'plain', ticketNumber } });
});

test('the bytes of an ordinary ticket fit QR version 10-M: at most 511 digits', () => {
  expect(text.length).toBeLessThanOrEqual(511);
});
