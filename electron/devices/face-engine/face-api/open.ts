import { ok, type Result } from '../../../lib/result.ts';
import { startNodeProcess } from '../../native-process/node-process.ts';
import type { FaceEngineOpenError, FaceEnginePlace } from '../open.ts';
import type { FaceEngine } from '../port.ts';
import { startWorker } from '../start-worker.ts';
import { WorkerFaceEngine } from '../worker-engine.ts';
import { workerUrl } from '../worker-url.ts';
import { readFaceApiManifest } from './read-manifest.ts';

/**
 * Opens the second engine: no native network library, only WebAssembly. Several times slower and less accurate than the first.
 * Its files come out of installed packages and are checked against `face-api.json` of the models folder, at every start of a worker.
 */
export async function openFaceApiEngine({
  modelsDir,
  startProcess = startNodeProcess,
}: FaceEnginePlace): Promise<Result<FaceEngine, FaceEngineOpenError>> {
  const read = await readFaceApiManifest(modelsDir);
  if (!read.ok) return read;
  const manifest = read.value;
  const start = () => startWorker(startProcess, workerUrl(), { kind: 'face-api', manifest });
  const first = await start();
  if (!first.ok) return first;
  const { worker, runtime } = first.value;
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
    const again = await start();
    return again.ok ? again.value.worker : null;
  };
  return ok(new WorkerFaceEngine(facts, worker, restart));
}
