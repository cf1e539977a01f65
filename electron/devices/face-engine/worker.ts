import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { err, ok, type Result } from '../../lib/result.ts';
import { analysePicture, type Networks } from './analyse-picture.ts';
import { followPicture } from './chain/tracking/follow-picture.ts';
import { type Decoder, decodeImage } from './decode-image.ts';
import { loadChain, ModelLoadError } from './load-chain.ts';
import type { WorkerAnswer, WorkerBirth, WorkerMessage, WorkerRefusal, WorkerRequest } from './worker-messages.ts';

/**
 * The thread in which pictures are decoded and networks run, so that a frame never holds up the station and a crash of a
 * native library does not end it. Answers one request at a time.
 */
const port = parentPort;
if (!port) throw new Error('this file is a worker of the face engine');
const tell = (message: WorkerMessage) => port.postMessage(message, transferOf(message));

const started = await start(workerData as WorkerBirth);
if (started.ok) {
  const { networks, decoder, runtime } = started.value;
  port.on('message', async (request: WorkerRequest) => {
    tell({ kind: 'answer', result: await answer(networks, decoder, request) });
  });
  tell({ kind: 'ready', runtime });
} else {
  tell({ kind: 'refused', error: started.error });
}

type Started = { networks: Networks; decoder: Decoder; runtime: string };

async function start({ models }: WorkerBirth): Promise<Result<Started, WorkerRefusal>> {
  // Imported here and not above: a native library that does not load is an answer, not a broken worker.
  const libraries = await importNative();
  if (!libraries.ok) return libraries;
  const { onnx, sharp } = libraries.value;
  const runtime = `onnxruntime-node ${onnx.env.versions.node ?? onnx.env.versions.common}`;
  try {
    return ok({ networks: await loadChain(onnx, models), decoder: sharp, runtime });
  } catch (cause) {
    if (cause instanceof ModelLoadError) return err({ code: 'model-shape', file: cause.file, detail: cause.message });
    throw cause;
  }
}

async function importNative() {
  try {
    const onnx = await import('onnxruntime-node');
    const { default: sharp } = await import('sharp');
    sharp.concurrency(1);
    sharp.cache(false); // every frame is new: a cache would only hold memory
    return ok({ onnx, sharp });
  } catch (cause) {
    return err({ code: 'native-library' as const, reason: reasonOf(cause) });
  }
}

async function answer(networks: Networks, decoder: Decoder, request: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const picture = await decodeImage(decoder, request.image);
    if (!picture.ok) return picture;
    const found =
      request.kind === 'analyse'
        ? await analysePicture(networks, picture.value, request.purpose)
        : await followPicture(networks, picture.value, request.previous);
    return ok({ ...found, frameSha256: createHash('sha256').update(request.image).digest('hex') });
  } catch (cause) {
    return err({ code: 'engine-failed', reason: 'internal', detail: reasonOf(cause) });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function transferOf(message: WorkerMessage): ArrayBuffer[] {
  const found = message.kind === 'answer' && message.result.ok ? message.result.value : null;
  return found !== null && 'embedding' in found ? [found.embedding.buffer as ArrayBuffer] : [];
}
