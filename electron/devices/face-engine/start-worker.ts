import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '../../lib/result.ts';
import type { WorkerBirth, WorkerMessage, WorkerRefusal } from './worker-messages.ts';

export type ReadyWorker = { worker: Worker; runtime: string };

/**
 * Starts the worker and waits until its models are loaded. On a refusal the worker has ended. A script that dies before
 * it says anything counts as a native library that does not load: that is what it is in practice.
 *
 * @param birth  its model bytes are moved away and cannot be used afterwards
 */
export function startWorker(script: URL, birth: WorkerBirth): Promise<Result<ReadyWorker, WorkerRefusal>> {
  const transferList = bytesOf(birth).map((bytes) => bytes.buffer);
  // Every frame leaves megabytes of pixels behind; a small young generation lets them go sooner (20 MB less in all).
  const resourceLimits = { maxYoungGenerationSizeMb: 8 };
  const worker = new Worker(script, { workerData: birth, transferList, resourceLimits });
  return new Promise((resolve) => {
    // Listeners are taken off one by one: removeAllListeners() would also take off Node's own, which start the port again.
    const settle = (result: Result<ReadyWorker, WorkerRefusal>) => {
      worker.off('message', onMessage).off('exit', onExit);
      if (!result.ok) void worker.terminate();
      resolve(result);
    };
    const onMessage = (message: WorkerMessage) => {
      if (message.kind === 'ready') settle(ok({ worker, runtime: message.runtime }));
      if (message.kind === 'refused') settle(err(message.error));
    };
    const onExit = (code: number) =>
      settle(err({ code: 'native-library', reason: `the worker ended with code ${code}` }));
    worker.on('message', onMessage).on('exit', onExit);
    // Stays: an 'error' without a listener would end the station. Settling twice changes nothing.
    worker.on('error', (cause) => settle(err({ code: 'native-library', reason: String(cause) })));
  });
}

function bytesOf(birth: WorkerBirth): Uint8Array<ArrayBuffer>[] {
  if (birth.kind === 'onnxruntime') return birth.models.map((model) => model.bytes);
  return [...birth.models.map((model) => model.weights), ...birth.wasm.map((file) => file.bytes)];
}
