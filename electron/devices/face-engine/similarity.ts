/** A vector of the same direction and length 1; a vector of zeros stays zeros. */
export function unitVector(values: Float32Array): Float32Array {
  let sum = 0;
  for (const value of values) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  return values.map((value) => value / length);
}

/**
 * Likeness of two faces: the cosine between their embeddings, -1 to 1. Symmetric. Compare it with the thresholds of
 * the engine that made both.
 *
 * @throws RangeError when the lengths differ: the vectors come from different embedders
 */
export function faceSimilarity(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`embeddings of ${a.length} and ${b.length} numbers`);
  let dot = 0;
  let squaredA = 0;
  let squaredB = 0;
  for (let i = 0; i < a.length; i += 1) {
    dot += a[i]! * b[i]!;
    squaredA += a[i]! * a[i]!;
    squaredB += b[i]! * b[i]!;
  }
  if (squaredA === 0 || squaredB === 0) return 0;
  return Math.max(-1, Math.min(1, dot / Math.sqrt(squaredA * squaredB)));
}
