import { err, ok, type Result } from '../../lib/result.ts';
import type { NativeProcess, StartNativeProcess } from '../native-process/port.ts';
import type { WorkerBirth, WorkerMessage, WorkerRefusal } from './worker-messages.ts';

export type ReadyWorker = { worker: NativeProcess; runtime: string };

/**
 * Starts the worker and waits until its models are loaded. On a refusal the worker has ended. A script that dies before
 * it says anything counts as a native library that does not load: that is what it is in practice.
 */
export async function startWorker(
  startProcess: StartNativeProcess,
  script: URL,
  birth: WorkerBirth,
): Promise<Result<ReadyWorker, WorkerRefusal>> {
  const worker = startProcess(script);
  const { promise, resolve } = Promise.withResolvers<Result<ReadyWorker, WorkerRefusal>>();
  worker.onMessage((said) => {
    const message = said as WorkerMessage;
    if (message.kind === 'ready') resolve(ok({ worker, runtime: message.runtime }));
    if (message.kind === 'refused') resolve(err(message.error));
  });
  worker.onExit(({ how, lastWords }) => {
    const reason = `the worker ended: ${how}${lastWords && `, ${lastWords.trim()}`}`;
    resolve(err({ code: 'native-library', reason }));
  });
  worker.post(birth);
  const started = await promise;
  if (!started.ok) await worker.kill();
  return started;
}
