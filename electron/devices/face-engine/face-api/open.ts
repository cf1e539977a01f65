import { err, ok, type Result } from '../../../lib/result.ts';
import type { FaceEngineOpenError } from '../open.ts';
import type { FaceEngine } from '../port.ts';
import { type ReadyWorker, startWorker } from '../start-worker.ts';
import { WorkerFaceEngine } from '../worker-engine.ts';
import { workerUrl } from '../worker-url.ts';
import type { FaceApiManifest } from './manifest.ts';
import { readVerifiedFaceApi } from './verify-files.ts';

/**
 * Opens the second engine: no native network library, only WebAssembly. Several times slower and less accurate than the first.
 * Its files come out of installed packages and are checked against `face-api.json` of the models folder, at every start of a worker.
 */
export async function openFaceApiEngine({
  modelsDir,
}: {
  modelsDir: string;
}): Promise<Result<FaceEngine, FaceEngineOpenError>> {
  const first = await startVerified(modelsDir);
  if (!first.ok) return first;
  const { worker, runtime, manifest } = first.value;
  const embedder = manifest.models.find((model) => model.role === 'embedder')!;
  const facts = {
    name: `${runtime} / ${embedder.name}`,
    models: manifest.models.map(({ role, weights }) => ({
      role: role === 'landmarks' ? ('mesh' as const) : role,
      file: weights.path.split('/').at(-1)!,
      sha256: weights.sha256,
    })),
    thresholds: {
      fmr1e2: manifest.thresholds['1e-2'],
      fmr1e3: manifest.thresholds['1e-3'],
      fmr1e4: manifest.thresholds['1e-4'],
    },
  };
  const restart = async () => {
    const again = await startVerified(modelsDir);
    if (!again.ok) return null;
    // Models exchanged under a running station would make vectors that do not compare with those already taken.
    const same = again.value.manifest.models.every((model, i) => model.weights.sha256 === facts.models[i]!.sha256);
    if (same) return again.value.worker;
    await again.value.worker.terminate();
    return null;
  };
  return ok(new WorkerFaceEngine(facts, worker, restart));
}

type Started = ReadyWorker & { manifest: FaceApiManifest };

async function startVerified(modelsDir: string): Promise<Result<Started, FaceEngineOpenError>> {
  const files = await readVerifiedFaceApi(modelsDir);
  if (!files.ok) return files;
  const { manifest, models, wasm } = files.value;
  const started = await startWorker(workerUrl(), { kind: 'face-api', models, wasm });
  return started.ok ? ok({ ...started.value, manifest }) : err(started.error);
}
