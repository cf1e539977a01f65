import { createHash } from 'node:crypto';
import { currentAead } from '../../vault/age/aead.ts';
import type { AgeError } from '../../vault/age/age.ts';
import { Decryptor } from '../../vault/age/decryptor.ts';
import { type Bag, eachPiece } from './read-bag.ts';

export type OpenedItem =
  | { kind: 'opened'; sha256: string; sizeBytes: number }
  | { kind: 'unreadable' }
  | { kind: 'age'; error: AgeError }
  | { kind: 'stopped' };

/**
 * Decrypts one file of the bundle piece by piece. `take` gets authenticated plain bytes, valid only during the call,
 * and answers false to stop. `drain` is awaited between pieces of at most 256 KiB, so that whoever writes them out holds
 * no more than that.
 */
export async function openItem(
  bag: Bag,
  path: string,
  identities: readonly string[],
  take: (plain: Uint8Array) => boolean = () => true,
  drain?: () => Promise<void>,
): Promise<OpenedItem> {
  const decryptor = new Decryptor(currentAead(), identities);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let goOn = true;
  let error: AgeError | undefined;
  const emit = (plain: Uint8Array) => {
    if (!goOn) return;
    hash.update(plain);
    sizeBytes += plain.length;
    goOn = take(plain);
  };
  const read = await eachPiece(
    bag,
    path,
    (piece) => {
      error = decryptor.push(piece, emit);
      return !error && goOn;
    },
    drain,
  );
  if (!read) return { kind: 'unreadable' };
  if (!error && goOn) error = decryptor.finish(emit);
  await drain?.();
  if (error) return { kind: 'age', error };
  return goOn ? { kind: 'opened', sha256: hash.digest('hex'), sizeBytes } : { kind: 'stopped' };
}

/** A file as it lies, and what it holds; `undefined` when it is missing or unreadable. */
export type ReadOnce = { storedSha256: string; opened: OpenedItem };

/** Hashes a file as it lies and opens it, in one reading: damage inside does not end the hashing. */
export async function readOnce(bag: Bag, path: string, identities: readonly string[]): Promise<ReadOnce | undefined> {
  const decryptor = new Decryptor(currentAead(), identities);
  const [stored, plainHash] = [createHash('sha256'), createHash('sha256')];
  let sizeBytes = 0;
  let error: AgeError | undefined;
  const emit = (plain: Uint8Array) => {
    plainHash.update(plain);
    sizeBytes += plain.length;
  };
  const read = await eachPiece(bag, path, (piece) => {
    stored.update(piece);
    error ??= decryptor.push(piece, emit);
    return true;
  });
  if (!read) return undefined;
  error ??= decryptor.finish(emit);
  const opened: OpenedItem = error
    ? { kind: 'age', error }
    : { kind: 'opened', sha256: plainHash.digest('hex'), sizeBytes };
  return { storedSha256: stored.digest('hex'), opened };
}

/** The plain bytes of an item of at most `maxBytes`, and their hash; `undefined` when it does not open or is longer. */
export async function openSmallItem(
  bag: Bag,
  path: string,
  identities: readonly string[],
  maxBytes: number,
): Promise<{ bytes: Buffer; sha256: string } | undefined> {
  const parts: Buffer[] = [];
  let total = 0;
  const opened = await openItem(bag, path, identities, (plain) => {
    total += plain.length;
    parts.push(Buffer.from(plain));
    return total <= maxBytes;
  });
  return opened.kind === 'opened' ? { bytes: Buffer.concat(parts), sha256: opened.sha256 } : undefined;
}
