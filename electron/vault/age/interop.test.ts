import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, Encrypter } from 'age-encryption';
import { afterAll, describe, expect, test } from 'vitest';
import { decrypt, encrypt, generateIdentity, recipientOf } from './age.ts';
import { parseIdentityFile } from './identity-file.ts';
import { CHUNK_BYTES } from './stream.ts';

const key = generateIdentity();
const other = generateIdentity();
const SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 1024 * 1024];
const ageIsHere = spawnSync('age', ['--version']).status === 0;

describe('with the npm package age-encryption', () => {
  test.each(SIZES)('%i bytes, both ways', async (size) => {
    const plain = randomBytes(size);
    const theirs = new Decrypter();
    theirs.addIdentity(key.identity);
    expect(Buffer.from(await theirs.decrypt(encrypt(plain, [other.recipient, key.recipient]))).equals(plain)).toBe(
      true,
    );
    const writer = new Encrypter();
    writer.addRecipient(other.recipient);
    writer.addRecipient(key.recipient);
    const back = decrypt(await writer.encrypt(plain), [key.identity]);
    expect(back.ok && Buffer.from(back.value).equals(plain)).toBe(true);
  });
});

describe.skipIf(!ageIsHere)('with the stock age command (skipped where it is not installed)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaodian-age-'));
  const keyFile = join(dir, 'centre.key');
  writeFileSync(keyFile, `# public key: ${key.recipient}\n${key.identity}\n`, { mode: 0o600 });
  afterAll(() => rmSync(dir, { recursive: true }));
  const maxBuffer = 8 * 1024 * 1024;

  test.each(SIZES)('%i bytes, both ways', (size) => {
    const plain = randomBytes(size);
    const input = encrypt(plain, [other.recipient, key.recipient]);
    expect(execFileSync('age', ['-d', '-i', keyFile], { input, maxBuffer }).equals(plain)).toBe(true);
    const file = execFileSync('age', ['-r', other.recipient, '-r', key.recipient], { input: plain, maxBuffer });
    const back = decrypt(file, [key.identity]);
    expect(back.ok && Buffer.from(back.value).equals(plain)).toBe(true);
  });

  test('a key file of age-keygen is read', () => {
    const text = execFileSync('age-keygen', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [identity] = parseIdentityFile(text)!;
    expect(text).toContain(`# public key: ${recipientOf(identity!)}\n`);
    expect(parseIdentityFile('# nothing\n')).toBeUndefined();
    expect(parseIdentityFile(`${identity}\nnoise\n`)).toBeUndefined();
  });
});
