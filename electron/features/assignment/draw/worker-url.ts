/**
 * Where the worker's script stands: `worker.ts` beside this file when the sources run, `draw-worker.js` beside the built
 * chunks otherwise.
 *
 * @param here  import.meta.url of the caller
 */
export function drawWorkerUrl(here: string = import.meta.url): URL {
  return new URL(here.endsWith('.ts') ? './worker.ts' : './draw-worker.js', here);
}
