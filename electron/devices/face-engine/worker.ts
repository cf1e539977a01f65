import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Decoder, decodeImage } from './decode-image.ts';
import { ModelLoadError } from './load-chain.ts';
import { type Chain, openChain } from './worker-chain.ts';
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
  const { chain, decoder } = started.value;
  port.on('message', async (request: WorkerRequest) => {
    tell({ kind: 'answer', result: await answer(chain, decoder, request) });
  });
  tell({ kind: 'ready', runtime: chain.runtime });
} else {
  tell({ kind: 'refused', error: started.error });
}

async function start(birth: WorkerBirth): Promise<Result<{ chain: Chain; decoder: Decoder }, WorkerRefusal>> {
  try {
    const { default: sharp } = await import('sharp');
    sharp.concurrency(1);
    sharp.cache(false); // every frame is new: a cache would only hold memory
    return ok({ chain: await openChain(birth), decoder: sharp });
  } catch (cause) {
    if (cause instanceof ModelLoadError) return err({ code: 'model-shape', file: cause.file, detail: cause.message });
    return err({ code: 'native-library', reason: reasonOf(cause) });
  }
}

async function answer(chain: Chain, decoder: Decoder, request: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const picture = await decodeImage(decoder, request.image);
    if (!picture.ok) return picture;
    const found =
      request.kind === 'analyse'
        ? await chain.analyse(picture.value, request.purpose)
        : await chain.follow(picture.value, request.previous);
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
