import { openItem } from './open-item.ts';
import type { Bag } from './read-bag.ts';

/**
 * The lines of an encrypted text file, without their newline; `take` answers false to stop, `drain` is awaited between
 * pieces. True when every line was taken, the last one ended with a newline and the whole file was authentic.
 */
export async function eachLine(
  bag: Bag,
  path: string,
  identities: readonly string[],
  maxLineBytes: number,
  take: (line: Uint8Array) => boolean,
  drain?: () => Promise<void>,
): Promise<boolean> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const takePlain = (plain: Uint8Array): boolean => {
    const bytes = Buffer.from(plain.buffer, plain.byteOffset, plain.length);
    for (let at = 0; at < bytes.length; ) {
      const end = bytes.indexOf(0x0a, at);
      const piece = bytes.subarray(at, end < 0 ? bytes.length : end);
      if (heldBytes + piece.length > maxLineBytes) return false;
      if (end < 0) {
        held.push(Buffer.from(piece));
        heldBytes += piece.length;
        return true;
      }
      if (!take(held.length === 0 ? piece : Buffer.concat([...held, piece]))) return false;
      held = [];
      heldBytes = 0;
      at = end + 1;
    }
    return true;
  };
  const opened = await openItem(bag, path, identities, takePlain, drain);
  return opened.kind === 'opened' && heldBytes === 0;
}
