import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ed25519PrivateKey, ed25519PublicKey } from '../lib/ssh-key-text.ts';
import { parseAndVerifyCheckpoint, signCheckpoint } from './checkpoint.ts';
import { leafHash } from './entry.ts';
import { merkleRoot } from './merkle.ts';

const station = generateKeyPairSync('ed25519');
const centre = generateKeyPairSync('ed25519');
const checkpoint = { origin: 'STATION-1', size: 48213, root: merkleRoot([leafHash(Buffer.from('x'))]) };
const note = signCheckpoint(checkpoint, station.privateKey);
const codeOf = (text: string, origin = 'STATION-1', key = station.publicKey) => {
  const read = parseAndVerifyCheckpoint(text, origin, key);
  return read.ok ? 'GOOD' : read.error.code;
};
const resigned = (lines: string) => {
  const seedNote = signCheckpoint({ ...checkpoint, size: 1 }, station.privateKey);
  return `${lines}\n${seedNote.slice(seedNote.indexOf('—'))}`;
};

describe('a checkpoint', () => {
  test('reads back what was signed', () => {
    const read = parseAndVerifyCheckpoint(note, 'STATION-1', station.publicKey);
    expect(read).toEqual({ ok: true, value: { ...checkpoint, root: Buffer.from(checkpoint.root) } });
    expect(note.split('\n').slice(0, 2)).toEqual(['STATION-1', '48213']);
  });
  test('has the key id and signature of C2SP signed-note', () => {
    // The example of golang.org/x/mod/sumdb/note: its seed is 32 bytes, its verifier key PeterNeumann+c74f20a3+...
    const name = 'PeterNeumann';
    const raw = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1);
    const publicKey = ed25519PublicKey(raw);
    const text = 'PeterNeumann\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
    const line = (id: string) =>
      `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), Buffer.alloc(64)]).toString('base64')}\n`;
    expect(codeOf(`${text}\n${line('c74f20a3')}`, name, publicKey)).toBe('BAD_SIGNATURE');
    expect(codeOf(`${text}\n${line('c74f20a4')}`, name, publicKey)).toBe('NOT_SIGNED');
  });
  test('may carry the signature of a witness beside the station’s', () => {
    const witness = signCheckpoint({ ...checkpoint, origin: 'CENTRE' }, centre.privateKey);
    expect(codeOf(note + witness.slice(witness.indexOf('—')))).toBe('GOOD');
  });
  test('is refused from another origin or key', () => {
    expect(codeOf(note, 'STATION-2')).toBe('OTHER_ORIGIN');
    expect(codeOf(note, 'STATION-1', centre.publicKey)).toBe('NOT_SIGNED');
    expect(codeOf(note.replace('48213', '48214'))).toBe('BAD_SIGNATURE');
    expect(() => signCheckpoint({ ...checkpoint, origin: 'a b' }, ed25519PrivateKey(Buffer.alloc(32)))).toThrow();
  });
  test('does not survive a change of any character', () => {
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 127 }), (at, mask) => {
        const touched = note.slice(0, at) + String.fromCharCode(note.charCodeAt(at) ^ mask) + note.slice(at + 1);
        expect(codeOf(touched)).not.toBe('GOOD');
      }),
      { numRuns: 400 },
    );
  });
  const root = Buffer.from(checkpoint.root).toString('base64');
  test.each([
    ['a leading zero', `STATION-1\n01\n${root}\n`],
    ['a sign', `STATION-1\n+1\n${root}\n`],
    ['a size beyond counting', `STATION-1\n9999999999999999\n${root}\n`],
    ['a short root', `STATION-1\n1\n${root.slice(4)}\n`],
    ['an unpadded root', `STATION-1\n1\n${root.replace('=', '')}\n`],
    ['an extension line', `STATION-1\n1\n${root}\nmore\n`],
    ['CRLF', `STATION-1\r\n1\r\n${root}\r\n`],
    ['an empty origin', `\n1\n${root}\n`],
    ['too much', `STATION-1\n1\n${'A'.repeat(20_000)}\n`],
  ])('with %s is not read', (_name, lines) => {
    expect(codeOf(resigned(`STATION-1\n1\n${root}\n`))).toBe('GOOD');
    expect(codeOf(resigned(lines))).toBe('BAD_NOTE');
  });
});
