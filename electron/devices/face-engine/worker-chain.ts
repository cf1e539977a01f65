import { ok, type Result } from '../../lib/result.ts';
import { analysePicture, type Finding } from './analyse-picture.ts';
import type { Picture } from './chain/picture.ts';
import { followPicture, type Seen } from './chain/tracking/follow-picture.ts';
import { loadChain } from './load-chain.ts';
import type { Purpose, Track } from './port.ts';
import { type ModelVerifyError, readVerifiedModels } from './verify-models.ts';
import type { WorkerBirth } from './worker-messages.ts';

/** What a worker can do once its networks are loaded, whichever engine it is. */
export interface Chain {
  /** Library and version: `onnxruntime-node 1.30.0`. */
  runtime: string;
  analyse(picture: Picture, purpose: Purpose): Promise<Finding>;
  follow(picture: Picture, previous: Track | null): Promise<Seen>;
}

/**
 * Checks the files of an engine, then loads its library and networks. Libraries are imported here and not above: one that
 * does not load is an answer, not a broken worker; and files that are not as listed are the answer even then.
 *
 * @throws ModelLoadError when a model is not what its manifest says, any other Error when the library does not load
 */
export async function openChain(birth: WorkerBirth): Promise<Result<Chain, ModelVerifyError>> {
  if (birth.kind === 'face-api') {
    const { openFaceApiChain } = await import('./face-api/open-chain.ts');
    return openFaceApiChain(birth);
  }
  const models = await readVerifiedModels(birth.modelsDir, birth.models);
  if (!models.ok) return models;
  const onnx = await import('onnxruntime-node');
  const networks = await loadChain(onnx, models.value);
  return ok({
    runtime: `onnxruntime-node ${onnx.env.versions.node ?? onnx.env.versions.common}`,
    analyse: (picture, purpose) => analysePicture(networks, picture, purpose),
    follow: (picture, previous) => followPicture(networks, picture, previous),
  });
}
