import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leafHash } from './entry.ts';
import {
  consistencyProof,
  emptyRoot,
  Frontier,
  growthProof,
  inclusionProof,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));

/** The definition in RFC 6962, 2.1, word for word. */
function rootByDefinition(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return createHash('sha256')
    .update(Buffer.of(1))
    .update(rootByDefinition(leaves.slice(0, k)))
    .update(rootByDefinition(leaves.slice(k)))
    .digest();
}
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const size = fc.integer({ min: 1, max: 70 });
const touched = (bytes: Uint8Array) => bytes.map((b, i) => (i === 5 ? b ^ 4 : b));

describe('the root', () => {
  test('of the well-known small trees', () => {
    expect(hex(emptyRoot())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(merkleRoot([leafHash(new Uint8Array(0))]))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });
  test('is that of the definition, at once and leaf by leaf, through every save and load', () => {
    let frontier = Frontier.empty();
    for (let count = 0; count <= 130; count += 1) {
      const expected = hex(rootByDefinition(leavesOf(count)));
      expect([hex(merkleRoot(leavesOf(count))), hex(frontier.root()), frontier.size]).toEqual([
        expected,
        expected,
        count,
      ]);
      frontier = Frontier.fromBytes(frontier.toBytes());
      frontier.append(leafHash(Buffer.from(`entry ${count}`)));
    }
    expect(() => Frontier.fromBytes(frontier.toBytes().slice(1))).toThrow(RangeError);
    expect(() => frontier.append(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('an inclusion proof', () => {
  test('holds for every leaf of every tree', () => {
    for (let count = 1; count <= 40; count += 1) {
      const leaves = leavesOf(count);
      for (const [index, leaf] of leaves.entries()) {
        expect(verifyInclusion(leaf, index, count, inclusionProof(leaves, index), merkleRoot(leaves))).toBe(true);
      }
    }
  });
  test('fails for another leaf, index, size, root, and a longer, shorter or changed path', () => {
    fc.assert(
      fc.property(size, fc.nat(), (count, pick) => {
        const index = pick % count;
        const leaves = leavesOf(count);
        const [leaf, proof, root] = [leaves[index]!, inclusionProof(leaves, index), merkleRoot(leaves)];
        const holds = [
          verifyInclusion(touched(leaf), index, count, proof, root),
          verifyInclusion(leaf, index, count, proof, touched(root)),
          verifyInclusion(leaf, index + 1, count, proof, root),
          verifyInclusion(leaf, index - 1, count, proof, root),
          verifyInclusion(leaf, index, index, proof, root),
          verifyInclusion(leaf, index, count, [...proof, root], root),
          proof.length > 0 && verifyInclusion(leaf, index, count, proof.slice(1), root),
          proof.length > 0 && verifyInclusion(leaf, index, count, [touched(proof[0]!), ...proof.slice(1)], root),
        ];
        expect(holds).toEqual(holds.map(() => false));
      }),
    );
    expect(() => inclusionProof(leavesOf(3), 3)).toThrow(RangeError);
  });
});

describe('a consistency proof', () => {
  test('holds for every pair of trees', () => {
    for (let count = 0; count <= 40; count += 1) {
      const leaves = leavesOf(count);
      for (let old = 0; old <= count; old += 1) {
        const oldRoot = merkleRoot(leaves.slice(0, old));
        expect(verifyConsistency(old, oldRoot, count, merkleRoot(leaves), consistencyProof(leaves, old))).toBe(true);
      }
    }
  });
  test('is the same from the right edge of the old tree and what came after it', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const [old, count] = [Math.min(a, b), Math.max(a, b)];
        const leaves = leavesOf(count);
        const edge = Frontier.empty();
        for (const leaf of leaves.slice(0, old)) edge.append(leaf);
        expect(growthProof(edge, leaves.slice(old))).toEqual(consistencyProof(leaves, old));
      }),
    );
  });
  test('fails when history was rewritten, cut or the proof touched', () => {
    fc.assert(
      fc.property(size, fc.nat(), (count, pick) => {
        const old = 1 + (pick % count);
        const leaves = leavesOf(count);
        const [oldRoot, root] = [merkleRoot(leaves.slice(0, old)), merkleRoot(leaves)];
        const proof = consistencyProof(leaves, old);
        const rewritten = leaves.with(old - 1, leafHash(Buffer.from('another')));
        const holds = [
          verifyConsistency(old, oldRoot, count, merkleRoot(rewritten), consistencyProof(rewritten, old)),
          verifyConsistency(old, touched(oldRoot), count, root, proof),
          verifyConsistency(old, oldRoot, count, touched(root), proof),
          verifyConsistency(old, oldRoot, old - 1, root, proof),
          verifyConsistency(old, oldRoot, count, root, [...proof, root]),
          proof.length > 0 && verifyConsistency(old, oldRoot, count, root, proof.slice(1)),
          proof.length > 0 && verifyConsistency(old, oldRoot, count, root, proof.with(-1, touched(proof.at(-1)!))),
        ];
        expect(holds).toEqual(holds.map(() => false));
      }),
    );
  });
});
