import { readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';

export interface RemovableDisk {
  folder: string;
  label: string;
  freeBytes: number;
}

/** Where the systems mount what somebody plugs in. A site may type any other folder. */
async function mountPoints(): Promise<{ folder: string; label: string }[]> {
  const inside = async (folder: string) =>
    (await readdir(folder, { withFileTypes: true }).catch(() => []))
      .filter((e) => e.isDirectory())
      .map((e) => ({ folder: join(folder, e.name), label: e.name }));
  switch (process.platform) {
    case 'win32':
      // C: is the system's own; every other letter that answers may be a stick.
      return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => ({ folder: `${letter}:\\`, label: `${letter}:` }));
    case 'darwin':
      return inside('/Volumes');
    default: {
      const users = [...(await inside('/media')), ...(await inside('/run/media'))];
      return (await Promise.all(users.map((u) => inside(u.folder)))).flat();
    }
  }
}

/** Disks that look removable and answer, with the room left on each. Never rejects: a disk just pulled is left out. */
export async function removableDisks(): Promise<RemovableDisk[]> {
  const disks = await Promise.all(
    (await mountPoints()).map(async (m) => {
      const s = await statfs(m.folder).catch(() => null);
      return s ? [{ ...m, freeBytes: Number(s.bavail) * Number(s.bsize) }] : [];
    }),
  );
  return disks.flat();
}
