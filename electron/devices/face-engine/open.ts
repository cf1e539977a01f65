import { err, ok, type Result } from '../../lib/result.ts';
import type { ListedEmbedder, ListedModel } from './manifest.ts';
import type { FaceEngine, FaceThresholds } from './port.ts';
import { type ReadyWorker, startWorker } from './start-worker.ts';
import { type ModelVerifyError, readVerifiedModels } from './verify-models.ts';
import { WorkerFaceEngine } from './worker-engine.ts';
import type { WorkerRefusal } from './worker-messages.ts';
import { workerUrl } from './worker-url.ts';

/**
 * Why there is no face engine: the models folder is not as shipped (`manifest-unreadable`, `model-missing`, `model-hash`), a
 * model is not what the manifest says (`model-shape`), or the machine cannot run the libraries (`native-library`).
 */
export type FaceEngineOpenError = ModelVerifyError | WorkerRefusal;

/**
 * Opens the engine over the models of a folder. Every model's hash is checked before a byte of it is loaded, here and
 * again when a worker has to be replaced.
 */
export async function openFaceEngine({
  modelsDir,
}: {
  modelsDir: string;
}): Promise<Result<FaceEngine, FaceEngineOpenError>> {
  const first = await startVerified(modelsDir);
  if (!first.ok) return first;
  const { worker, runtime, listed } = first.value;
  const embedder = listed.find((model): model is ListedEmbedder => model.role === 'embedder')!;
  const facts = {
    name: `${runtime} / ${embedder.name}`,
    models: listed.map(({ role, file, sha256 }) => ({ role, file, sha256 })),
    thresholds: thresholdsOf(embedder),
  };
  const restart = async () => {
    const again = await startVerified(modelsDir);
    if (!again.ok) return null;
    // Models exchanged under a running station would make vectors that do not compare with those already taken.
    const same = again.value.listed.every((model, i) => model.sha256 === listed[i]!.sha256);
    if (same) return again.value.worker;
    await again.value.worker.terminate();
    return null;
  };
  return ok(new WorkerFaceEngine(facts, worker, restart));
}

type Started = ReadyWorker & { listed: ListedModel[] };

async function startVerified(modelsDir: string): Promise<Result<Started, FaceEngineOpenError>> {
  const models = await readVerifiedModels(modelsDir);
  if (!models.ok) return models;
  const started = await startWorker(workerUrl(), { kind: 'onnxruntime', models: models.value });
  return started.ok ? ok({ ...started.value, listed: models.value.map((model) => model.listed) }) : err(started.error);
}

function thresholdsOf({ embedding: { thresholds } }: ListedEmbedder): FaceThresholds {
  return { fmr1e2: thresholds['1e-2'], fmr1e3: thresholds['1e-3'], fmr1e4: thresholds['1e-4'] };
}
