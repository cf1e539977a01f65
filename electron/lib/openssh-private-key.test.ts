import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { opensshPrivateKeyText, parseOpensshPrivateKey } from './openssh-private-key.ts';
import { ed25519PrivateKey, sshPublicKeyLine } from './ssh-key-text.ts';

const SEED_KEY = ed25519PrivateKey(Buffer.alloc(32, 7));
const KEY = opensshPrivateKeyText(SEED_KEY, 'for tests: everyone can read it');
const PUBLIC = sshPublicKeyLine(SEED_KEY);
const codeOf = (text: string) => {
  const read = parseOpensshPrivateKey(text);
  return read.ok ? 'ok' : read.error.code;
};

test('a key is read back, also with Windows line ends', () => {
  for (const text of [KEY, KEY.replaceAll('\n', '\r\n')]) {
    const read = parseOpensshPrivateKey(text);
    expect(read.ok && sshPublicKeyLine(read.value)).toBe(PUBLIC);
  }
});

test.each([
  ['nothing', ''],
  ['a public key', PUBLIC],
  ['an age identity', 'AGE-SECRET-KEY-1AAAA'],
  ['another PEM', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n'],
  ['a header alone', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n'],
  ['too long', KEY + ' '.repeat(20_000)],
])('%s is no OpenSSH key', (_what, text) => {
  expect(codeOf(text)).toBe('NOT_OPENSSH');
});

test('no changed byte gives another key: only the comment and the check numbers are free', () => {
  const body = Buffer.from(KEY.split('\n').slice(1, -2).join(''), 'base64');
  const changed = [...body.keys()].map((at) => {
    const copy = Buffer.from(body);
    copy.writeUInt8(copy.readUInt8(at) ^ 0x41, at);
    const read = parseOpensshPrivateKey(KEY.replace(/-\n[^-]+/, `-\n${copy.toString('base64')}\n`));
    return read.ok ? sshPublicKeyLine(read.value) : read.error.code;
  });
  expect(changed).toHaveLength(body.length);
  expect([...new Set(changed)].sort()).toEqual(['DAMAGED', 'NOT_OPENSSH', 'OTHER_KIND', 'PROTECTED', PUBLIC].sort());
  for (let end = 20; end < body.length; end += 1) {
    expect(codeOf(KEY.replace(/-\n[^-]+/, `-\n${body.subarray(0, end).toString('base64')}\n`))).not.toBe('ok');
  }
});

describe.skipIf(spawnSync('ssh-keygen', ['-?']).error !== undefined)('beside ssh-keygen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-keys-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const made = (name: string, ...options: string[]) => {
    execFileSync('ssh-keygen', ['-q', '-f', join(folder, name), ...options]);
    return readFileSync(join(folder, name), 'utf8');
  };

  test.each([
    ['plain', ['-t', 'ed25519', '-N', '', '-C', 'a comment of any length'], 'ok'],
    ['protected', ['-t', 'ed25519', '-N', 'passphrase'], 'PROTECTED'],
    ['of another kind', ['-t', 'ecdsa', '-N', ''], 'OTHER_KIND'],
  ])('%s', (name, options, code) => {
    expect(codeOf(made(name, ...options))).toBe(code);
  });

  test('it takes a key written here', () => {
    writeFileSync(join(folder, 'written'), KEY, { mode: 0o600 });
    const line = execFileSync('ssh-keygen', ['-y', '-f', join(folder, 'written')], { encoding: 'utf8' });
    expect(line.trim()).toBe(`${PUBLIC} for tests: everyone can read it`);
  });
});
