import { createHash } from 'node:crypto';

const WORD_BYTES = 4;
const BLOCK_WORDS = 8;
/** One more than the greatest word. */
const WORDS = 2 ** 32;

/** Chance that anyone holding the seed can repeat. Every call goes on in the one stream: the order of calls matters. */
export interface SeededOrder {
  /** A whole number from 0 to `n` - 1, each as likely. `n` is 1 to 2^32. @throws RangeError for any other */
  below(n: number): number;
  /** The items in an order of which each is as likely; the argument stays as it is. */
  permutation<T>(items: readonly T[]): T[];
}

/**
 * A seed spelled out to chance, to the byte, so that it can be repeated with any tool:
 *
 * 1. key = SHA-256( "kaodian-order/1" LF purpose LF seed ), the first two as UTF-8.
 * 2. Block i (0, 1, 2, ...) = SHA-256( key || i ), i as eight bytes, big-endian.
 * 3. Each block is eight words of four bytes, big-endian, taken from left to right.
 * 4. A number below n: take words until one is less than the greatest multiple of n that is at most 2^32; the number
 *    is that word modulo n. (Without the rejection small numbers would come more often.) For n = 1 a word is taken too.
 * 5. A permutation (Fisher and Yates, from the end): for i = length - 1 down to 1, swap item i with item j, j being a number
 *    below i + 1.
 *
 * @param seed     bytes that nobody could choose, on record before or as they are used
 * @param purpose  what is drawn, without line feeds: two draws from one seed must not go hand in hand
 */
export function seededOrder(seed: Uint8Array, purpose: string): SeededOrder {
  if (purpose.includes('\n')) throw new RangeError('a purpose is one line');
  const key = createHash('sha256').update(`kaodian-order/1\n${purpose}\n`, 'utf8').update(seed).digest();
  let counter = 0n;
  let block: Buffer = Buffer.alloc(0);
  let used = BLOCK_WORDS;
  const word = (): number => {
    if (used === BLOCK_WORDS) {
      const index = Buffer.alloc(8);
      index.writeBigUInt64BE(counter);
      block = createHash('sha256').update(key).update(index).digest();
      counter += 1n;
      used = 0;
    }
    used += 1;
    return block.readUInt32BE((used - 1) * WORD_BYTES);
  };
  const below = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > WORDS) throw new RangeError('a number is drawn below 1 to 2^32');
    const fair = WORDS - (WORDS % n);
    for (;;) {
      const drawn = word();
      if (drawn < fair) return drawn % n;
    }
  };
  return {
    below,
    permutation(items) {
      const order = [...items];
      for (let i = order.length - 1; i > 0; i -= 1) {
        const j = below(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
  };
}
