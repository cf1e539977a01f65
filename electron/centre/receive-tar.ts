import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { isPayloadPath, TOP_FILES } from '../features/archive/bundle-format.ts';
import { readTar, type TarFault } from '../lib/read-tar.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { syncDirectory } from '../vault/durable-file.ts';

const MAX_FILES = 1_000_000;

export type UnpackError =
  | { code: 'ARCHIVE_BROKEN'; fault: TarFault }
  /** The disk no longer has what arrived: it has to be sent again. */
  | { code: 'ARCHIVE_GONE' }
  | { code: 'DISK_FULL' };

/**
 * Unpacks an archive of one bundle into `folder`, which must not be there yet, every file synced. Only names that a bundle can
 * have are taken, each once, all below the bundle's own name; nothing is left behind when it fails.
 */
export async function unpackBundle(
  archive: Readable,
  bundleId: string,
  folder: string,
): Promise<Result<{ files: number }, UnpackError>> {
  const seen = new Set<string>();
  const folders = new Set<string>();
  let file: FileHandle | undefined;
  const inside = (path: string) => path.slice(bundleId.length + 1);
  await mkdir(folder);
  try {
    const read = await readTar(
      archive,
      {
        accept: (path) => {
          const name = inside(path);
          const fits = path.startsWith(`${bundleId}/`) && (TOP_FILES.includes(name) || isPayloadPath(name));
          if (!fits || seen.has(name.toLowerCase())) return false;
          seen.add(name.toLowerCase());
          return true;
        },
        begin: async (path) => {
          const target = join(folder, inside(path));
          if (!folders.has(dirname(target))) {
            await mkdir(dirname(target), { recursive: true });
            folders.add(dirname(target));
          }
          file = await open(target, 'wx');
        },
        bytes: async (piece) => {
          for (let at = 0; at < piece.length; ) at += (await file!.write(piece, at)).bytesWritten;
        },
        end: async () => {
          await file!.sync();
          await file!.close();
          file = undefined;
        },
      },
      { maxFiles: MAX_FILES },
    );
    if (!read.ok) {
      await discard(folder, file);
      return err({ code: 'ARCHIVE_BROKEN', fault: read.error });
    }
    for (const each of folders) await syncDirectory(each);
    return ok(read.value);
  } catch (cause) {
    await discard(folder, file);
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') return err({ code: 'DISK_FULL' });
    throw new Error('an archive could not be unpacked', { cause });
  }
}

async function discard(folder: string, file: FileHandle | undefined): Promise<void> {
  await file?.close();
  await rm(folder, { recursive: true, force: true });
}
