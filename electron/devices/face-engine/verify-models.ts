import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import { type ListedModel, ModelManifest } from './manifest.ts';

export type VerifiedModel = { listed: ListedModel; bytes: Uint8Array<ArrayBuffer> };

export type ModelVerifyError =
  | { code: 'manifest-unreadable'; reason: string }
  | { code: 'model-missing'; file: string }
  | { code: 'model-hash'; file: string; expected: string; found: string };

/**
 * Reads manifest and models and checks every model's SHA-256. What is returned are the very bytes that were hashed: to open
 * the files again by name could load something else.
 */
export async function readVerifiedModels(modelsDir: string): Promise<Result<VerifiedModel[], ModelVerifyError>> {
  const manifest = await readManifest(join(modelsDir, 'manifest.json'));
  if (!manifest.ok) return manifest;
  const verified: VerifiedModel[] = [];
  for (const listed of manifest.value.models) {
    const read = await readHashed(join(modelsDir, listed.file), listed.bytes);
    if (!read) return err({ code: 'model-missing', file: listed.file });
    if (read.sha256 !== listed.sha256) {
      return err({ code: 'model-hash', file: listed.file, expected: listed.sha256, found: read.sha256 });
    }
    verified.push({ listed, bytes: read.bytes });
  }
  return ok(verified);
}

async function readManifest(path: string): Promise<Result<ModelManifest, ModelVerifyError>> {
  try {
    const parsed = ModelManifest.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return err({ code: 'manifest-unreadable', reason: `${issue?.path.join('.')}: ${issue?.message}` });
  } catch (cause) {
    return err({ code: 'manifest-unreadable', reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** The file's hash and its first `bytes` bytes; a file that is too long is hashed but not held. Null when it cannot be read. */
async function readHashed(path: string, bytes: number) {
  const hash = createHash('sha256');
  const content = new Uint8Array(bytes);
  let length = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      if (length + chunk.length <= bytes) content.set(chunk, length);
      length += chunk.length;
    }
  } catch {
    return null;
  }
  return { bytes: content, sha256: hash.digest('hex') };
}
