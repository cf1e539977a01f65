import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startNodeProcess } from '../native-process/node-process.ts';
import { startScript } from '../native-process/script-process.ts';
import { startWorker } from './start-worker.ts';

const nowhere = pathToFileURL(join(import.meta.dirname, 'missing.mjs'));
const birth = { kind: 'onnxruntime', modelsDir: 'models', models: [] } as const;

const refusalOf = async (script: string) => {
  const started = await startWorker(() => startScript(script), nowhere, { ...birth, models: [] });
  if (started.ok) await started.value.worker.kill();
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
  const started = await startWorker(startNodeProcess, nowhere, { ...birth, models: [] });
  expect(started).toMatchObject({ ok: false, error: { code: 'native-library' } });
});

test('what the worker refuses is passed on', async () => {
  const error = { code: 'model-shape', file: 'x.onnx', detail: 'no tensor named input' };
  const script = `port.onMessage(() => port.post(${JSON.stringify({ kind: 'refused', error })}));`;
  expect(await refusalOf(script)).toEqual(error);
});

test('a worker that is ready is handed over', async () => {
  const script = "port.onMessage((birth) => port.post({ kind: 'ready', runtime: 'r 1.0 for ' + birth.kind }));";
  expect(await refusalOf(script)).toBe('r 1.0 for onnxruntime');
});
