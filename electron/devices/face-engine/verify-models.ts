import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import type { ListedModel } from './manifest.ts';

export type VerifiedModel = { listed: ListedModel; bytes: Uint8Array<ArrayBuffer> };

export type ModelVerifyError =
  | { code: 'manifest-unreadable'; reason: string }
  | { code: 'model-missing'; file: string }
  | { code: 'model-hash'; file: string; expected: string; found: string };

/**
 * Reads the models of a manifest and checks every SHA-256. What is returned are the very bytes that were hashed: to open
 * the files again by name could load something else.
 */
export async function readVerifiedModels(
  modelsDir: string,
  models: readonly ListedModel[],
): Promise<Result<VerifiedModel[], ModelVerifyError>> {
  const verified: VerifiedModel[] = [];
  for (const listed of models) {
    const read = await readHashed(join(modelsDir, listed.file), listed.bytes);
    if (!read) return err({ code: 'model-missing', file: listed.file });
    if (read.sha256 !== listed.sha256) {
      return err({ code: 'model-hash', file: listed.file, expected: listed.sha256, found: read.sha256 });
    }
    verified.push({ listed, bytes: read.bytes });
  }
  return ok(verified);
}

/**
 * The file's hash and its first `bytes` bytes, read into one piece of memory; a file that is too long is hashed but not held. Null
 * when it cannot be read.
 */
async function readHashed(path: string, bytes: number) {
  const hash = createHash('sha256');
  const content = new Uint8Array(bytes);
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const filled = await fill(file, content);
    hash.update(content.subarray(0, filled));
    if (filled === bytes) {
      for await (const beyond of file.createReadStream({ start: bytes, autoClose: false })) hash.update(beyond);
    }
    return { bytes: content, sha256: hash.digest('hex') };
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Returns how many bytes there were. */
async function fill(file: FileHandle, content: Uint8Array): Promise<number> {
  let at = 0;
  while (at < content.length) {
    const { bytesRead } = await file.read(content, at, content.length - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at;
}
