import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../lib/result.ts';
import { stationPort } from '../native-process/station-port.ts';
import { type Decoder, decodeImage } from './decode-image.ts';
import { ModelLoadError } from './load-chain.ts';
import { type Chain, openChain } from './worker-chain.ts';
import type { WorkerAnswer, WorkerBirth, WorkerMessage, WorkerRefusal, WorkerRequest } from './worker-messages.ts';

/**
 * The process in which pictures are decoded and networks run, so that a frame never holds up the station and a crash of a
 * native library does not end it. Its first message says which engine it is; then it answers one request at a time.
 */
const port = stationPort();
const tell = (message: WorkerMessage) => port.post(message);
let ready: { chain: Chain; decoder: Decoder } | null = null;

port.onMessage(async (message) => {
  if (ready) return tell({ kind: 'answer', result: await answer(ready, message as WorkerRequest) });
  const started = await start(message as WorkerBirth);
  if (!started.ok) return tell({ kind: 'refused', error: started.error });
  ready = started.value;
  tell({ kind: 'ready', runtime: ready.chain.runtime });
});

async function start(birth: WorkerBirth): Promise<Result<{ chain: Chain; decoder: Decoder }, WorkerRefusal>> {
  try {
    const chain = await openChain(birth);
    if (!chain.ok) return chain;
    const { default: sharp } = await import('sharp');
    sharp.concurrency(1);
    sharp.cache(false); // every frame is new: a cache would only hold memory
    return ok({ chain: chain.value, decoder: sharp });
  } catch (cause) {
    if (cause instanceof ModelLoadError) return err({ code: 'model-shape', file: cause.file, detail: cause.message });
    return err({ code: 'native-library', reason: reasonOf(cause) });
  }
}

async function answer(
  { chain, decoder }: { chain: Chain; decoder: Decoder },
  request: WorkerRequest,
): Promise<WorkerAnswer> {
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
