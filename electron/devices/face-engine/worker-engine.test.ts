import { afterEach, expect, test } from 'vitest';
import type { NativeProcess } from '../native-process/port.ts';
import { startScript } from '../native-process/script-process.ts';
import { WorkerFaceEngine } from './worker-engine.ts';

/** A real process with a wish for each picture in its first byte: 0 answers, 1 dies, 2 never answers, 3 throws. */
const OBEDIENT = `
  port.onMessage(({ image }) => {
    if (image[0] === 1) process.exit(7);
    if (image[0] === 2) for (;;);
    if (image[0] === 3) throw new Error('as asked');
    if (image[0] === 4) port.post({ kind: 'answer', result: { ok: true, value: {
      kind: 'face', padding: new Uint8Array(100_000), embedding: Float32Array.of(1, 0) } } });
    if (image[0] === 0) port.post({ kind: 'answer', result: { ok: true, value: { kind: 'no-face', frameSha256: '' } } });
  });
  port.post({ kind: 'ready' });
`;
const answers = Uint8Array.of(0);
const dies = Uint8Array.of(1);
const hangs = Uint8Array.of(2);
const throws = Uint8Array.of(3);

const read = { ok: true, value: { kind: 'no-face', frameSha256: '' } };
const stopped = { ok: false, error: { code: 'engine-stopped' } };

const opened: WorkerFaceEngine[] = [];
afterEach(() => Promise.all(opened.splice(0).map((engine) => engine.close())));

async function startObedient(): Promise<NativeProcess> {
  const worker = startScript(OBEDIENT);
  processes.push(worker);
  await new Promise<unknown>((resolve) => worker.onMessage(resolve));
  return worker;
}
const processes: NativeProcess[] = [];

async function openObedient({ restart = startObedient, frameTimeoutMs = 60_000 } = {}) {
  let restarts = 0;
  const facts = { name: 'obedient', models: [], thresholds: { fmr1e2: 0.1, fmr1e3: 0.2, fmr1e4: 0.3 } };
  const counted = () => {
    restarts += 1;
    return restart();
  };
  const engine = new WorkerFaceEngine(facts, await startObedient(), counted, frameTimeoutMs);
  opened.push(engine);
  return { engine, restarts: () => restarts };
}

test.each([
  ['exits', dies],
  ['throws', throws],
])('a worker that %s stops the picture in it and those behind it; the next call starts another', async (_, fatal) => {
  const { engine, restarts } = await openObedient();
  const calls = [engine.analyse(answers), engine.analyse(fatal), engine.analyse(answers), engine.analyse(answers)];
  expect(await Promise.all(calls)).toEqual([read, stopped, stopped, stopped]);
  expect(restarts()).toBe(0);
  expect(await engine.analyse(answers)).toEqual(read);
  expect(restarts()).toBe(1);
});

test('two deaths without an answer between them end it; with answers it goes on', async () => {
  const { engine, restarts } = await openObedient();
  for (let i = 0; i < 3; i += 1) {
    expect(await engine.analyse(dies)).toEqual(stopped);
    expect(await engine.analyse(answers)).toEqual(read);
  }
  expect(await engine.analyse(dies)).toEqual(stopped);
  expect(await engine.analyse(dies)).toEqual(stopped);
  expect(await engine.analyse(answers)).toEqual(stopped);
  expect(restarts()).toBe(4);
});

test('calls made while the new worker starts wait for it', async () => {
  const { engine, restarts } = await openObedient();
  await engine.analyse(dies);
  expect(await Promise.all([engine.analyse(answers), engine.analyse(answers)])).toEqual([read, read]);
  expect(restarts()).toBe(1);
});

test('a worker that cannot be replaced leaves the engine stopped', async () => {
  const { engine } = await openObedient({ restart: async () => null as unknown as NativeProcess });
  await engine.analyse(dies);
  expect(await engine.analyse(answers)).toEqual(stopped);
  expect(await engine.analyse(answers)).toEqual(stopped);
});

test('a picture that hangs in the worker is given up, and the engine recovers', async () => {
  const { engine } = await openObedient({ frameTimeoutMs: 50 });
  expect(await engine.analyse(hangs)).toEqual(stopped);
  expect(await engine.analyse(answers)).toEqual(read);
});

test('no more than eight pictures wait', async () => {
  const { engine } = await openObedient();
  const calls = Array.from({ length: 9 }, () => engine.analyse(hangs));
  expect(await engine.analyse(answers)).toMatchObject({ error: { code: 'engine-failed', reason: 'busy' } });
  await engine.close();
  expect(await Promise.all(calls)).toEqual(Array(9).fill(stopped));
});

test('a worker that is killed from outside is a message, and the next call starts another', async () => {
  const { engine } = await openObedient();
  const call = engine.analyse(hangs);
  process.kill(processes.at(-1)!.pid!, 'SIGKILL');
  expect(await call).toEqual(stopped);
  expect(await engine.analyse(answers)).toEqual(read);
});

test('a template that is kept keeps nothing of the message it came in', async () => {
  const { engine } = await openObedient();
  const found = await engine.analyse(Uint8Array.of(4));
  if (!found.ok || found.value.kind !== 'face') throw new Error('no face');
  expect([...found.value.embedding]).toEqual([1, 0]);
  expect(found.value.embedding.buffer.byteLength).toBe(8);
});
