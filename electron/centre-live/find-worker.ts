import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** Where `test/peers/mediasoup/build-worker.sh` is told to put what it builds. */
export const builtWorker = (version: string): string =>
  resolve(packageFolder(), '..', '.cache', 'kaodian-mediasoup', `mediasoup-worker-${version}`);

const packageFolder = (): string => {
  // Its package.json is not among the files it lets others import: from its main file upwards it is found all the same.
  let folder = dirname(createRequire(import.meta.url).resolve('mediasoup'));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
};

/**
 * The worker of mediasoup on this machine: the one MEDIASOUP_WORKER_BIN names, the one its npm package fetched when it was
 * installed, or the one built here. Null where there is none, or no mediasoup at all.
 */
export function findWorker(version: string, env: NodeJS.ProcessEnv = process.env): string | null {
  try {
    const own = join(packageFolder(), 'worker', 'out', 'Release', 'mediasoup-worker');
    return [env.MEDIASOUP_WORKER_BIN, own, builtWorker(version)].find((path) => path && existsSync(path)) ?? null;
  } catch {
    return null;
  }
}
