import { execFile } from 'node:child_process';
import { readdir, readFile, realpath, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileSystemUnder, LSBLK, linuxVolumes, parseLsblk, parseMounts } from './linux-volumes.ts';
import {
  type Disks,
  FAT_MAX_FILE_BYTES,
  type Medium,
  maxFileBytesOn,
  type RemovableDisk,
  type Volume,
} from './port.ts';
import { LIST_VOLUMES, parseVolumes } from './windows-volumes.ts';

/** A disk that spins up takes seconds; one that never answers must not hold the list. */
const ANSWER_WITHIN_MS = 8_000;
/** What statfs answers for FAT. Source: linux/magic.h. */
const MSDOS_SUPER_MAGIC = 0x4d44;

/** What a program prints; nothing where it is not installed or fails. */
async function said(file: string, args: readonly string[]): Promise<string> {
  const ran = await promisify(execFile)(file, [...args], { timeout: ANSWER_WITHIN_MS, windowsHide: true }).catch(
    () => null,
  );
  return ran?.stdout ?? '';
}

const mounts = async () => parseMounts(await readFile('/proc/self/mounts', 'utf8').catch(() => ''));

async function volumes(): Promise<Volume[]> {
  switch (process.platform) {
    case 'win32':
      return parseVolumes(
        await said('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', LIST_VOLUMES]),
        process.env.SystemDrive ?? 'C:',
      );
    case 'darwin': {
      const names = await readdir('/Volumes', { withFileTypes: true }).catch(() => []);
      // The system's own volume stands there as a link to /.
      return names
        .filter((e) => e.isDirectory())
        .map((e) => ({ folder: join('/Volumes', e.name), label: e.name, fileSystem: null, readOnly: false }));
    }
    default:
      return linuxVolumes(parseLsblk(await said('lsblk', LSBLK)), await mounts());
  }
}

/** Room and limits under a folder, asked of the system. */
async function measured(folder: string, fileSystem: string | null): Promise<(Medium & { sizeBytes: number }) | null> {
  const s = await Promise.race([statfs(folder).catch(() => null), answerless()]);
  if (!s) return null;
  const limit = s.type === MSDOS_SUPER_MAGIC && process.platform === 'linux' ? FAT_MAX_FILE_BYTES : null;
  return {
    fileSystem,
    maxFileBytes: limit ?? maxFileBytesOn(fileSystem),
    freeBytes: s.bavail * s.bsize,
    blockBytes: s.bsize,
    sizeBytes: s.blocks * s.bsize,
  };
}

const answerless = () =>
  new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), ANSWER_WITHIN_MS).unref();
  });

/** The disks of this computer. */
export const systemDisks: Disks = {
  async list() {
    const found = await Promise.all(
      (await volumes().catch(() => [])).map(async (v): Promise<RemovableDisk[]> => {
        const medium = await measured(v.folder, v.fileSystem);
        return medium ? [{ ...v, ...medium }] : [];
      }),
    );
    return found.flat();
  },
  async under(folder) {
    const real = await realpath(folder).catch(() => folder);
    const fileSystem =
      process.platform === 'linux'
        ? fileSystemUnder(real, await mounts())
        : ((await volumes().catch(() => [])).find((v) => real.startsWith(v.folder))?.fileSystem ?? null);
    const medium = await measured(real, fileSystem);
    if (!medium) return null;
    const { sizeBytes: _, ...rest } = medium;
    return rest;
  },
};
