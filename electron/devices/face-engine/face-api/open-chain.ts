import type { Chain } from '../worker-chain.ts';
import type { WorkerBirth } from '../worker-messages.ts';
import { analysePicture } from './analyse.ts';
import { followPicture } from './follow.ts';
import { loadLibrary } from './library.ts';
import { faceApiNetworks } from './networks.ts';

export async function openFaceApiChain({ models, wasm }: Extract<WorkerBirth, { kind: 'face-api' }>): Promise<Chain> {
  const library = await loadLibrary(new Map(wasm.map(({ file, bytes }) => [file, bytes])));
  const networks = faceApiNetworks(library, models);
  return {
    runtime: `face-api ${library.version} (wasm)`,
    analyse: (picture, purpose) => analysePicture(networks, picture, purpose),
    follow: (picture, previous) => followPicture(networks, picture, previous),
  };
}
