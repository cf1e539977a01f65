import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OnnxGraph } from '../../../models/convert/onnx-graph.ts';
import type { ListedModel, ModelManifest } from './manifest.ts';
import { type FaceEngineOpenError, openFaceEngine } from './open.ts';
import { faceSimilarity } from './similarity.ts';
import { photographs } from './specimen-photographs.ts';

const shipped = join(import.meta.dirname, '../../../models');
const FILE_OF = {
  detector: 'blazeface_short.onnx',
  mesh: 'facemesh468.onnx',
  embedder: 'mobilefacenet.onnx',
} as const;
type Role = keyof typeof FILE_OF;
const ROLES = Object.keys(FILE_OF) as Role[];

/** A network that means nothing, of another length than the shipped one: colours of the face in sixteen squares. */
function ownEmbedder(): Buffer {
  const onnx = new OnnxGraph();
  const squares = { kernel_shape: [28, 28], strides: [28, 28], pads: [0, 0, 0, 0] };
  const colours = onnx.node('AveragePool', ['input'], squares);
  onnx.node('Reshape', [colours, onnx.integers('shape', [0, 48])], {}, 'embedding');
  const input = { name: 'input', shape: ['n', 3, 112, 112] };
  return onnx.encode('own', [input], [{ name: 'embedding', shape: ['n', 48] }], {});
}

describe('a site’s own network, entered in the manifest', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kaodian-own-model-'));
    for (const file of ['manifest.json', ...Object.values(FILE_OF)]) await cp(join(shipped, file), join(dir, file));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function changeModel(role: Role, change: (model: ListedModel) => void): Promise<void> {
    const path = join(dir, 'manifest.json');
    const manifest: ModelManifest = JSON.parse(await readFile(path, 'utf8'));
    change(manifest.models.find((model) => model.role === role)!);
    await writeFile(path, JSON.stringify(manifest));
  }

  async function install(role: Role, file: string, bytes: Buffer, change: (model: ListedModel) => void): Promise<void> {
    await writeFile(join(dir, file), bytes);
    await changeModel(role, (model) => {
      Object.assign(model, { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
      change(model);
    });
  }

  async function openError(): Promise<FaceEngineOpenError | null> {
    const opened = await openFaceEngine({ modelsDir: dir });
    if (!opened.ok) return opened.error;
    await opened.value.close();
    return null;
  }

  const own = { template: 'five-points-112', length: 48, distance: 'cosine', mirrored: false } as const;
  const thresholds = { '1e-2': 0.91, '1e-3': 0.95, '1e-4': 0.99 };

  test('is used as it says: its length, its name, its thresholds', async () => {
    await install('embedder', 'own.onnx', ownEmbedder(), (model) =>
      Object.assign(model, { name: 'own-48', outputs: { embedding: [48] }, embedding: { ...own, thresholds } }),
    );
    const opened = await openFaceEngine({ modelsDir: dir });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const engine = opened.value;
    try {
      expect(engine.name).toMatch(/ \/ own-48$/);
      expect(engine.thresholds).toEqual({ fmr1e2: 0.91, fmr1e3: 0.95, fmr1e4: 0.99 });
      const [one, again] = [
        await engine.analyse(await photographs.woman()),
        await engine.analyse(await photographs.woman()),
      ];
      if (!one.ok || one.value.kind !== 'face' || !again.ok || again.value.kind !== 'face') throw new Error('no face');
      expect(one.value.embedding).toHaveLength(48);
      expect(faceSimilarity(one.value.embedding, again.value.embedding)).toBeCloseTo(1, 5);
    } finally {
      await engine.close();
    }
  });

  test('with an output of another length than entered, it is refused by name', async () => {
    await install('embedder', 'own.onnx', ownEmbedder(), (model) =>
      Object.assign(model, { outputs: { embedding: [64] }, embedding: { ...own, length: 64, thresholds } }),
    );
    const detail = 'embedding is float32 48, expected float32 64';
    expect(await openError()).toEqual({ code: 'model-shape', file: 'own.onnx', detail });
  });

  test.each(ROLES)('the %s: a file that is missing', async (role) => {
    await rm(join(dir, FILE_OF[role]));
    expect(await openError()).toEqual({ code: 'model-missing', file: FILE_OF[role] });
  });

  test.each(ROLES)('the %s: another file than the hash entered', async (role) => {
    const path = join(dir, FILE_OF[role]);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(bytes[5000]! ^ 1, 5000, 5001));
    expect(await openError()).toMatchObject({ code: 'model-hash', file: FILE_OF[role] });
  });

  test.each(ROLES)('the %s: an input of another size than entered', async (role) => {
    await install(role, 'own.onnx', ownEmbedder(), (model) => {
      if (role === 'embedder') Object.assign(model.input, { name: 'picture' });
    });
    expect(await openError()).toMatchObject({ code: 'model-shape', file: 'own.onnx' });
  });

  test.each(ROLES)('the %s: bytes that are no network', async (role) => {
    await install(role, 'own.onnx', Buffer.alloc(6000, 7), () => {});
    expect(await openError()).toMatchObject({ code: 'model-shape', file: 'own.onnx' });
  });
});
