import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/** The bytes of one regular file in a gzipped tar (the ustar headers that npm writes), or null when it is not there. */
export function fileInTarball(tgz: Uint8Array, path: string): Buffer | null {
  const tar = gunzipSync(tgz);
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    const sizeBytes = Number.parseInt(text(header, 124, 12), 8);
    if (Number.isNaN(sizeBytes)) return null; // the empty blocks that end the archive
    const prefix = text(header, 345, 155);
    const name = prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
    if (name === path) return tar.subarray(at + BLOCK, at + BLOCK + sizeBytes);
    at += BLOCK + Math.ceil(sizeBytes / BLOCK) * BLOCK;
  }
  return null;
}

const text = (header: Buffer, start: number, length: number): string =>
  header
    .toString('latin1', start, start + length)
    .split('\0', 1)[0]!
    .trim();
