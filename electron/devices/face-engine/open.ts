import { ok, type Result } from '../../lib/result.ts';
import { startNodeProcess } from '../native-process/node-process.ts';
import type { StartNativeProcess } from '../native-process/port.ts';
import type { ListedEmbedder } from './manifest.ts';
import type { FaceEngine, FaceThresholds } from './port.ts';
import { readManifest } from './read-manifest.ts';
import { startWorker } from './start-worker.ts';
import type { ModelVerifyError } from './verify-models.ts';
import { WorkerFaceEngine } from './worker-engine.ts';
import type { WorkerRefusal } from './worker-messages.ts';
import { workerUrl } from './worker-url.ts';

/**
 * Why there is no face engine: the models folder is not as shipped (`manifest-unreadable`, `model-missing`, `model-hash`), a
 * model is not what the manifest says (`model-shape`), or the machine cannot run the libraries (`native-library`).
 */
export type FaceEngineOpenError = ModelVerifyError | WorkerRefusal;

/** `startProcess`: how this shell starts one; under Node by default. */
export interface FaceEnginePlace {
  modelsDir: string;
  startProcess?: StartNativeProcess | undefined;
}

/**
 * Opens the engine over the models of a folder. Every model's hash is checked before a byte of it is loaded, now and again
 * when a worker has to be replaced: against the manifest as it was now, since models exchanged under a running station would
 * make vectors that do not compare with those already taken.
 */
export async function openFaceEngine({
  modelsDir,
  startProcess = startNodeProcess,
}: FaceEnginePlace): Promise<Result<FaceEngine, FaceEngineOpenError>> {
  const manifest = await readManifest(modelsDir);
  if (!manifest.ok) return manifest;
  const { models } = manifest.value;
  const start = () => startWorker(startProcess, workerUrl(), { kind: 'onnxruntime', modelsDir, models });
  const first = await start();
  if (!first.ok) return first;
  const { worker, runtime } = first.value;
  const embedder = models.find((model): model is ListedEmbedder => model.role === 'embedder')!;
  const facts = {
    name: `${runtime} / ${embedder.name}`,
    models: models.map(({ role, file, sha256 }) => ({ role, file, sha256 })),
    thresholds: thresholdsOf(embedder),
  };
  const restart = async () => {
    const again = await start();
    return again.ok ? again.value.worker : null;
  };
  return ok(new WorkerFaceEngine(facts, worker, restart));
}

function thresholdsOf({ embedding: { thresholds } }: ListedEmbedder): FaceThresholds {
  return { fmr1e2: thresholds['1e-2'], fmr1e3: thresholds['1e-3'], fmr1e4: thresholds['1e-4'] };
}
