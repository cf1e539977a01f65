import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { err, ok, type Result } from '../lib/result.ts';
import { rawPublicKey } from '../lib/ssh-key-text.ts';
import { HASH_BYTES } from './merkle.ts';

/** What the station vouches for: its journal had `size` entries and this root. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array };
export type CheckpointError =
  | { code: 'BAD_NOTE'; reason: string }
  | { code: 'OTHER_ORIGIN'; origin: string }
  /** No signature line carries the name and key id of this key. */
  | { code: 'NOT_SIGNED' }
  | { code: 'BAD_SIGNATURE' };

const ED25519 = 1;
const MAX_NOTE_CHARACTERS = 16 * 1024;
const SIGNATURE_LINE = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u;

/** A key name of a signed note: no white space, no plus sign. */
export const isNoteName = (name: string): boolean => name.length <= 200 && /^[^\s+\p{Cc}]+$/u.test(name);

/** The key id of C2SP signed-note: the first four bytes of SHA-256 over name, newline, algorithm byte, raw key. */
function keyId(name: string, publicKey: KeyObject): Buffer {
  const id = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ED25519)).update(rawPublicKey(publicKey));
  return id.digest().subarray(0, 4);
}

/**
 * A checkpoint (C2SP tlog-checkpoint) as a signed note, its key named like the origin.
 *
 * @throws RangeError when origin or size cannot stand in a note
 */
export function signCheckpoint({ origin, size, root }: Checkpoint, privateKey: KeyObject): string {
  if (!isNoteName(origin) || !Number.isSafeInteger(size) || size < 0 || root.length !== HASH_BYTES) {
    throw new RangeError('not a checkpoint');
  }
  const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const signature = sign(null, Buffer.from(text, 'utf8'), privateKey);
  return `${text}\n— ${origin} ${Buffer.concat([keyId(origin, privateKey), signature]).toString('base64')}\n`;
}

type Note = { checkpoint: Checkpoint; text: string; signatures: { name: string; id: Buffer; signature: Buffer }[] };

function parseNote(note: string): Result<Note, CheckpointError> {
  const bad = (reason: string) => err({ code: 'BAD_NOTE' as const, reason });
  if (note.length > MAX_NOTE_CHARACTERS) return bad('too long');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a note must not hold
  if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note) || !note.isWellFormed()) return bad('a control character');
  const gap = note.indexOf('\n\n');
  if (gap < 0 || !note.endsWith('\n')) return bad('no signature');
  const text = note.slice(0, gap + 1);
  const [origin = '', size = '', root = '', ...more] = text.slice(0, -1).split('\n');
  // The station writes no extension lines; one that nobody reads should not stand under its signature.
  if (more.length > 0) return bad('more than three lines');
  const rootBytes = Buffer.from(root, 'base64');
  if (!isNoteName(origin)) return bad('the origin');
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return bad('the tree size');
  if (rootBytes.length !== HASH_BYTES || rootBytes.toString('base64') !== root) return bad('the root');
  const signatures: Note['signatures'] = [];
  for (const line of note.slice(gap + 2, -1).split('\n')) {
    const [, name, base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    if (!name || bytes.length < 5 || bytes.toString('base64') !== base64) return bad('a signature line');
    signatures.push({ name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return ok({ checkpoint: { origin, size: Number(size), root: rootBytes }, text, signatures });
}

/**
 * Reads a checkpoint and checks that `publicKey` signed it under the name `origin`. Lines of other signers (a witness,
 * the centre) may stand beside it and are not judged here.
 */
export function parseAndVerifyCheckpoint(
  note: string,
  origin: string,
  publicKey: KeyObject,
): Result<Checkpoint, CheckpointError> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { checkpoint, text, signatures } = parsed.value;
  if (checkpoint.origin !== origin) return err({ code: 'OTHER_ORIGIN', origin: checkpoint.origin });
  const id = keyId(origin, publicKey);
  const ours = signatures.filter((s) => s.name === origin && s.id.equals(id));
  if (ours.length === 0) return err({ code: 'NOT_SIGNED' });
  const bytes = Buffer.from(text, 'utf8');
  const good = ours.every((s) => s.signature.length === 64 && verify(null, bytes, publicKey, s.signature));
  return good ? ok(checkpoint) : err({ code: 'BAD_SIGNATURE' });
}
