import { Worker } from 'node:worker_threads';
import { err, ok } from '../../../lib/result.ts';
import type { DrawInput } from '../../draw/panels/draw-input.ts';
import type { Shortage } from '../../draw/panels/shortage.ts';
import type { DrawnPanels, DrawWork } from './draw-work.ts';
import { drawWorkerUrl } from './worker-url.ts';

export type DrawRequest = { kind: 'witness'; input: DrawInput } | { kind: 'draw'; input: DrawInput; seed: string };
export type DrawAnswer =
  | { kind: 'witness'; witnessSha256: string }
  | { kind: 'impossible'; shortage: Shortage }
  | ({ kind: 'drawn' } & DrawnPanels);

/** Draws in a thread of its own for each request, so that a long search never holds up a desk. */
export const drawInThread: DrawWork = {
  async witness(input) {
    const answer = await ask({ kind: 'witness', input });
    if (answer.kind === 'impossible') return err({ code: 'IMPOSSIBLE', shortage: answer.shortage });
    if (answer.kind !== 'witness') throw new Error(`the draw's thread answered ${answer.kind}`);
    return ok({ witnessSha256: answer.witnessSha256 });
  },
  async draw(input, seed) {
    const answer = await ask({ kind: 'draw', input, seed });
    if (answer.kind !== 'drawn') throw new Error(`the draw's thread answered ${answer.kind}`);
    const { drawn, reserves, tookMs } = answer;
    return { drawn, reserves, tookMs };
  },
};

/** @throws Error when the thread dies before it has answered: a defect of the draw, nothing is lost by it */
function ask(request: DrawRequest): Promise<DrawAnswer> {
  const worker = new Worker(drawWorkerUrl());
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (cause) => reject(new Error('a draw could not be computed', { cause })));
    worker.once('exit', () => reject(new Error('the thread of a draw ended without an answer')));
    worker.postMessage(request);
  });
}
