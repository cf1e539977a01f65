import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faceEngineBehaviour } from '../behaviour.ts';
import { openFaceApiEngine } from './open.ts';

const shipped = join(import.meta.dirname, '../../../../models');

async function open() {
  const opened = await openFaceApiEngine({ modelsDir: shipped });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

faceEngineBehaviour('the second engine', open);

test('the second engine says what it is', async () => {
  const engine = await open();
  expect(engine.name).toMatch(/^face-api \d+\.\d+\.\d+ \(wasm\) \/ dlib-resnet-128$/);
  expect(engine.models.map((model) => model.role)).toEqual(['detector', 'mesh', 'embedder']);
  await engine.close();
});
