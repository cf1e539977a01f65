/** A loaded network: planar input of `batch` pictures in, named outputs (flattened, the caller's own copies) out. */
export type Network = (input: Float32Array, batch: number) => Promise<Record<string, Float32Array>>;

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-Math.max(-100, Math.min(100, logit))));
