import { createHash, type KeyObject } from 'node:crypto';
import { rawPublicKey } from './ssh-key-text.ts';

/** Of Ed25519 in minisign's files. */
const ALGORITHM = Buffer.from('Ed');
const ID_BYTES = 8;

/** minisign gives every key a number of its own; of one that was not made by minisign it is the start of its hash. */
export const minisignKeyId = (publicKey: KeyObject): Buffer =>
  createHash('sha256').update(rawPublicKey(publicKey)).digest().subarray(0, ID_BYTES);

/** An Ed25519 key as `minisign -P` takes it: one line of base64 that begins with `RW`. */
export const minisignPublicKey = (publicKey: KeyObject): string =>
  Buffer.concat([ALGORITHM, minisignKeyId(publicKey), rawPublicKey(publicKey)]).toString('base64');
