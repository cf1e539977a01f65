import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { err, ok, type Result } from './result.ts';

const SEED_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const POINT_DER = Buffer.from('302a300506032b6570032100', 'hex');
export const ALGORITHM = 'ssh-ed25519';

/** The Ed25519 public key under 32 raw bytes. */
export const ed25519PublicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([POINT_DER, raw]), format: 'der', type: 'spki' });

/** The Ed25519 private key under a 32-byte seed. */
export const ed25519PrivateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([SEED_DER, seed]), format: 'der', type: 'pkcs8' });

/** The 32 raw bytes of an Ed25519 public key; of a private key, those of its public half. @throws TypeError on another kind */
export function rawPublicKey(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return half.export({ format: 'der', type: 'spki' }).subarray(POINT_DER.length);
}

/** The 32-byte seed of an Ed25519 private key: secret. @throws TypeError on another kind */
export function rawSeed(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== 'ed25519' || key.type !== 'private') throw new TypeError('not an Ed25519 private key');
  return key.export({ format: 'der', type: 'pkcs8' }).subarray(SEED_DER.length);
}

/** An SSH string: four bytes of big-endian length, then the bytes. */
export function sshString(bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** The 51 bytes by which SSH names an Ed25519 public key. */
export const sshKeyBlob = (publicKey: KeyObject): Buffer =>
  Buffer.concat([sshString(ALGORITHM), sshString(rawPublicKey(publicKey))]);

/** The 32 raw bytes in a key blob; `undefined` unless it is exactly one of Ed25519. */
export function rawKeyOfBlob(blob: Uint8Array): Uint8Array | undefined {
  const head = Buffer.concat([sshString(ALGORITHM), Buffer.from([0, 0, 0, 32])]);
  if (blob.length !== head.length + 32 || !head.equals(blob.subarray(0, head.length))) return undefined;
  return blob.subarray(head.length);
}

/** `ssh-ed25519 AAAA...`, the line of a `.pub` file without comment or newline. */
export const sshPublicKeyLine = (publicKey: KeyObject): string =>
  `${ALGORITHM} ${sshKeyBlob(publicKey).toString('base64')}`;

/** The key of a `ssh-ed25519 AAAA...` line, with or without a comment; `undefined` when it is none. */
export function publicKeyOfLine(line: string): KeyObject | undefined {
  const [kind, base64 = ''] = line.split(' ');
  const raw = kind === ALGORITHM ? rawKeyOfBlob(Buffer.from(base64, 'base64')) : undefined;
  return raw && ed25519PublicKey(raw);
}

/** `SHA256:...`, as `ssh-keygen -l` prints it: what is read out over the telephone. */
export const sshFingerprint = (publicKey: KeyObject): string =>
  `SHA256:${createHash('sha256').update(sshKeyBlob(publicKey)).digest('base64').replace(/=+$/, '')}`;

/** A name that stands for itself in an allowed_signers file: no pattern characters, no separators. */
export const isSignerIdentity = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$/.test(text);

/**
 * One line of an allowed_signers file (ssh-keygen(1)), with its newline: who may sign what with which key.
 *
 * @throws RangeError when identity or namespace holds a character with a meaning of its own there
 */
export function allowedSignersLine(identity: string, namespace: string, publicKey: KeyObject): string {
  if (!isSignerIdentity(identity) || !isSignerIdentity(namespace)) throw new RangeError('not a plain name');
  return `${identity} namespaces="${namespace}" ${sshPublicKeyLine(publicKey)}\n`;
}

export type AllowedSigner = {
  identity: string;
  /** Absent: every namespace. */
  namespaces?: readonly string[];
  publicKey: KeyObject;
};

const LINE = /^(\S+)(?: namespaces="([^"\s]*)")? ssh-ed25519 ([A-Za-z0-9+/]+={0,2})(?: .*)?$/;

/**
 * Reads an allowed_signers file of Ed25519 keys. Stricter than ssh-keygen: plain names instead of patterns, and no
 * option but `namespaces`, because an option that is skipped (an expiry, a CA) would trust more than the author meant.
 * The error names the line, counted from 1.
 */
export function parseAllowedSigners(text: string): Result<AllowedSigner[], { code: 'BAD_LINE'; line: number }> {
  const signers: AllowedSigner[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [, identity = '', namespaceList, base64 = ''] = LINE.exec(line) ?? [];
    const raw = rawKeyOfBlob(Buffer.from(base64, 'base64'));
    const namespaces = namespaceList?.split(',');
    if (!isSignerIdentity(identity) || !raw || !(namespaces?.every(isSignerIdentity) ?? true)) {
      return err({ code: 'BAD_LINE', line: at + 1 });
    }
    signers.push({ identity, publicKey: ed25519PublicKey(raw), ...(namespaces && { namespaces }) });
  }
  return ok(signers);
}

/** Whether one of these lines lets this identity sign in this namespace with this key. */
export const isAllowedSigner = (
  signers: readonly AllowedSigner[],
  wanted: { identity: string; namespace: string; publicKey: KeyObject },
): boolean =>
  signers.some(
    (s) =>
      s.identity === wanted.identity &&
      (s.namespaces?.includes(wanted.namespace) ?? true) &&
      s.publicKey.equals(wanted.publicKey),
  );
