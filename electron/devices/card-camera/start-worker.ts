import { err, ok, type Result } from '../../lib/result.ts';
import type { NativeProcess, StartNativeProcess } from '../native-process/port.ts';
import type { StartFailure, WorkerBirth, WorkerMessage } from './worker-messages.ts';

/**
 * Starts the worker and waits until its models are loaded. On a refusal the worker has ended. A script that dies before
 * it says anything counts as a native library that does not load: that is what it is in practice.
 */
export async function startWorker(
  startProcess: StartNativeProcess,
  script: URL,
  birth: WorkerBirth,
): Promise<Result<NativeProcess, StartFailure>> {
  const worker = startProcess(script);
  const { promise, resolve } = Promise.withResolvers<Result<NativeProcess, StartFailure>>();
  worker.onMessage((said) => {
    const message = said as WorkerMessage;
    if (message.kind === 'ready') resolve(ok(worker));
    if (message.kind === 'refused') resolve(err(message.failure));
  });
  worker.onExit(({ how, lastWords }) => {
    const detail = `the worker ended: ${how}${lastWords && `, ${lastWords.trim()}`}`;
    resolve(err({ reason: 'native-library', detail }));
  });
  worker.post(birth);
  const started = await promise;
  if (!started.ok) await worker.kill();
  return started;
}
