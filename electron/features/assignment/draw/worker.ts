import { parentPort } from 'node:worker_threads';
import { drawBreaches } from '../../draw/panels/check-draw.ts';
import { witnessHash } from '../../draw/panels/commitment.ts';
import { drawPanels, reservesOf, witnessOf } from '../../draw/panels/draw-panels.ts';
import { explainShortage } from '../../draw/panels/shortage.ts';
import type { DrawAnswer, DrawRequest } from './work-in-thread.ts';

/** The thread in which panels are drawn: half a second for the largest day, in which every desk goes on. One request each. */
const port = parentPort;
if (!port) throw new Error('this file is a worker of the draw');

port.once('message', (request: DrawRequest) => {
  port.postMessage(request.kind === 'witness' ? witness(request) : draw(request));
  port.close();
});

function witness({ input }: Extract<DrawRequest, { kind: 'witness' }>): DrawAnswer {
  const found = witnessOf(input);
  if (found.ok) return { kind: 'witness', witnessSha256: witnessHash(found.value) };
  if (found.error.code === 'INPUT_FAULTY') throw new Error(JSON.stringify(found.error.data.faults[0]));
  return { kind: 'impossible', shortage: explainShortage(input, found.error.data.seats) };
}

function draw({ input, seed }: Extract<DrawRequest, { kind: 'draw' }>): DrawAnswer {
  const startedMs = performance.now();
  const bytes = Buffer.from(seed, 'hex');
  const drawn = drawPanels(input, bytes);
  if (!drawn.ok) throw new Error(`what had a witness could not be drawn: ${drawn.error.code}`);
  const breaches = drawBreaches(input, drawn.value);
  if (breaches.length > 0) throw new Error(`the draw broke a rule: ${JSON.stringify(breaches[0])}`);
  const tookMs = performance.now() - startedMs;
  return { kind: 'drawn', drawn: drawn.value, reserves: reservesOf(input, drawn.value, bytes), tookMs };
}
