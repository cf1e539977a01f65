import { readSync, writevSync } from 'node:fs';
import type { AgeError } from './errors.ts';

/** An `Encryptor` or a `Decryptor`: takes pieces in any cut, emits what is ready, and is spent after an error. */
export interface Coder {
  push(data: Uint8Array, emit: (out: Uint8Array) => void): AgeError | undefined;
  finish(emit: (out: Uint8Array) => void): AgeError | undefined;
}

/** Small enough that what was read is still in the processor's cache when it is enciphered. */
const PIECE_BYTES = 256 * 1024;

/**
 * An open file from where it stands, in pieces that are valid until the next one is asked for. It waits for the disk: for a
 * process that has nothing else to do, where handing every piece to another thread costs a tenth of the whole.
 */
export function* piecesOf(fd: number): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (;;) {
    const read = readSync(fd, buffer, 0, PIECE_BYTES, null);
    if (read === 0) return;
    yield buffer.subarray(0, read);
  }
}

/**
 * Sends a source through a coder. `write` is awaited piece by piece, so that no more than one piece and what it becomes is held.
 * On an error everything authentic before it has been written, and nothing behind it is.
 *
 * @throws what the source or `write` throws
 */
export async function pump(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  coder: Coder,
  write: (parts: readonly Uint8Array[]) => Promise<void> | void,
): Promise<AgeError | undefined> {
  let ready: Uint8Array[] = [];
  const emit = (out: Uint8Array) => void ready.push(out);
  const drain = async () => {
    const parts = ready;
    ready = [];
    if (parts.length > 0) await write(parts);
  };
  for await (const piece of source) {
    const error = coder.push(piece, emit);
    await drain();
    if (error) return error;
  }
  const error = coder.finish(emit);
  await drain();
  return error;
}

/**
 * Appends all parts to an open file and gives their memory back: the next ones are then written to memory that is still in the
 * processor's cache, and not to what the collector has not yet come round to.
 *
 * @param parts  of a coder, each the whole of its buffer; empty afterwards
 * @throws NodeJS.ErrnoException ENOSPC also where the disk answers with a short write first
 */
export function writeParts(fd: number, parts: readonly Uint8Array[]): void {
  let rest = [...parts];
  while (rest.length > 0) {
    let written = writevSync(fd, rest);
    if (written === 0) throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' });
    while (rest[0] && written >= rest[0].length) written -= rest.shift()!.length;
    rest = rest.map((part, i) => (i === 0 ? part.subarray(written) : part));
  }
  for (const { buffer, byteLength } of parts) {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
  }
}
