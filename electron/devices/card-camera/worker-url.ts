/**
 * Where the worker's script stands: `worker.ts` beside this file when the sources run, `devices-card-worker.js` beside the
 * chunk that holds this file in the built station, whose output is flat.
 *
 * @param ownUrl  for tests
 */
export function workerUrl(ownUrl: string = import.meta.url): URL {
  const fromSource = new URL(ownUrl).pathname.endsWith('.ts');
  // A variable, since a bundler would take a literal for an asset of its own.
  const script = fromSource ? './worker.ts' : './devices-card-worker.js';
  return new URL(script, ownUrl);
}
