import { stat } from 'node:fs/promises';
import { syncDirectory } from '../../../vault/durable-file.ts';

/** `inside-the-bundle`: a copy there would add files to what is sealed. `disk-lost`: pulled, or it does not answer. */
export type FolderFault =
  | 'not-absolute'
  | 'not-a-folder'
  | 'not-writable'
  | 'disk-full'
  | 'disk-lost'
  | 'inside-the-bundle';

const LOST = new Set(['EIO', 'ENODEV', 'ENXIO', 'ENOMEDIUM', 'ESTALE', 'ENOTCONN', 'ETIMEDOUT']);

/**
 * What became of the medium, by the error it answered; null for what is no medium's fault. A disk that is pulled is told by its
 * errors, by turning read-only, and by another disk, or none, standing under its folder.
 */
export async function folderFault(
  cause: NodeJS.ErrnoException,
  began: { folder: string; device: number; partial: string },
): Promise<FolderFault | null> {
  const { code = '' } = cause;
  if (LOST.has(code)) return 'disk-lost';
  const now = await stat(began.folder).catch(() => null);
  if (now?.dev !== began.device) return 'disk-lost';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full';
  if (code === 'ENOENT') return cause.path?.startsWith(began.partial) ? 'disk-lost' : null;
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return 'not-writable';
  return null;
}

/** As `syncDirectory`, where the file system can: some that run as a program cannot sync a folder, and have nothing better. */
export async function syncFolder(path: string): Promise<void> {
  await syncDirectory(path).catch((cause: NodeJS.ErrnoException) => {
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EISDIR'].includes(cause.code ?? '')) throw cause;
  });
}
