import { constants } from 'node:fs';
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Syncs a directory, without which a new name may be gone after a power cut although the file's bytes are there. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory for syncing; NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder only this system user can enter, with what lies above it, so that its name survives a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let at = path; ; at = dirname(at)) {
    await syncDirectory(dirname(at));
    if (at === first || at === dirname(at)) return;
  }
}

/**
 * Writes a new file so that after the promise resolves it survives a power cut: bytes, sync, name, directory sync.
 *
 * @throws NodeJS.ErrnoException ENOSPC when the disk is full (the partial file is removed), EEXIST when the name is taken
 */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  const handle = await open(partial, 'w', 0o600);
  try {
    // A full disk answers with a short write before it answers ENOSPC.
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
      if (bytesWritten === 0) throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' });
      at += bytesWritten;
    }
    await handle.sync();
  } catch (cause) {
    await handle.close();
    await rm(partial, { force: true });
    throw cause;
  }
  await handle.close();
  await rename(partial, path);
  await syncDirectory(dirname(path));
}

export async function freeBytes(folder: string): Promise<number> {
  const s = await statfs(folder);
  return Number(s.bavail) * Number(s.bsize);
}
