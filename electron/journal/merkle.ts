import { createHash } from 'node:crypto';

/** Bytes of a hash, and of a leaf, in the tree of RFC 6962 with SHA-256. */
export const HASH_BYTES = 32;

const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The root over nothing. */
export const emptyRoot = (): Uint8Array => createHash('sha256').digest();

/** The largest power of two smaller than `size`: where a tree of `size` leaves divides. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Root over leaf hashes `from` (included) to `to` (excluded). */
function rangeRoot(leaves: readonly Uint8Array[], from: number, to: number): Uint8Array {
  if (to - from === 1) return leaves[from]!;
  const middle = from + splitOf(to - from);
  return nodeHash(rangeRoot(leaves, from, middle), rangeRoot(leaves, middle, to));
}

/** Merkle tree hash (RFC 6962, 2.1) of leaf hashes in journal order. */
export const merkleRoot = (leaves: readonly Uint8Array[]): Uint8Array =>
  leaves.length === 0 ? emptyRoot() : rangeRoot(leaves, 0, leaves.length);

/**
 * The right edge of a growing tree: its perfect subtrees, largest first, one for each 1 bit of the size. Appending a
 * leaf costs at most one hash per level, and the whole state is a few hundred bytes.
 */
export class Frontier {
  #size: number;
  readonly #subtrees: Uint8Array[];

  private constructor(size: number, subtrees: Uint8Array[]) {
    this.#size = size;
    this.#subtrees = subtrees;
  }
  static empty(): Frontier {
    return new Frontier(0, []);
  }
  /** The frontier that `toBytes` wrote. @throws RangeError when the bytes are none */
  static fromBytes(bytes: Uint8Array): Frontier {
    if (bytes.length < 8) throw new RangeError('a frontier has a size of eight bytes');
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    const ones = size.toString(2).replaceAll('0', '').length;
    if (!Number.isSafeInteger(size) || bytes.length !== 8 + ones * HASH_BYTES) {
      throw new RangeError('a frontier has one hash for each 1 bit of its size');
    }
    const hash = (i: number) => Uint8Array.from(bytes.subarray(8 + i * HASH_BYTES, 8 + (i + 1) * HASH_BYTES));
    return new Frontier(
      size,
      Array.from({ length: ones }, (_, i) => hash(i)),
    );
  }
  /** Size as eight big-endian bytes, then the hashes, largest subtree first. */
  toBytes(): Uint8Array {
    const size = Buffer.alloc(8);
    size.writeBigUInt64BE(BigInt(this.#size));
    return Buffer.concat([size, ...this.#subtrees]);
  }
  get size(): number {
    return this.#size;
  }
  /** Roots of the perfect subtrees, by their first leaf. */
  subtrees(): ReadonlyMap<number, Uint8Array> {
    const roots = new Map<number, Uint8Array>();
    let from = 0;
    for (const root of this.#subtrees) {
      roots.set(from, root);
      // Sizes are the size's own 1 bits, largest first.
      from += 2 ** Math.floor(Math.log2(this.#size - from));
    }
    return roots;
  }
  append(leaf: Uint8Array): void {
    if (leaf.length !== HASH_BYTES) throw new RangeError('a leaf is a hash of 32 bytes');
    let node = leaf;
    for (let rest = this.#size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      node = nodeHash(this.#subtrees.pop()!, node);
    }
    this.#subtrees.push(node);
    this.#size += 1;
  }
  root(): Uint8Array {
    return this.#subtrees.length === 0
      ? emptyRoot()
      : this.#subtrees.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The audit path that proves leaf `index` under the root of all `leaves` (RFC 6962, 2.1.1). @throws RangeError outside */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  const path: Uint8Array[] = [];
  let [from, to] = [0, leaves.length];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.push(rangeRoot(leaves, middle, to));
      to = middle;
    } else {
      path.push(rangeRoot(leaves, from, middle));
      from = middle;
    }
  }
  return path.reverse();
}

/** Whether `leaf` stands at `index` of the tree of `size` leaves with this root. Never throws. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let node = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      node = nodeHash(node, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && same(node, root);
}

/** The nodes that prove that the tree of the first `oldSize` leaves is the start of the whole (RFC 6962, 2.1.2). */
export function consistencyProof(leaves: readonly Uint8Array[], oldSize: number): Uint8Array[] {
  if (!Number.isInteger(oldSize) || oldSize < 0 || oldSize > leaves.length) throw new RangeError('no such tree');
  return proofFrom(oldSize, leaves.length, (from, to) => rangeRoot(leaves, from, to));
}

/** The same proof without the old tree's leaves: its right edge and what came after it are enough. */
export function growthProof(old: Frontier, added: readonly Uint8Array[]): Uint8Array[] {
  const roots = old.subtrees();
  return proofFrom(old.size, old.size + added.length, (from, to) =>
    from < old.size ? roots.get(from)! : rangeRoot(added, from - old.size, to - old.size),
  );
}

/** @param rootOf  over leaves `from` to `to`: asked for what is new, and for whole perfect subtrees of the old tree's right edge */
function proofFrom(oldSize: number, size: number, rootOf: (from: number, to: number) => Uint8Array): Uint8Array[] {
  if (oldSize === 0 || oldSize === size) return [];
  const path: Uint8Array[] = [];
  let [from, to, wholeIsKnown] = [0, size, true];
  while (to !== oldSize) {
    const middle = from + splitOf(to - from);
    if (oldSize <= middle) {
      path.push(rootOf(middle, to));
      to = middle;
    } else {
      path.push(rootOf(from, middle));
      from = middle;
      wholeIsKnown = false;
    }
  }
  if (!wholeIsKnown) path.push(rootOf(from, to));
  return path.reverse();
}

/** Whether the tree (`oldSize`, `oldRoot`) is the start of the tree (`size`, `root`). Never throws. */
export function verifyConsistency(
  oldSize: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 0 || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && same(oldRoot, root);
  if (oldSize === 0) return proof.length === 0 && same(oldRoot, emptyRoot());
  let at = oldSize - 1;
  let last = size - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  // Of a perfect old tree the verifier knows the first node itself: it is the old root.
  const nodes = at === 0 ? [oldRoot, ...proof] : [...proof];
  let oldNode = nodes[0];
  let node = nodes[0];
  if (!oldNode || !node) return false;
  for (const sibling of nodes.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldNode = nodeHash(sibling, oldNode);
      node = nodeHash(sibling, node);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      node = nodeHash(node, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && same(oldNode, oldRoot) && same(node, root);
}
