import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { err, ok, type Result } from '../../../lib/result.ts';
import type { ModelVerifyError } from '../verify-models.ts';
import type { FaceApiManifest, ListedFile } from './manifest.ts';

export type FaceApiRole = FaceApiManifest['models'][number]['role'];

/** The bytes that were hashed. */
export type VerifiedFaceApi = {
  models: { role: FaceApiRole; file: string; weights: Uint8Array<ArrayBuffer>; layout: unknown[] }[];
  wasm: { file: string; bytes: Uint8Array<ArrayBuffer> }[];
};

/** Reads, out of the installed packages, every file of the manifest; one that is not as listed is refused. */
export async function readVerifiedFaceApi(
  manifest: FaceApiManifest,
): Promise<Result<VerifiedFaceApi, ModelVerifyError>> {
  const models: VerifiedFaceApi['models'] = [];
  for (const { role, weights, layout } of manifest.models) {
    const weightBytes = await readListed(weights);
    if (!weightBytes.ok) return weightBytes;
    const layoutBytes = await readListed(layout);
    if (!layoutBytes.ok) return layoutBytes;
    // As hashed, so as published: a list of groups with their weights.
    const groups = JSON.parse(new TextDecoder().decode(layoutBytes.value)) as { weights: unknown[] }[];
    const file = basename(weights.path);
    models.push({ role, file, weights: weightBytes.value, layout: groups.flatMap((group) => group.weights) });
  }
  const wasm: VerifiedFaceApi['wasm'] = [];
  for (const listed of manifest.wasm) {
    const bytes = await readListed(listed);
    if (!bytes.ok) return bytes;
    wasm.push({ file: basename(listed.path), bytes: bytes.value });
  }
  return ok({ models, wasm });
}

async function readListed({ path, sha256 }: ListedFile): Promise<Result<Uint8Array<ArrayBuffer>, ModelVerifyError>> {
  const file = basename(path);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    // A copy: the library takes the whole buffer, and Node's may be a part of its pool.
    bytes = new Uint8Array(await readFile(placeOf(path)));
  } catch {
    return err({ code: 'model-missing', file });
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  return found === sha256 ? ok(bytes) : err({ code: 'model-hash', file, expected: sha256, found });
}

/** Packages may hide their files from `require`, not their package.json. @throws Error when the package is not installed */
function placeOf(path: string): string {
  const parts = path.split('/');
  const name = parts.slice(0, path.startsWith('@') ? 2 : 1);
  const card = createRequire(import.meta.url).resolve(`${name.join('/')}/package.json`);
  return join(card, '..', ...parts.slice(name.length));
}
