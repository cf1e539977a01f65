import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FRUGAL_HEAP, MOST_LAST_WORDS, type NativeProcess, type ProcessEnd } from './port.ts';

/** Every picture leaves megabytes of pixels behind; with a small young generation they are let go sooner. */
const EXEC_ARGV = ['--max-semi-space-size=1'];

/** A process on the Node that runs the station. What it prints goes nowhere but into its last words: a shell's output is its own. */
export function startNodeProcess(script: URL): NativeProcess {
  const child = fork(fileURLToPath(script), [], {
    serialization: 'advanced',
    execArgv: EXEC_ARGV,
    env: { ...process.env, ...FRUGAL_HEAP },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-MOST_LAST_WORDS);
  });
  const { promise: ended, resolve } = Promise.withResolvers<ProcessEnd>();
  child.on('error', (cause) => {
    // Also when a message cannot be sent; only a process that has no number was never there.
    if (child.pid === undefined) resolve({ how: cause.message, lastWords });
  });
  // 'close' and not 'exit': what it said last has been read by then.
  child.on('close', (code, signal) => resolve({ how: signal ?? `code ${code}`, lastWords }));
  return {
    pid: child.pid,
    post(message) {
      // What cannot be sent any more has no reader; the end says so.
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void ended.then(listener),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
