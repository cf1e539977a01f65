import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { err, ok } from '../../lib/result.ts';
import { argon2id } from './argon2id.ts';
import type { KeyWrap } from './port.ts';

/** OWASP's stronger choice for argon2id: about a quarter of a second on an office PC, once a start. */
const COST = { memoryKiB: 64 * 1024, passes: 3 };
const MAGIC = Buffer.from('KDW1');

const keyFrom = (passphrase: string, salt: Uint8Array): Promise<Uint8Array> =>
  argon2id(passphrase.normalize('NFKC'), salt, COST);

/** `KDW1 | salt 16 | nonce 12 | tag 16 | ciphertext`, AES-256-GCM under an argon2id key. */
export const passphraseWrap: KeyWrap = {
  kind: 'passphrase',
  async wrap(secret, passphrase) {
    if (passphrase === null) return err({ code: 'wrong-passphrase' });
    const salt = randomBytes(16);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', await keyFrom(passphrase, salt), nonce);
    const body = Buffer.concat([cipher.update(secret), cipher.final()]);
    return ok(Buffer.concat([MAGIC, salt, nonce, cipher.getAuthTag(), body]));
  },
  async unwrap(wrapped, passphrase) {
    const bytes = Buffer.from(wrapped);
    if (bytes.length < 48 || !bytes.subarray(0, 4).equals(MAGIC)) return err({ code: 'damaged' });
    if (passphrase === null) return err({ code: 'wrong-passphrase' });
    const key = await keyFrom(passphrase, bytes.subarray(4, 20));
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(20, 32));
    decipher.setAuthTag(bytes.subarray(32, 48));
    try {
      return ok(Buffer.concat([decipher.update(bytes.subarray(48)), decipher.final()]));
    } catch {
      return err({ code: 'wrong-passphrase' });
    }
  },
};
