import type { Networks } from './analyse-picture.ts';
import { loadNetwork } from './chain/load-networks.ts';
import type { Network } from './chain/network.ts';
import type { ListedEmbedder, ListedPassive } from './manifest.ts';
import type { VerifiedModel } from './verify-models.ts';

/** A model that the runtime refuses, or whose shape is not the manifest's. */
export class ModelLoadError extends Error {
  readonly file: string;
  constructor(file: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.file = file;
  }
}

/**
 * Loads the networks of a verified set of models, and how the embedder wants its picture. The models' bytes are gone after it.
 *
 * @throws ModelLoadError
 */
export async function loadChain(
  runtime: typeof import('onnxruntime-node'),
  models: readonly VerifiedModel[],
): Promise<Networks> {
  const loaded = new Map<string, Network>();
  for (const { listed, bytes } of models) {
    try {
      loaded.set(listed.role, await loadNetwork(runtime, bytes, listed));
    } catch (cause) {
      throw new ModelLoadError(listed.file, cause);
    }
    // The runtime has its own copy. Left to the collector, megabytes would lie about in a process that collects little.
    bytes.buffer.transfer(0);
  }
  const embedder = models
    .map(({ listed }) => listed)
    .find((listed): listed is ListedEmbedder => listed.role === 'embedder')!;
  const passive = models
    .map(({ listed }) => listed)
    .find((listed): listed is ListedPassive => listed.role === 'passive');
  return {
    detector: loaded.get('detector')!,
    mesh: loaded.get('mesh')!,
    embedder: loaded.get('embedder')!,
    embedderInput: embedder.input,
    presentation: embedder.embedding,
    passive: passive ? { network: loaded.get('passive')!, listed: passive } : null,
  };
}
