/**
 * Where the worker's script stands: `worker.ts` beside this file when the sources run, `draw-worker.js` beside the chunk that
 * holds this file in the built station, whose output is flat.
 *
 * @param ownUrl  for tests
 */
export function drawWorkerUrl(ownUrl: string = import.meta.url): URL {
  // A variable, since a bundler would take a literal for an asset of its own.
  const script = new URL(ownUrl).pathname.endsWith('.ts') ? './worker.ts' : './draw-worker.js';
  return new URL(script, ownUrl);
}
