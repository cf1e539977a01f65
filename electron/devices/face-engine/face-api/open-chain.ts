import { ok, type Result } from '../../../lib/result.ts';
import type { ModelVerifyError } from '../verify-models.ts';
import type { Chain } from '../worker-chain.ts';
import type { WorkerBirth } from '../worker-messages.ts';
import { analysePicture } from './analyse.ts';
import { followPicture } from './follow.ts';
import { loadLibrary } from './library.ts';
import { faceApiNetworks } from './networks.ts';
import { readVerifiedFaceApi } from './verify-files.ts';

export async function openFaceApiChain({
  manifest,
}: Extract<WorkerBirth, { kind: 'face-api' }>): Promise<Result<Chain, ModelVerifyError>> {
  const files = await readVerifiedFaceApi(manifest);
  if (!files.ok) return files;
  const { models, wasm } = files.value;
  const library = await loadLibrary(new Map(wasm.map(({ file, bytes }) => [file, bytes])));
  const networks = faceApiNetworks(library, models);
  return ok({
    runtime: `face-api ${library.version} (wasm)`,
    analyse: (picture, purpose) => analysePicture(networks, picture, purpose),
    follow: (picture, previous) => followPicture(networks, picture, previous),
  });
}
