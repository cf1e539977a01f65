import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ListedPassive } from './manifest.ts';
import { openFaceEngine } from './open.ts';
import { photographs } from './specimen-photographs.ts';

const shipped = join(import.meta.dirname, '../../../models');

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kaodian-passive-'));
  for (const file of ['manifest.json', 'blazeface_short.onnx', 'facemesh468.onnx', 'mobilefacenet.onnx']) {
    await cp(join(shipped, file), join(dir, file));
  }
});
afterEach(() => rm(dir, { recursive: true }));

/** Opens the engine with the embedder entered a second time, as a site's passive network: a real network with real outputs. */
async function openWith(change: (listed: ListedPassive['passive']) => unknown = () => {}) {
  const manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'));
  const { embedding: _, ...embedder } = manifest.models.find((m: { role: string }) => m.role === 'embedder');
  const passive = { faceWidths: 1.5, output: 'embedding', liveIndex: 3, softmax: true };
  change(passive);
  manifest.models.push({ ...embedder, role: 'passive', name: 'stands-for-a-site’s', passive });
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest));
  return openFaceEngine({ modelsDir: dir });
}

test('a site’s passive network gives its word on live frames, and on photographs none', async () => {
  const opened = await openWith();
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const image = await photographs.manFacing();
  const live = await opened.value.analyse(image);
  const photo = await opened.value.analyse(image, { purpose: 'photo' });
  await opened.value.close();
  if (!live.ok || live.value.kind !== 'face' || !photo.ok) throw new Error('no face');
  expect(live.value.passive).toBeGreaterThan(0);
  expect(live.value.passive).toBeLessThan(1);
  expect(photo.value).not.toHaveProperty('passive');
  expect(opened.value.models.map((model) => model.role)).toContain('passive');
});

test.each<[string, (listed: ListedPassive['passive']) => unknown]>([
  ['an output that it has not', (p) => Object.assign(p, { output: 'score' })],
  ['a place beyond its output', (p) => Object.assign(p, { liveIndex: 200 })],
])('%s', async (_, change) => {
  expect(await openWith(change)).toMatchObject({ ok: false, error: { code: 'manifest-unreadable' } });
});
