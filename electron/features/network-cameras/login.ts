import { z } from 'zod';
import { decrypt, encrypt } from '../../vault/age/age.ts';

const Login = z.strictObject({ user: z.string(), password: z.string() });
export type Login = z.infer<typeof Login>;

/** The login as it lies in the database: for the station's own key, which the keystore or the passphrase guards. */
export const sealLogin = (login: Login, recipient: string): Uint8Array =>
  encrypt(Buffer.from(JSON.stringify(login)), [recipient]);

/** Null where the station's key is another than it was sealed for. */
export function openLogin(sealed: Uint8Array, identity: string): Login | null {
  const opened = decrypt(new Uint8Array(sealed), [identity]);
  if (!opened.ok) return null;
  return Login.parse(JSON.parse(Buffer.from(opened.value).toString('utf8')));
}
