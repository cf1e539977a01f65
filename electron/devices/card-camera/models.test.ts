import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CARD_MODELS, installedModelsDir } from './models.ts';
import { openCardCamera } from './open.ts';

const { file, sha256 } = CARD_MODELS.recognition;
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kaodian-card-models-'));
  for (const model of Object.values(CARD_MODELS))
    await cp(join(installedModelsDir()!, model.file), join(dir, model.file));
});
afterEach(() => rm(dir, { recursive: true }));

test('the installed models are the pinned ones, and say so', async () => {
  const opened = await openCardCamera();
  if (!opened.ok) throw new Error(opened.error.code);
  expect(opened.value.models).toContainEqual({ file, sha256 });
  await opened.value.close();
});

test('a model missing', async () => {
  await rm(join(dir, file));
  expect(await openCardCamera({ modelsDir: dir })).toEqual({ ok: false, error: { code: 'model-missing', file } });
});

test.each([
  ['one flipped bit', (bytes: Buffer) => bytes.fill(bytes[5000]! ^ 1, 5000, 5001)],
  ['one byte more', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
  ['one byte less', (bytes: Buffer) => bytes.subarray(1)],
])('a model with %s is refused', async (_, change) => {
  await writeFile(join(dir, file), change(await readFile(join(dir, file))));
  expect(await openCardCamera({ modelsDir: dir })).toMatchObject({
    ok: false,
    error: { code: 'model-hash', file, expected: sha256, found: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test('models exchanged after the opening are not loaded', async () => {
  const opened = await openCardCamera({ modelsDir: dir });
  if (!opened.ok) throw new Error(opened.error.code);
  await writeFile(join(dir, file), 'something else');
  expect(await opened.value.read(Uint8Array.of(0xff, 0xd8))).toEqual({
    ok: false,
    error: { code: 'camera-failed', reason: 'models', detail: `model-hash: ${file}` },
  });
  await opened.value.close();
});
