import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import {
  allowedSignersLine,
  ed25519PrivateKey,
  ed25519PublicKey,
  isAllowedSigner,
  parseAllowedSigners,
  rawPublicKey,
  rawSeed,
  sshPublicKeyLine,
} from './ssh-key-text.ts';
import { signSsh, verifySsh } from './sshsig.ts';

const station = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const NS = 'kaodian-bundle';
const message = Buffer.from('abc  data/1-enrolment/plan.json.age\n');
const signature = signSsh(message, NS, station.privateKey);
const codeOf = (armored: string, over: Uint8Array = message, ns = NS) => {
  const checked = verifySsh(armored, over, ns);
  return checked.ok ? 'GOOD' : checked.error.code;
};

describe('a signature', () => {
  test('is good over its message, its namespace and its key alone', () => {
    const checked = verifySsh(signature, message, NS);
    expect(checked.ok && checked.value.publicKey.equals(station.publicKey)).toBe(true);
    expect(codeOf(signature, Buffer.from('abd'))).toBe('BAD_SIGNATURE');
    expect(codeOf(signature, message, 'file')).toBe('OTHER_NAMESPACE');
  });
  test('can be checked from the hash of a long message', () => {
    const sha512 = createHash('sha512').update(message).digest();
    expect(verifySsh(signature, { sha512 }, NS).ok).toBe(true);
    expect(signSsh({ sha512 }, NS, station.privateKey)).toBe(signature);
  });
  test('does not survive a change of any single character', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: signature.length - 1 }), fc.integer({ min: 1, max: 127 }), (at, mask) => {
        const touched = Buffer.from(signature);
        touched[at]! ^= mask;
        expect(codeOf(touched.toString('latin1'))).not.toBe('GOOD');
      }),
      { numRuns: 400 },
    );
  });
  test.each([
    ['CRLF', signature.replaceAll('\n', '\r\n')],
    ['no last newline', signature.slice(0, -1)],
    ['text before it', `x\n${signature}`],
    ['text behind it', `${signature}x\n`],
    ['lines of 76', signature.replace(/\n(?=[A-Za-z0-9+/]{10})/g, '')],
    ['nothing', ''],
  ])('is not read with %s', (_name, text) => {
    expect(codeOf(text)).toBe('BAD_ARMOR');
  });
  test('is not read with bytes behind the blob or a name of another algorithm', () => {
    const blob = Buffer.from(signature.split('\n').slice(1, -2).join(''), 'base64');
    const rearm = (bytes: Buffer) =>
      `-----BEGIN SSH SIGNATURE-----\n${bytes
        .toString('base64')
        .match(/.{1,70}/g)!
        .join('\n')}\n-----END SSH SIGNATURE-----\n`;
    expect(codeOf(rearm(blob))).toBe('GOOD');
    expect(codeOf(rearm(Buffer.concat([blob, Buffer.from([0])])))).toBe('BAD_BLOB');
    expect(codeOf(rearm(blob.subarray(0, -1)))).toBe('BAD_BLOB');
    expect(codeOf(rearm(Buffer.from(blob.toString('latin1').replace('ssh-ed25519', 'ssh-ed25518'), 'latin1')))).toBe(
      'BAD_BLOB',
    );
  });
});

describe('keys as text', () => {
  test('come back from raw bytes', () => {
    const raw = rawPublicKey(station.publicKey);
    expect(ed25519PublicKey(raw).equals(station.publicKey)).toBe(true);
    expect(rawPublicKey(ed25519PrivateKey(rawSeed(station.privateKey)))).toEqual(raw);
    expect(() => rawPublicKey(generateKeyPairSync('x25519').publicKey)).toThrow(TypeError);
  });
  test('an allowed_signers file is read line by line and strictly', () => {
    const line = allowedSignersLine('STATION-1', NS, station.publicKey);
    const parsed = parseAllowedSigners(`# centre\n\n${line}other ${sshPublicKeyLine(other.publicKey)} note\n`);
    if (!parsed.ok) throw new Error('not read');
    const may = (identity: string, namespace: string, publicKey = station.publicKey) =>
      isAllowedSigner(parsed.value, { identity, namespace, publicKey });
    expect([may('STATION-1', NS), may('STATION-1', 'file'), may('other', NS)]).toEqual([true, false, false]);
    expect([may('other', NS, other.publicKey), may('other', 'file', other.publicKey)]).toEqual([true, true]);
    for (const bad of [
      `* ${line.slice(10)}`,
      line.replace('namespaces', 'cert-authority,namespaces'),
      line.replace('namespaces="kaodian-bundle"', 'valid-before="20200101"'),
      line.replace('AAAA', 'AAAB'),
      'STATION-1',
    ]) {
      expect(parseAllowedSigners(`${line}${bad}`)).toEqual({ ok: false, error: { code: 'BAD_LINE', line: 2 } });
    }
    expect(() => allowedSignersLine('a,b', NS, station.publicKey)).toThrow(RangeError);
  });
});

const sshIsHere = !spawnSync('ssh-keygen', ['-?']).error;
describe.skipIf(!sshIsHere)('with the stock ssh-keygen (skipped where it is not installed)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaodian-ssh-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(dir, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  test('it verifies what the station signs', () => {
    const signers = file('allowed', allowedSignersLine('STATION-1', NS, station.publicKey));
    const sig = file('a.sig', signature);
    const args = ['-Y', 'verify', '-f', signers, '-I', 'STATION-1', '-n', NS, '-s', sig];
    expect(execFileSync('ssh-keygen', args, { input: message, encoding: 'utf8' })).toContain('Good');
    expect(spawnSync('ssh-keygen', args, { input: 'another' }).status).not.toBe(0);
  });
  test.each(['sha512', 'sha256'])('the station verifies what it signs with %s', (hash) => {
    const key = join(dir, `key-${hash}`);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
    const body = randomBytes(1000);
    const path = file(`body-${hash}`, body);
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', key, '-n', NS, '-O', `hashalg=${hash}`, path]);
    const checked = verifySsh(readFileSync(`${path}.sig`, 'utf8'), body, NS);
    if (!checked.ok) throw new Error(checked.error.code);
    expect(sshPublicKeyLine(checked.value.publicKey)).toBe(readFileSync(`${key}.pub`, 'utf8').trim());
  });
});
