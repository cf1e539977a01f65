import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { rawPublicKey } from '../lib/ssh-key-text.ts';

/**
 * A witness's line under a checkpoint (C2SP tlog-cosignature, Ed25519): at this time it had seen this tree, and every earlier one it
 * had seen of this journal is the start of it.
 */
const COSIGNATURE_V1 = 4;
const TIME_BYTES = 8;
const ID_BYTES = 4;
const LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;

const keyId = (name: string, key: KeyObject): Buffer =>
  createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(COSIGNATURE_V1))
    .update(rawPublicKey(key))
    .digest()
    .subarray(0, ID_BYTES);

/** A note's text without its signatures: all that is signed. */
export const noteText = (note: string): string => note.slice(0, note.indexOf('\n\n') + 1);

const signedBytes = (text: string, seconds: number): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8');

/**
 * The line, with its newline, to be put under the note.
 *
 * @param name     the witness's, without white space or plus
 * @param seconds  since 1970-01-01 UTC
 */
export function cosign(note: string, name: string, seconds: number, key: KeyObject): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, signedBytes(noteText(note), seconds), key);
  return `— ${name} ${Buffer.concat([keyId(name, key), time, signature]).toString('base64')}\n`;
}

/** When a witness with this key cosigned the note, in seconds; undefined when no line of it is sound. */
export function cosignedAt(note: string, publicKey: KeyObject): { name: string; seconds: number } | undefined {
  const gap = note.indexOf('\n\n');
  for (const line of note.slice(gap + 2).split('\n')) {
    const [, name, base64 = ''] = LINE.exec(line) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    if (!name || bytes.length !== ID_BYTES + TIME_BYTES + 64) continue;
    if (!bytes.subarray(0, ID_BYTES).equals(keyId(name, publicKey))) continue;
    const seconds = Number(bytes.readBigUInt64BE(ID_BYTES));
    const signature = bytes.subarray(ID_BYTES + TIME_BYTES);
    if (Number.isSafeInteger(seconds) && verify(null, signedBytes(noteText(note), seconds), publicKey, signature)) {
      return { name, seconds };
    }
  }
  return undefined;
}
