import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Decoder, decodeImage } from '../face-engine/decode-image.ts';
import type { CardCameraError, CardReading } from './port.ts';
import { loadNetworks } from './reading/load-networks.ts';
import { type Reader, readCard } from './reading/read-card.ts';
import { showReading } from './show-reading.ts';
import type { StartFailure, WorkerBirth, WorkerMessage, WorkerRequest } from './worker-messages.ts';

/**
 * The thread in which pictures are decoded and networks run, so that a card never holds up the station and a crash of a
 * native library does not end it. Answers one request at a time.
 */
const port = parentPort;
if (!port) throw new Error('this file is a worker of the card camera');
const tell = (message: WorkerMessage) => port.postMessage(message);

const started = await start(workerData as WorkerBirth);
if (started.ok) {
  const { reader, decoder } = started.value;
  port.on('message', async (request: WorkerRequest) => {
    if (request.kind === 'read') {
      tell({ kind: 'answer', result: await answer(reader, decoder, request.image) });
    } else {
      await reader.release();
      port.close();
    }
  });
  tell({ kind: 'ready' });
} else {
  tell({ kind: 'refused', failure: started.error });
}

type Started = { reader: Awaited<ReturnType<typeof loadNetworks>>; decoder: Decoder };

async function start({ models }: WorkerBirth): Promise<Result<Started, StartFailure>> {
  // Imported here and not above: a native library that does not load is an answer, not a broken worker.
  const libraries = await importNative();
  if (!libraries.ok) return libraries;
  const { onnx, sharp } = libraries.value;
  try {
    return ok({ reader: await loadNetworks(onnx, models), decoder: sharp });
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
  reader: Reader,
  decoder: Decoder,
  image: Uint8Array,
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
