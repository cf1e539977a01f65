import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '../../lib/result.ts';
import type { StartFailure, WorkerBirth, WorkerMessage } from './worker-messages.ts';

/**
 * Starts the worker and waits until its models are loaded. On a refusal the worker has ended. A script that dies before
 * it says anything counts as a native library that does not load: that is what it is in practice.
 *
 * @param birth  its model bytes are moved away and cannot be used afterwards
 */
export function startWorker(script: URL, birth: WorkerBirth): Promise<Result<Worker, StartFailure>> {
  const transferList = Object.values(birth.models).map((bytes) => bytes.buffer);
  // Every picture leaves megabytes of pixels behind; a small young generation lets them go sooner.
  const resourceLimits = { maxYoungGenerationSizeMb: 8 };
  const worker = new Worker(script, { workerData: birth, transferList, resourceLimits });
  return new Promise((resolve) => {
    // Listeners are taken off one by one: removeAllListeners() would also take off Node's own, which start the port again.
    const settle = (result: Result<Worker, StartFailure>) => {
      worker.off('message', onMessage).off('exit', onExit);
      if (!result.ok) void worker.terminate();
      resolve(result);
    };
    const onMessage = (message: WorkerMessage) => {
      if (message.kind === 'ready') settle(ok(worker));
      if (message.kind === 'refused') settle(err(message.failure));
    };
    const died = (detail: string) => settle(err({ reason: 'native-library', detail }));
    const onExit = (code: number) => died(`the worker ended with code ${code}`);
    worker.on('message', onMessage).on('exit', onExit);
    // Stays: an 'error' without a listener would end the station. Settling twice changes nothing.
    worker.on('error', (cause) => died(String(cause)));
  });
}
