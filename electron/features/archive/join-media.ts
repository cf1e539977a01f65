import { join } from 'node:path';
import { TOP_FILES } from './bundle-format.ts';
import { partOf } from './export/division.ts';
import type { Bag } from './read-bag.ts';

/**
 * One bundle from the folders of several media, with files that lie in parts put together: as it was before it was written out.
 * Nothing is read. Parts that are not all there, or stand beside the file itself, are left as the odd files they are; what stands
 * on two media and should not is an oddity.
 */
export function joinMedia(first: Bag, others: readonly Bag[]): Bag {
  const files = new Map(first.files);
  const places = new Map<string, string[]>();
  const oddities = [...first.oddities];
  for (const other of others) {
    oddities.push(...other.oddities);
    for (const [path, sizeBytes] of other.files) {
      if (!files.has(path)) {
        files.set(path, sizeBytes);
        places.set(path, [join(other.root, path)]);
        // The describing files stand on each; those of the first folder count.
      } else if (!TOP_FILES.includes(path) || files.get(path) !== sizeBytes) oddities.push({ path, what: 'twice' });
    }
  }
  for (const [path, parts] of partsIn(files)) {
    const placesOfParts = parts.map(({ name }) => places.get(name)?.[0] ?? join(first.root, name));
    const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    for (const { name } of parts) {
      files.delete(name);
      places.delete(name);
    }
    files.set(path, sizeBytes);
    places.set(path, placesOfParts);
  }
  const folders = [...new Set([first, ...others].flatMap((bag) => bag.folders))];
  return { root: first.root, files, folders, oddities, places };
}

type Part = { name: string; byte: number; sizeBytes: number };

/** Files that lie in parts which follow each other from the first byte on, each in the order of its parts. */
function partsIn(files: ReadonlyMap<string, number>): Map<string, Part[]> {
  const byPath = new Map<string, Part[]>();
  for (const [name, sizeBytes] of files) {
    const part = partOf(name);
    if (!part || files.has(part.path)) continue;
    byPath.set(part.path, [...(byPath.get(part.path) ?? []), { name, byte: part.byte, sizeBytes }]);
  }
  for (const [path, parts] of byPath) {
    parts.sort((a, b) => a.byte - b.byte);
    let at = 0;
    for (const { byte, sizeBytes } of parts) at = byte === at ? at + sizeBytes : Number.NaN;
    if (Number.isNaN(at)) byPath.delete(path);
  }
  return byPath;
}
