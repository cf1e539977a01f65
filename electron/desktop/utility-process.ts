import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { FRUGAL_HEAP, MOST_LAST_WORDS, type NativeProcess, type ProcessEnd } from '../devices/native-process/port.ts';

/** As `startNodeProcess`, under Electron, whose program cannot be run as Node. To be called after the app is ready. */
export function startUtilityProcess(script: URL): NativeProcess {
  const child = utilityProcess.fork(fileURLToPath(script), [], {
    serviceName: 'kaodian-networks',
    env: { ...process.env, ...FRUGAL_HEAP },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-MOST_LAST_WORDS);
  });
  const { promise: ended, resolve } = Promise.withResolvers<ProcessEnd>();
  let gone = false;
  child.on('exit', (code) => {
    gone = true;
    resolve({ how: `code ${code}`, lastWords });
  });
  return {
    get pid() {
      return child.pid;
    },
    post(message) {
      if (!gone) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void ended.then(listener),
    async kill() {
      if (!gone) child.kill();
      await ended;
    },
  };
}
