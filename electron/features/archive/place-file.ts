import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open } from 'node:fs/promises';
import { err, ok, type Result } from '../../lib/result.ts';

export type PlaceError = { code: 'SOURCE_MISSING' } | { code: 'SOURCE_CHANGED' };

/** Writes all of `bytes`; a full disk answers with a short write before it answers ENOSPC. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
    if (bytesWritten === 0) throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' });
    at += bytesWritten;
  }
}

/** A new file with these bytes, synced; its directory is synced by the caller, once for all. */
export async function placeBytes(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o644);
  try {
    await writeFully(handle, bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Errors by which a file system says that it cannot link here: another disk, FAT, too many links. */
const NO_LINK = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

async function copyChecked(source: string, target: string, storedSha256: string): Promise<boolean> {
  const from = await open(source, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const to = await open(target, 'wx', 0o644);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(1024 * 1024);
      for (;;) {
        const { bytesRead } = await from.read(buffer, 0, buffer.length);
        if (bytesRead === 0) break;
        hash.update(buffer.subarray(0, bytesRead));
        await writeFully(to, buffer.subarray(0, bytesRead));
      }
      await to.sync();
      return hash.digest('hex') === storedSha256;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/**
 * Puts an already encrypted, already synced file into the bundle: by hard link without reading it, so that sealing does
 * not grow with the video; by a checked copy where the file system cannot link. Returns its size in bytes.
 */
export async function placeStored(
  source: string,
  target: string,
  storedSha256: string,
): Promise<Result<number, PlaceError>> {
  const stat = await lstat(source).catch(() => undefined);
  if (!stat?.isFile()) return err({ code: 'SOURCE_MISSING' });
  try {
    await link(source, target);
  } catch (cause) {
    if (!NO_LINK.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    if (!(await copyChecked(source, target, storedSha256))) return err({ code: 'SOURCE_CHANGED' });
  }
  return ok(stat.size);
}

export interface StoredPlace {
  source: string;
  target: string;
  storedSha256: string;
}

/** Two short waits for the disk each: one after another, most of the sealing would be waiting. */
const AT_ONCE = 8;

/**
 * `placeStored` for many, in their order; their directories exist. Resolves or rejects only when nothing is under way
 * any more, so that the caller can remove what was placed.
 */
export async function placeAllStored(files: readonly StoredPlace[]): Promise<Result<number, PlaceError>[]> {
  const placed: Result<number, PlaceError>[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE).map((f) => placeStored(f.source, f.target, f.storedSha256));
    for (const one of await Promise.allSettled(some)) {
      if (one.status === 'rejected') throw one.reason;
      placed.push(one.value);
    }
  }
  return placed;
}
