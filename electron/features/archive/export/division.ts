import type { Medium } from '../../../devices/disk/port.ts';

/** A byte of a file: everything before it, in the order of paths, lies on earlier media. */
export interface Place {
  path: string;
  byte: number;
}

/** A stretch of a file as one file on a medium: the whole file, or a part of it. */
export interface Unit {
  /** In the bundle. */
  path: string;
  /** On the medium, below the bundle's folder. */
  name: string;
  from: number;
  to: number;
}

export interface MediumPlan {
  units: Unit[];
  /** Where the next medium begins; null when nothing is left for one. */
  until: Place | null;
  /** What this medium has to have free, whether it has it or not. */
  neededBytes: number;
}

const PART_STEP = 64 * 1024;
/** Entries of folders, and what a file system writes down for itself. */
const EACH_FILE_BYTES = 512;
const EACH_MEDIUM_BYTES = 1024 * 1024;

const DIGITS = 13;
/** The name of a part says at which byte of the file it begins, so that parts in the order of their names are the file. */
export const partName = (path: string, from: number): string => `${path}.from-${String(from).padStart(DIGITS, '0')}`;

/** The file and its byte that a part's name speaks of; null for a name that is no part's. */
export function partOf(name: string): Place | null {
  const [, path, byte] = /^(.+)\.from-([0-9]{13})$/s.exec(name) ?? [];
  return path === undefined ? null : { path, byte: Number(byte) };
}

export const isPart = (unit: Unit): boolean => unit.name !== unit.path;

/** What a file of this size takes up. */
const taken = (bytes: number, blockBytes: number): number =>
  Math.ceil(bytes / blockBytes) * blockBytes + EACH_FILE_BYTES;

/**
 * What goes onto one medium: the describing files, which stand on every one, then the payload in the order of its paths from where
 * the medium before left off. Files that the file system does not take whole go as parts.
 *
 * @param files   every file of the bundle with its size
 * @param after   where the payload goes on; null for the first medium
 * @param room    bytes that may be used; what an earlier try has written already counts as free
 * @param divide  whether the rest may go onto a further medium. Then as much is planned as there is room for, and a file is cut
 *                only where it alone is larger than the room. Otherwise everything is planned, room or not.
 */
export function planMedium(
  files: ReadonlyMap<string, number>,
  after: Place | null,
  medium: Pick<Medium, 'maxFileBytes' | 'blockBytes'> & { room: number },
  divide: boolean,
): MediumPlan {
  const { maxFileBytes, blockBytes, room } = medium;
  const paths = [...files.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  const partBytes = maxFileBytes === null ? null : Math.max(1, maxFileBytes - (maxFileBytes % PART_STEP));
  const units: Unit[] = paths
    .filter((path) => !path.startsWith('data/'))
    .map((path) => ({ path, name: path, from: 0, to: files.get(path)! }));
  let neededBytes = EACH_MEDIUM_BYTES + units.reduce((sum, u) => sum + taken(u.to, blockBytes), 0);
  let carried = 0;

  for (const path of paths) {
    const sizeBytes = files.get(path)!;
    const begin = after?.path === path ? after.byte : 0;
    if (!path.startsWith('data/') || (after && path < after.path) || (begin > 0 && begin >= sizeBytes)) continue;
    for (let from = begin; from < sizeBytes || from === 0; ) {
      const most = partBytes !== null && sizeBytes > maxFileBytes! ? partBytes : sizeBytes;
      let to = Math.min(sizeBytes, from + most);
      const left = room - neededBytes;
      if (divide && taken(to - from, blockBytes) > left) {
        const fits = Math.floor((left - EACH_FILE_BYTES) / blockBytes) * blockBytes;
        // An empty medium that cannot hold the file takes what it can; any other leaves it whole for the next.
        if (carried > 0 || fits <= 0) return { units, until: { path, byte: from }, neededBytes };
        to = from + fits;
      }
      const name = from === 0 && to === sizeBytes ? path : partName(path, from);
      units.push({ path, name, from, to });
      neededBytes += taken(to - from, blockBytes);
      carried += 1;
      from = to;
      if (from === 0) break;
    }
  }
  return { units, until: null, neededBytes };
}

export const bytesOf = (units: readonly Unit[]): number => units.reduce((sum, u) => sum + u.to - u.from, 0);

/** Bytes of payload that are left for further media. */
export const bytesAfter = (files: ReadonlyMap<string, number>, until: Place | null): number =>
  until === null
    ? 0
    : [...files]
        .filter(([path]) => path.startsWith('data/') && path >= until.path)
        .reduce((sum, [path, sizeBytes]) => sum + sizeBytes - (path === until.path ? until.byte : 0), 0);
