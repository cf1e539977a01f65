import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** `medium`: past the system's page cache. `cache`: the system could not be told to, so a copy in memory may have answered. */
export type ReadFrom = 'medium' | 'cache';

const PIECE = 1024 * 1024;
/** FILE_FLAG_NO_BUFFERING, as libuv takes it on Windows, where Node names no constant for it. */
const WINDOWS_UNBUFFERED = 0x02000000;
const UNBUFFERED = process.platform === 'win32' ? WINDOWS_UNBUFFERED : constants.O_DIRECT;

/** How a file system says that it does not read past the cache. */
const CANNOT = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * Hashes files as they lie on their medium. Unbuffered reads want memory at the beginning of a page, which the memory of
 * WebAssembly always is; two pieces, so that one is read while the other is hashed.
 */
export class MediumHasher {
  readonly #pieces: readonly [Buffer, Buffer];
  #from: ReadFrom;

  /** @param maybe  what the file system can do at best: one that runs as a program has a cache of its own underneath */
  constructor(maybe: ReadFrom) {
    const { buffer } = new WebAssembly.Memory({ initial: (2 * PIECE) / 65_536 });
    this.#pieces = [Buffer.from(buffer, 0, PIECE), Buffer.from(buffer, PIECE, PIECE)];
    this.#from = UNBUFFERED === undefined ? 'cache' : maybe;
  }

  /** Where everything so far was read from. */
  get from(): ReadFrom {
    return this.#from;
  }

  /**
   * SHA-256 in hex; null when `signal` stopped it.
   *
   * @param took  told how many bytes were read, piece by piece
   * @throws ErrnoException when the disk fails
   */
  async hash(path: string, signal: AbortSignal, took: (bytes: number) => void): Promise<string | null> {
    if (this.#from === 'medium') {
      const hashed = await this.#hash(path, constants.O_RDONLY | UNBUFFERED!, signal, took).catch(
        (cause: NodeJS.ErrnoException) => {
          if (!CANNOT.has(cause.code ?? '')) throw cause;
          this.#from = 'cache';
        },
      );
      if (hashed !== undefined) return hashed;
    }
    return this.#hash(path, constants.O_RDONLY, signal, took);
  }

  async #hash(path: string, flags: number, signal: AbortSignal, took: (bytes: number) => void): Promise<string | null> {
    const handle = await open(path, flags);
    try {
      const hash = createHash('sha256');
      let turn = 0;
      let at = 0;
      let ahead = readAt(handle, this.#pieces[turn]!, at);
      for (;;) {
        const piece = this.#pieces[turn]!;
        const bytesRead = await ahead;
        if (bytesRead === 0) return hash.digest('hex');
        at += bytesRead;
        turn = 1 - turn;
        // A short piece is the end; another read behind it would not begin where unbuffered ones have to.
        const ended = bytesRead < PIECE;
        if (!ended) ahead = readAt(handle, this.#pieces[turn]!, at);
        hash.update(piece.subarray(0, bytesRead));
        took(bytesRead);
        if (ended) return hash.digest('hex');
        if (signal.aborted) {
          await ahead;
          return null;
        }
      }
    } finally {
      await handle.close();
    }
  }
}

function readAt(handle: FileHandle, piece: Buffer, at: number): Promise<number> {
  const reading = handle.read(piece, 0, piece.length, at).then(({ bytesRead }) => bytesRead);
  // It is awaited a turn later.
  reading.catch(() => undefined);
  return reading;
}
