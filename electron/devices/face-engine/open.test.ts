import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { faceEngineBehaviour } from './behaviour.ts';
import type { ModelManifest } from './manifest.ts';
import { openFaceEngine } from './open.ts';

const shipped = join(import.meta.dirname, '../../../models');

faceEngineBehaviour('the shipped engine', async () => {
  const opened = await openFaceEngine({ modelsDir: shipped });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
});

test('the shipped engine says what it is', async () => {
  const opened = await openFaceEngine({ modelsDir: shipped });
  if (!opened.ok) throw new Error(opened.error.code);
  expect(opened.value.name).toMatch(/^onnxruntime-node \d+\.\d+\.\d+ \/ mobilefacenet-192$/);
  expect(opened.value.thresholds).toEqual({ fmr1e2: 0.355, fmr1e3: 0.462, fmr1e4: 0.535 });
  expect(opened.value.models.map((model) => model.role)).toEqual(['detector', 'mesh', 'embedder']);
  await opened.value.close();
});

describe('a models folder that is not as shipped', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kaodian-models-'));
    for (const file of ['manifest.json', 'blazeface_short.onnx', 'facemesh468.onnx', 'mobilefacenet.onnx']) {
      await cp(join(shipped, file), join(dir, file));
    }
  });
  afterEach(() => rm(dir, { recursive: true }));

  const openError = async () => {
    const opened = await openFaceEngine({ modelsDir: dir });
    if (opened.ok) {
      await opened.value.close();
      return null;
    }
    return opened.error;
  };
  const changeManifest = async (change: (manifest: ModelManifest) => void) => {
    const path = join(dir, 'manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    change(manifest);
    await writeFile(path, JSON.stringify(manifest));
  };

  const embeddingOf = (manifest: ModelManifest) => {
    const embedder = manifest.models.find((model) => model.role === 'embedder');
    if (!embedder) throw new Error('no embedder');
    return embedder.embedding;
  };

  test('no manifest', async () => {
    await rm(join(dir, 'manifest.json'));
    expect(await openError()).toMatchObject({ code: 'manifest-unreadable' });
  });

  test.each<[string, (manifest: ModelManifest) => unknown]>([
    ['two detectors', (m) => m.models.splice(1, 1, m.models[0]!)],
    ['a path out of the folder', (m) => Object.assign(m.models[0]!, { file: '../../etc/passwd' })],
    ['thresholds that fall', (m) => Object.assign(embeddingOf(m).thresholds, { '1e-4': 0.1 })],
    ['a length that the output has not', (m) => Object.assign(embeddingOf(m), { length: 128 })],
    ['a format of the future', (m) => Object.assign(m, { format: 2 })],
  ])('a manifest with %s', async (_, change) => {
    await changeManifest(change);
    expect(await openError()).toMatchObject({ code: 'manifest-unreadable' });
  });

  test('a model missing', async () => {
    await rm(join(dir, 'facemesh468.onnx'));
    expect(await openError()).toEqual({ code: 'model-missing', file: 'facemesh468.onnx' });
  });

  test.each([
    ['one flipped bit', (bytes: Buffer) => bytes.fill(bytes[5000]! ^ 1, 5000, 5001)],
    ['one byte more', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ['one byte less', (bytes: Buffer) => bytes.subarray(1)],
  ])('a model with %s is refused before it is loaded', async (_, change) => {
    const path = join(dir, 'mobilefacenet.onnx');
    await writeFile(path, change(await readFile(path)));
    expect(await openError()).toMatchObject({
      code: 'model-hash',
      file: 'mobilefacenet.onnx',
      expected: '33b296af6817b2baf95537590112834bfa455969cebfcbb7ca7234d9be801345',
      found: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('a model of another shape than the manifest says', async () => {
    await changeManifest((m) => (m.models[0]!.outputs = { regressors: [896, 16], scores: [900, 1] }));
    expect(await openError()).toEqual({
      code: 'model-shape',
      file: 'blazeface_short.onnx',
      detail: 'scores is float32 896x1, expected float32 900x1',
    });
  });
});
