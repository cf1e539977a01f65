import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startWorker } from './start-worker.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kaodian-worker-'));
});
afterEach(() => rm(dir, { recursive: true }));

const refusalOf = async (script: string) => {
  const path = join(dir, 'worker.mjs');
  await writeFile(path, script);
  const started = await startWorker(pathToFileURL(path), { kind: 'onnxruntime', models: [] });
  if (started.ok) await started.value.worker.terminate();
  return started.ok ? started.value.runtime : started.error;
};

test.each([
  ['does not parse', 'import ???'],
  ['cannot import its library', "import 'no-such-native-library';"],
  ['ends without a word', 'process.exit(3);'],
  ['throws before it is ready', "throw new Error('libonnxruntime.so: cannot open shared object file');"],
])('a worker that %s is a library that does not load', async (_, script) => {
  expect(await refusalOf(script)).toEqual({ code: 'native-library', reason: expect.stringMatching(/./) });
});

test('a script that is not there', async () => {
  const started = await startWorker(pathToFileURL(join(dir, 'missing.mjs')), { kind: 'onnxruntime', models: [] });
  expect(started).toMatchObject({ ok: false, error: { code: 'native-library' } });
});

test('what the worker refuses is passed on', async () => {
  const error = { code: 'model-shape', file: 'x.onnx', detail: 'no tensor named input' };
  const script = `import { parentPort } from 'node:worker_threads';
    parentPort.postMessage(${JSON.stringify({ kind: 'refused', error })});`;
  expect(await refusalOf(script)).toEqual(error);
});

test('a worker that is ready is handed over', async () => {
  const script = `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => {});
    parentPort.postMessage({ kind: 'ready', runtime: 'r 1.0' });`;
  expect(await refusalOf(script)).toBe('r 1.0');
});
