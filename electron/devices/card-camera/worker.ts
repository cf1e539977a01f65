import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Decoder, decodeImage } from '../face-engine/decode-image.ts';
import { stationPort } from '../native-process/station-port.ts';
import { readCardModels } from './models.ts';
import type { CardCameraError, CardReading } from './port.ts';
import { loadNetworks } from './reading/load-networks.ts';
import { type Reader, readCard } from './reading/read-card.ts';
import { showReading } from './show-reading.ts';
import type { StartFailure, WorkerBirth, WorkerMessage, WorkerRequest } from './worker-messages.ts';

/**
 * The process in which pictures are decoded and networks run, so that a card never holds up the station and a crash of a
 * native library does not end it. Its first message says where the models are; then it answers one request at a time.
 */
const port = stationPort();
const tell = (message: WorkerMessage) => port.post(message);
let ready: { reader: Reader; decoder: Decoder } | null = null;

port.onMessage(async (message) => {
  if (ready) return tell({ kind: 'answer', result: await answer(ready, message as WorkerRequest) });
  const started = await start(message as WorkerBirth);
  if (!started.ok) return tell({ kind: 'refused', failure: started.error });
  ready = started.value;
  tell({ kind: 'ready' });
});

async function start({ modelsDir }: WorkerBirth): Promise<Result<{ reader: Reader; decoder: Decoder }, StartFailure>> {
  const models = await readCardModels(modelsDir);
  if (!models.ok) return err({ reason: 'models', detail: `${models.error.code}: ${models.error.file}` });
  // Imported here and not above: a native library that does not load is an answer, not a broken worker.
  const libraries = await importNative();
  if (!libraries.ok) return libraries;
  const { onnx, sharp } = libraries.value;
  try {
    return ok({ reader: await loadNetworks(onnx, models.value), decoder: sharp });
  } catch (cause) {
    return err({ reason: 'models', detail: reasonOf(cause) });
  }
}

async function importNative() {
  try {
    const onnx = await import('onnxruntime-node');
    const { default: sharp } = await import('sharp');
    sharp.concurrency(1);
    sharp.cache(false); // every picture is new: a cache would only hold memory
    return ok({ onnx, sharp });
  } catch (cause) {
    return err({ reason: 'native-library' as const, detail: reasonOf(cause) });
  }
}

async function answer(
  { reader, decoder }: { reader: Reader; decoder: Decoder },
  { image }: WorkerRequest,
): Promise<Result<CardReading, CardCameraError>> {
  try {
    const picture = await decodeImage(decoder, image);
    if (!picture.ok) return picture;
    const finding = await readCard(reader, picture.value);
    const shown = await showReading(decoder, picture.value, finding);
    return ok({ ...shown, imageSha256: createHash('sha256').update(image).digest('hex') });
  } catch (cause) {
    return err({ code: 'camera-failed', reason: 'internal', detail: reasonOf(cause) });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
