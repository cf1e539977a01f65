import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { KeyWrap } from '../../electron/devices/keys/port.ts';
import { err, ok } from '../../electron/lib/result.ts';

const keyOf = (passphrase: string) => createHash('sha256').update(passphrase).digest();

/** The passphrase's wrap without its price: one hash instead of a quarter of a second. */
export const fakeKeyWrap: KeyWrap = {
  kind: 'passphrase',
  async wrap(secret, passphrase) {
    if (passphrase === null) return err({ code: 'wrong-passphrase' });
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase), nonce);
    const body = Buffer.concat([cipher.update(secret), cipher.final()]);
    return ok(Buffer.concat([nonce, cipher.getAuthTag(), body]));
  },
  async unwrap(wrapped, passphrase) {
    if (passphrase === null) return err({ code: 'wrong-passphrase' });
    const decipher = createDecipheriv('aes-256-gcm', keyOf(passphrase), wrapped.subarray(0, 12));
    decipher.setAuthTag(wrapped.subarray(12, 28));
    try {
      return ok(Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]));
    } catch {
      return err({ code: 'wrong-passphrase' });
    }
  },
};
