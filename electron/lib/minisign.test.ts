import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { minisignKeyId, minisignPublicKey } from './minisign.ts';

const isHere = spawnSync('minisign', ['-v']).error === undefined;

test.skipIf(!isHere)('minisign believes a signature of the key under its exported spelling, and of no other', () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaodian-minisign-'));
  const at = (name: string) => join(dir, name);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const text = Buffer.from('样本\n');
  const signature = sign(null, text, privateKey);
  const comment = 'specimen';
  const blob = Buffer.concat([Buffer.from('Ed'), minisignKeyId(publicKey), signature]).toString('base64');
  const global = sign(null, Buffer.concat([signature, Buffer.from(comment)]), privateKey).toString('base64');
  writeFileSync(at('text'), text);
  writeFileSync(at('text.minisig'), `untrusted comment: -\n${blob}\ntrusted comment: ${comment}\n${global}\n`);
  const verify = (key: string) => spawnSync('minisign', ['-V', '-P', key, '-m', at('text')]).status;
  expect(verify(minisignPublicKey(publicKey))).toBe(0);
  expect(verify(minisignPublicKey(generateKeyPairSync('ed25519').publicKey))).not.toBe(0);
  rmSync(dir, { recursive: true });
});
