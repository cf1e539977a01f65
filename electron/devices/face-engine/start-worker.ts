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
  const transferList = birth.models.map((model) => model.bytes.buffer);
  const worker = new Worker(script, { workerData: birth, transferList });
  return new Promise((resolve) => {
    const settle = (result: Result<ReadyWorker, WorkerRefusal>) => {
      worker.removeAllListeners();
      // An 'error' without a listener would end the station.
      if (!result.ok) worker.on('error', () => {}).terminate();
      resolve(result);
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') settle(ok({ worker, runtime: message.runtime }));
      if (message.kind === 'refused') settle(err(message.error));
    });
    worker.on('error', (cause) => settle(err({ code: 'native-library', reason: String(cause) })));
    worker.on('exit', (code) => settle(err({ code: 'native-library', reason: `the worker ended with code ${code}` })));
  });
}
