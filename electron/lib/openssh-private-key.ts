import type { KeyObject } from 'node:crypto';
import { err, ok, type Result } from './result.ts';
import {
  ALGORITHM,
  ed25519PrivateKey,
  rawKeyOfBlob,
  rawPublicKey,
  rawSeed,
  sshKeyBlob,
  sshString,
} from './ssh-key-text.ts';

export type OpensshKeyError = {
  /** `PROTECTED`: with a passphrase; the derivation of its key (bcrypt) is not here. `OTHER_KIND`: no Ed25519 key. */
  readonly code: 'NOT_OPENSSH' | 'PROTECTED' | 'OTHER_KIND' | 'DAMAGED';
};

const ARMOR = /^-----BEGIN OPENSSH PRIVATE KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END OPENSSH PRIVATE KEY-----\s*$/;
const MAGIC = Buffer.from('openssh-key-v1\0', 'latin1');
const MAX_TEXT = 16 * 1024;

/**
 * The Ed25519 key in a private key file as `ssh-keygen -t ed25519` writes it (PROTOCOL.key of OpenSSH). The public half
 * is worked out of the private one and must be the one that the file states twice. Never throws, never quotes the file.
 */
export function parseOpensshPrivateKey(text: string): Result<KeyObject, OpensshKeyError> {
  const [, base64] = text.length <= MAX_TEXT ? (ARMOR.exec(text.trimStart()) ?? []) : [];
  const file = Buffer.from(base64 ?? '', 'base64');
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) return err({ code: 'NOT_OPENSSH' });
  try {
    return openFile(new SshReader(file.subarray(MAGIC.length)));
  } catch (cause) {
    if (cause instanceof RangeError) return err({ code: 'DAMAGED' });
    throw cause;
  }
}

function openFile(file: SshReader): Result<KeyObject, OpensshKeyError> {
  const [cipher, derivation] = [file.text(), file.text()];
  file.string();
  if (cipher !== 'none' || derivation !== 'none') return err({ code: 'PROTECTED' });
  if (file.uint32() !== 1) return err({ code: 'OTHER_KIND' });
  const publicBlob = file.string();
  const secret = new SshReader(file.string());
  if (!file.atEnd()) return err({ code: 'DAMAGED' });
  const [check, again] = [secret.uint32(), secret.uint32()];
  if (check !== again) return err({ code: 'DAMAGED' });
  if (secret.text() !== ALGORITHM) return err({ code: 'OTHER_KIND' });
  const [stated, pair] = [secret.string(), secret.string()];
  secret.string();
  if (pair.length !== 64 || !secret.isPadding()) return err({ code: 'DAMAGED' });
  const key = ed25519PrivateKey(pair.subarray(0, 32));
  const half = rawPublicKey(key);
  const halves = [stated, pair.subarray(32), rawKeyOfBlob(publicBlob) ?? Buffer.alloc(0)];
  return halves.every((other) => half.equals(other)) ? ok(key) : err({ code: 'DAMAGED' });
}

/**
 * The key as such a file, without a passphrase: secret. `ssh-keygen` takes it when only its owner may read it.
 *
 * @param comment printable ASCII
 */
export function opensshPrivateKeyText(key: KeyObject, comment: string): string {
  const half = rawPublicKey(key);
  // Two equal numbers, by which a wrong passphrase would show; nothing is encrypted here.
  const body = Buffer.concat([
    Buffer.alloc(8),
    sshString(ALGORITHM),
    sshString(half),
    sshString(Buffer.concat([rawSeed(key), half])),
    sshString(comment),
  ]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (body.length % 8)) % 8);
  const file = Buffer.concat([
    MAGIC,
    sshString('none'),
    sshString('none'),
    sshString(''),
    Buffer.from([0, 0, 0, 1]),
    sshString(sshKeyBlob(key)),
    sshString(Buffer.concat([body, padding])),
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

/** Reads SSH's numbers and strings in turn. @throws RangeError beyond the end */
class SshReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  uint32(): number {
    const value = this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  string(): Buffer {
    const end = this.uint32() + this.#at;
    if (end > this.#bytes.length) throw new RangeError('a string ends beyond the file');
    const value = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return value;
  }

  text(): string {
    return this.string().toString('latin1');
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** The rest counts 1, 2, 3, ... up to the next block of eight bytes. */
  isPadding(): boolean {
    const rest = this.#bytes.subarray(this.#at);
    return rest.length < 8 && this.#bytes.length % 8 === 0 && rest.every((byte, i) => byte === i + 1);
  }
}
