import { unitVector } from './similarity.ts';

/** Faces of one embedder to be searched: vectors of unit length, `dimensions` numbers each, one behind the other. */
export type Gallery = { readonly dimensions: number; readonly packed: Float32Array };

/** A face of the gallery by its place in it, and its cosine with the face searched for. */
export type Neighbour = { index: number; similarity: number };

/**
 * Packs faces for searching, in their order. Packed they lie side by side in memory, so that ten thousand are compared in
 * the time of one frame.
 *
 * @throws RangeError when the lengths differ: the vectors come from different embedders
 */
export function packGallery(embeddings: readonly Float32Array[]): Gallery {
  return extendGallery({ dimensions: embeddings[0]?.length ?? 0, packed: new Float32Array(0) }, embeddings);
}

/**
 * A gallery with more faces behind those it has; the old one stays as it is. An empty one takes any length.
 *
 * @throws RangeError as `packGallery`
 */
export function extendGallery(gallery: Gallery, embeddings: readonly Float32Array[]): Gallery {
  const dimensions = gallery.packed.length > 0 ? gallery.dimensions : (embeddings[0]?.length ?? 0);
  const packed = new Float32Array(gallery.packed.length + embeddings.length * dimensions);
  packed.set(gallery.packed);
  for (const [i, embedding] of embeddings.entries()) {
    requireLength(dimensions, embedding);
    packed.set(unitVector(embedding), gallery.packed.length + i * dimensions);
  }
  return { dimensions, packed };
}

/**
 * The `k` faces most like `probe`, best first; of equals the one that came first. Fewer when the gallery holds fewer.
 * Compare the likeness with a threshold meant for a search: among n strangers a false match is some n times as likely
 * as with one.
 *
 * @throws RangeError when the probe's length is not the gallery's
 */
export function nearest(gallery: Gallery, probe: Float32Array, k: number): Neighbour[] {
  const { dimensions, packed } = gallery;
  if (packed.length === 0) return [];
  requireLength(dimensions, probe);
  const wanted = unitVector(probe);
  const best: Neighbour[] = [];
  for (let index = 0; index * dimensions < packed.length; index += 1) {
    const similarity = dotAt(packed, index * dimensions, wanted);
    if (best.length >= k && !(similarity > (best.at(-1)?.similarity ?? Number.POSITIVE_INFINITY))) continue;
    const at = best.findIndex((other) => similarity > other.similarity);
    best.splice(at < 0 ? best.length : at, 0, { index, similarity });
    if (best.length > k) best.pop();
  }
  return best;
}

/** Four sums side by side: a single one would wait for each addition before the next. */
function dotAt(packed: Float32Array, from: number, probe: Float32Array): number {
  const { length } = probe;
  const inFours = length - (length % 4);
  let p = 0;
  let q = 0;
  let r = 0;
  let s = 0;
  for (let i = 0; i < inFours; i += 4) {
    p += packed[from + i]! * probe[i]!;
    q += packed[from + i + 1]! * probe[i + 1]!;
    r += packed[from + i + 2]! * probe[i + 2]!;
    s += packed[from + i + 3]! * probe[i + 3]!;
  }
  for (let i = inFours; i < length; i += 1) p += packed[from + i]! * probe[i]!;
  return p + q + r + s;
}

function requireLength(dimensions: number, { length }: Float32Array): void {
  if (length !== dimensions) throw new RangeError(`an embedding of ${length} numbers among those of ${dimensions}`);
}
