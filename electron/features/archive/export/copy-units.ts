import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Unit } from './division.ts';

const PIECE = 1024 * 1024;
/** Files are synced many at a time, which file systems do in one go; twice this is all that progress runs ahead. */
const SYNC_EVERY_BYTES = 64 * 1024 * 1024;
const SYNC_EVERY_FILES = 64;

/** A file of the bundle on this machine is gone, or shorter than its list says. */
export class SourceDamaged extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`a file of the bundle cannot be read whole: ${path}`);
    this.path = path;
  }
}

export interface CopyWish {
  bundleDir: string;
  /** Holds every folder that the units need. */
  target: string;
  units: readonly Unit[];
  signal: AbortSignal;
  /** Bytes that are on the medium now, found there or written. */
  wrote: (bytes: number) => void;
}

/**
 * Writes units as files, each from the byte at which an earlier try left it, and syncs them. Answers the names of those of which
 * something was there already: only reading them back tells what it is worth. Null when `signal` stopped it; what was
 * written is synced then too.
 *
 * @throws SourceDamaged, ErrnoException when the medium fails
 */
export async function copyUnits({ bundleDir, target, units, signal, wrote }: CopyWish): Promise<Set<string> | null> {
  const found = new Set<string>();
  const pieces = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)] as const;
  let unsynced: FileHandle[] = [];
  let unsyncedBytes = 0;
  let syncing: Promise<void> = Promise.resolve();
  /** Begins to sync what was written, while further files are written; resolves once what came before is synced. */
  const sync = async () => {
    await syncing;
    syncing = syncAndClose(unsynced);
    // It is awaited with the next one, or at the end.
    syncing.catch(() => undefined);
    unsynced = [];
    unsyncedBytes = 0;
  };
  try {
    for (const unit of units) {
      if (signal.aborted) break;
      const length = unit.to - unit.from;
      const path = join(target, unit.name);
      const there = (await stat(path).catch(absent))?.size ?? null;
      // Longer than it should be: not of this export.
      const begin = there === null || there > length ? 0 : there;
      if (there !== null) found.add(unit.name);
      const handle = await open(path, there === null || there > length ? 'w' : 'r+');
      unsynced.push(handle);
      unsyncedBytes += length - begin;
      wrote(begin);
      if (begin < length) await copyRange(bundleDir, unit, begin, handle, pieces, signal, wrote);
      if (unsyncedBytes >= SYNC_EVERY_BYTES || unsynced.length >= SYNC_EVERY_FILES) await sync();
    }
    await sync();
    await syncing;
  } finally {
    await Promise.allSettled([syncing, ...unsynced.map((handle) => handle.close())]);
  }
  return signal.aborted ? null : found;
}

async function syncAndClose(handles: readonly FileHandle[]): Promise<void> {
  const synced = await Promise.allSettled(handles.map((handle) => handle.sync()));
  await Promise.allSettled(handles.map((handle) => handle.close()));
  for (const one of synced) if (one.status === 'rejected') throw one.reason;
}

function absent(cause: NodeJS.ErrnoException): null {
  if (cause.code !== 'ENOENT') throw cause;
  return null;
}

/** Copies a unit from its byte `begin` on; one piece is read while the one before it is written. */
async function copyRange(
  bundleDir: string,
  unit: Unit,
  begin: number,
  to: FileHandle,
  pieces: readonly [Buffer, Buffer],
  signal: AbortSignal,
  wrote: (bytes: number) => void,
): Promise<void> {
  const from = await open(join(bundleDir, unit.path), 'r').catch(() => {
    throw new SourceDamaged(unit.path);
  });
  let writing: Promise<void> = Promise.resolve();
  try {
    const length = unit.to - unit.from;
    for (let at = begin, turn = 0; at < length && !signal.aborted; turn = 1 - turn) {
      const piece = pieces[turn]!;
      // What the station's own disk fails at must not be taken for the medium's fault.
      const read = await from.read(piece, 0, Math.min(PIECE, length - at), unit.from + at).catch(() => null);
      if (!read?.bytesRead) throw new SourceDamaged(unit.path);
      const { bytesRead } = read;
      await writing;
      writing = writeAt(to, piece.subarray(0, bytesRead), at).then(() => wrote(bytesRead));
      // It is awaited a turn later.
      writing.catch(() => undefined);
      at += bytesRead;
    }
  } finally {
    await writing.finally(() => from.close());
  }
}

/** A full disk answers with a short write before it answers ENOSPC. */
async function writeAt(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    if (bytesWritten === 0) throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' });
    done += bytesWritten;
  }
}
