import { open } from 'node:fs/promises';
import { BLOCK, headerOf, padded } from './tar-header.ts';

export type TarFile = {
  /** With forward slashes, as the archive names it. */
  path: string;
  sizeBytes: number;
  /** Where the bytes lie on this machine. */
  source: string;
};

/** A file in its place: the header begins at `at`, the bytes after it. */
type Place = { at: number; header: Buffer; file: TarFile };
export type TarLayout = { sizeBytes: number; places: readonly Place[] };

const PIECE = 256 * 1024;
/** Two empty blocks end an archive. */
const END = 2 * BLOCK;

/** The file on disk is not the one that was laid out: shorter, longer, or gone. */
export class TarSourceChanged extends Error {}

/**
 * Lays an archive out without reading a file, so that any stretch of it can be read again later: an upload that was broken off goes
 * on at its byte. Files stand in the order of their paths, whatever order they come in.
 */
export function layOutTar(files: readonly TarFile[]): TarLayout {
  let at = 0;
  const places = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => {
      const place = { at, header: headerOf(file.path, file.sizeBytes), file };
      at += place.header.length + padded(file.sizeBytes);
      return place;
    });
  return { sizeBytes: at + END, places };
}

/** The last place that begins at or before `byte`. */
function placeAt(places: readonly Place[], byte: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]!.at <= byte) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/**
 * The archive's bytes from `from` up to `to`, in pieces of at most 256 KiB.
 *
 * @throws TarSourceChanged when a file is no longer what was laid out; ErrnoException when the disk fails
 */
export async function* tarBytes(layout: TarLayout, from: number, to: number): AsyncGenerator<Buffer> {
  let at = from;
  for (let i = placeAt(layout.places, from); i < layout.places.length && at < to; i += 1) {
    const { header, file, at: begin } = layout.places[i]!;
    const bodyAt = begin + header.length;
    const bodyEnd = bodyAt + file.sizeBytes;
    if (at < bodyAt) {
      const piece = header.subarray(at - begin, Math.min(to, bodyAt) - begin);
      at += piece.length;
      yield piece;
    }
    if (at < Math.min(to, bodyEnd)) {
      for await (const piece of fileBytes(file, at - bodyAt, Math.min(to, bodyEnd) - bodyAt)) {
        at += piece.length;
        yield piece;
      }
    }
    const end = Math.min(to, bodyAt + padded(file.sizeBytes));
    if (at < end) {
      yield Buffer.alloc(end - at);
      at = end;
    }
  }
  if (at < to) yield Buffer.alloc(to - at);
}

async function* fileBytes(file: TarFile, from: number, to: number): AsyncGenerator<Buffer> {
  const handle = await open(file.source, 'r').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw new TarSourceChanged(`gone: ${file.path}`, { cause });
    throw cause;
  });
  try {
    if ((await handle.stat()).size !== file.sizeBytes) throw new TarSourceChanged(`another size: ${file.path}`);
    for (let at = from; at < to; ) {
      const buffer = Buffer.allocUnsafe(Math.min(PIECE, to - at));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) throw new TarSourceChanged(`cut short: ${file.path}`);
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
