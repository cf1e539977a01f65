import { seededOrder } from './seeded-order.ts';

/**
 * The numbers 0 to `count` - 1 as they come out of a hat: each is drawn from those left, by `below` of the seeded order (at
 * place i, item i + below(count - i) comes forward). Who needs only the first few pays for no more.
 *
 * @param purpose  see `seededOrder`
 */
export function* oneByOne(seed: Uint8Array, purpose: string, count: number): Generator<number, void> {
  const chance = seededOrder(seed, purpose);
  const left = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = 0; i < count; i += 1) {
    const j = i + chance.below(count - i);
    const drawn = left[j]!;
    left[j] = left[i]!;
    left[i] = drawn;
    yield drawn;
  }
}
