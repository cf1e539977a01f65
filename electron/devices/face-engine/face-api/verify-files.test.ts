import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaceApiManifest } from './manifest.ts';
import { openFaceApiEngine } from './open.ts';

const shipped = join(import.meta.dirname, '../../../../models/face-api.json');

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kaodian-face-api-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** What opening says when the manifest is changed so. */
async function refusal(change: (manifest: FaceApiManifest) => unknown) {
  const manifest = JSON.parse(await readFile(shipped, 'utf8')) as FaceApiManifest;
  change(manifest);
  await writeFile(join(dir, 'face-api.json'), JSON.stringify(manifest));
  const opened = await openFaceApiEngine({ modelsDir: dir });
  if (!opened.ok) return opened.error;
  await opened.value.close();
  return null;
}

const otherHash = 'a'.repeat(64);

test.each<[string, object, (manifest: FaceApiManifest) => unknown]>([
  [
    'weights of another hash',
    { code: 'model-hash', file: 'face_recognition_model.bin', expected: otherHash },
    (m) => Object.assign(m.models[2]!.weights, { sha256: otherHash }),
  ],
  [
    'a layout of another hash',
    { code: 'model-hash', file: 'tiny_face_detector_model-weights_manifest.json' },
    (m) => Object.assign(m.models[0]!.layout, { sha256: otherHash }),
  ],
  [
    'program code of another hash',
    { code: 'model-hash', file: 'tfjs-backend-wasm-simd.wasm' },
    (m) => Object.assign(m.wasm[0]!, { sha256: otherHash }),
  ],
  [
    'a file that is not there',
    { code: 'model-missing', file: 'no-such.bin' },
    (m) => Object.assign(m.models[1]!.weights, { path: '@vladmandic/face-api/model/no-such.bin' }),
  ],
  [
    'a package that is not there',
    { code: 'model-missing', file: 'x.bin' },
    (m) => Object.assign(m.models[1]!.weights, { path: 'no-such-package/x.bin' }),
  ],
  [
    'a path out of node_modules',
    { code: 'manifest-unreadable' },
    (m) => Object.assign(m.models[1]!.weights, { path: '../../etc/passwd' }),
  ],
  [
    'a path that climbs',
    { code: 'manifest-unreadable' },
    (m) => Object.assign(m.models[1]!.weights, { path: '@vladmandic/face-api/../../x' }),
  ],
  ['two detectors', { code: 'manifest-unreadable' }, (m) => m.models.splice(1, 1, m.models[0]!)],
  ['thresholds that fall', { code: 'manifest-unreadable' }, (m) => Object.assign(m.thresholds, { '1e-4': 0.1 })],
  [
    'weights of another network',
    { code: 'model-shape', file: 'tiny_face_detector_model.bin' },
    (m) => Object.assign(m.models[1]!, { ...m.models[0]!, role: 'landmarks' }),
  ],
  ['no program code for this processor', { code: 'native-library' }, (m) => m.wasm.splice(0, 1)],
])('%s', async (_, error, change) => {
  expect(await refusal(change)).toMatchObject(error);
});

test('no manifest', async () => {
  expect(await openFaceApiEngine({ modelsDir: dir })).toMatchObject({ error: { code: 'manifest-unreadable' } });
});

test('as shipped it opens', async () => {
  expect(await refusal(() => {})).toBeNull();
});
