import { afterEach, expect, test } from 'vitest';
import { err, ok } from '../../lib/result.ts';
import type { NativeProcess } from '../native-process/port.ts';
import { startScript } from '../native-process/script-process.ts';
import { MAX_IMAGE_BYTES } from './port.ts';
import { WorkerCardCamera } from './worker-camera.ts';

/** A real process with a wish for each picture in its first byte: 0 answers, 1 dies, 2 never answers, 3 throws. */
const OBEDIENT = `
  port.onMessage(({ image }) => {
    if (image[0] === 1) process.exit(7);
    if (image[0] === 2) for (;;);
    if (image[0] === 3) throw new Error('as asked');
    if (image[0] === 0) port.post({ kind: 'answer', result: { ok: true, value: 'read' } });
  });
  port.post({ kind: 'ready' });
`;
const answers = Uint8Array.of(0);
const dies = Uint8Array.of(1);
const hangs = Uint8Array.of(2);
const throws = Uint8Array.of(3);

const read = { ok: true, value: 'read' };
const stopped = { ok: false, error: { code: 'camera-stopped' } };

const opened: WorkerCardCamera[] = [];
afterEach(() => Promise.all(opened.splice(0).map((camera) => camera.close())));

function openObedient({ pictureMs = 60_000, idleMs = 60_000 } = {}) {
  const workers: NativeProcess[] = [];
  const start = async () => {
    const worker = startScript(OBEDIENT);
    await new Promise<unknown>((resolve) => worker.onMessage(resolve));
    workers.push(worker);
    return ok(worker);
  };
  const camera = new WorkerCardCamera({ name: 'obedient', models: [] }, start, { pictureMs, idleMs });
  opened.push(camera);
  return { camera, workers };
}

test('nothing is started before the first picture; one worker reads them all', async () => {
  const { camera, workers } = openObedient();
  expect(workers).toEqual([]);
  expect(await Promise.all([camera.read(answers), camera.read(answers)])).toEqual([read, read]);
  expect(workers).toHaveLength(1);
});

test('without pictures the worker ends by itself, and the next picture starts another', async () => {
  const { camera, workers } = openObedient({ idleMs: 1 });
  expect(await camera.read(answers)).toEqual(read);
  await new Promise<unknown>((resolve) => workers[0]!.onExit(resolve));
  expect(await camera.read(answers)).toEqual(read);
  expect(workers).toHaveLength(2);
});

test.each([
  ['exits', dies],
  ['throws', throws],
])('a worker that %s stops the picture in it and those behind it; the next call starts another', async (_, fatal) => {
  const { camera, workers } = openObedient();
  const calls = [camera.read(answers), camera.read(fatal), camera.read(answers)];
  expect(await Promise.all(calls)).toEqual([read, stopped, stopped]);
  expect(await camera.read(answers)).toEqual(read);
  expect(workers).toHaveLength(2);
});

test('two deaths without an answer between them end it', async () => {
  const { camera, workers } = openObedient();
  expect(await camera.read(dies)).toEqual(stopped);
  expect(await camera.read(answers)).toEqual(read);
  expect(await camera.read(dies)).toEqual(stopped);
  expect(await camera.read(dies)).toEqual(stopped);
  expect(await camera.read(answers)).toEqual(stopped);
  expect(workers).toHaveLength(3);
});

test('a picture that hangs in the worker is given up, and the next is read', async () => {
  const { camera } = openObedient({ pictureMs: 50 });
  expect(await camera.read(hangs)).toEqual(stopped);
  expect(await camera.read(answers)).toEqual(read);
});

test('no more than four pictures wait, and none is too large', async () => {
  const { camera } = openObedient();
  expect(await camera.read(answers)).toEqual(read);
  const calls = Array.from({ length: 5 }, () => camera.read(hangs));
  expect(await camera.read(answers)).toMatchObject({ error: { code: 'camera-failed', reason: 'busy' } });
  expect(await camera.read(new Uint8Array(MAX_IMAGE_BYTES + 1))).toMatchObject({ error: { code: 'image-too-large' } });
  await camera.close();
  expect(await Promise.all(calls)).toEqual(Array(5).fill(stopped));
});

test('a worker that does not start says why, and is tried again with the next picture', async () => {
  let tries = 0;
  const failure = { reason: 'native-library', detail: 'no such library' } as const;
  const start = async () => {
    tries += 1;
    return err(failure);
  };
  const camera = new WorkerCardCamera({ name: 'none', models: [] }, start);
  const failed = { ok: false, error: { code: 'camera-failed', ...failure } };
  expect(await Promise.all([camera.read(answers), camera.read(answers)])).toEqual([failed, failed]);
  expect(await camera.read(answers)).toEqual(failed);
  expect(tries).toBe(2);
});

test('closed before it was used, twice, it answers that it is stopped', async () => {
  const { camera, workers } = openObedient();
  await camera.close();
  await camera.close();
  expect(await camera.read(answers)).toEqual(stopped);
  expect(workers).toEqual([]);
});

test('a worker that is killed from outside is a message, and the next picture starts another', async () => {
  const { camera, workers } = openObedient();
  expect(await camera.read(answers)).toEqual(read);
  const call = camera.read(hangs);
  process.kill(workers[0]!.pid!, 'SIGKILL');
  expect(await call).toEqual(stopped);
  expect(await camera.read(answers)).toEqual(read);
  expect(workers).toHaveLength(2);
});
