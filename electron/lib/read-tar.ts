import { err, ok, type Result } from './result.ts';
import { BLOCK, checksum, padded } from './tar-header.ts';

export type TarFault =
  /** Not a header, or one that says something a plain file in a folder does not need. `at`: byte of the archive. */
  | { code: 'BAD_HEADER'; at: number }
  /** The bytes end inside a file, or before the two empty blocks. */
  | { code: 'CUT_SHORT' }
  /** Bytes other than zero after the end. */
  | { code: 'AFTER_THE_END' }
  | { code: 'TOO_MANY_FILES' }
  /** `accept` did not want it. */
  | { code: 'REFUSED_FILE'; path: string };

/** Where the files go. Awaited one after another; what it throws ends the reading and goes on to the caller. */
export type TarSink = {
  /** False refuses the file, and with it the archive. */
  accept: (path: string, sizeBytes: number) => boolean;
  begin: (path: string, sizeBytes: number) => Promise<void>;
  bytes: (piece: Uint8Array) => Promise<void>;
  end: () => Promise<void>;
};

const MAX_PAX_BYTES = 4096;
const NUL = 0;

/**
 * Reads an archive strictly: plain files only, no links, no devices, no folders, no owners, no two sizes; pax for a long path or a
 * large size and nothing else. Whether a path is harmless is the sink's to say.
 *
 * @param maxFiles  how many files the archive may hold at most
 */
export async function readTar(
  source: AsyncIterable<Uint8Array>,
  sink: TarSink,
  { maxFiles }: { maxFiles: number },
): Promise<Result<{ files: number }, TarFault>> {
  const input = blocks(source);
  let files = 0;
  for (;;) {
    const block = await input.exactly(BLOCK);
    if (!block) return err({ code: 'CUT_SHORT' });
    if (isEmpty(block)) return ending(input, files);
    const at = input.position() - BLOCK;
    const head = readHeader(block);
    if (!head) return err({ code: 'BAD_HEADER', at });
    let { path, sizeBytes } = head;
    if (head.type === 'x') {
      if (sizeBytes > MAX_PAX_BYTES) return err({ code: 'BAD_HEADER', at });
      const body = await input.exactly(padded(sizeBytes));
      const own = body && (await input.exactly(BLOCK));
      if (!own) return err({ code: 'CUT_SHORT' });
      const pax = readPax(body.subarray(0, sizeBytes));
      const plain = readHeader(own);
      if (!pax || plain?.type !== '0') return err({ code: 'BAD_HEADER', at });
      path = pax.path ?? plain.path;
      sizeBytes = pax.size ?? plain.sizeBytes;
    }
    files += 1;
    if (files > maxFiles) return err({ code: 'TOO_MANY_FILES' });
    if (!sink.accept(path, sizeBytes)) return err({ code: 'REFUSED_FILE', path });
    await sink.begin(path, sizeBytes);
    for (let left = sizeBytes; left > 0; ) {
      const piece = await input.upTo(left);
      if (!piece) return err({ code: 'CUT_SHORT' });
      left -= piece.length;
      await sink.bytes(piece);
    }
    await sink.end();
    const filler = await input.exactly(padded(sizeBytes) - sizeBytes);
    if (!filler) return err({ code: 'CUT_SHORT' });
    if (!isEmpty(filler)) return err({ code: 'BAD_HEADER', at });
  }
}

async function ending(input: Blocks, files: number): Promise<Result<{ files: number }, TarFault>> {
  const second = await input.exactly(BLOCK);
  if (!second || !isEmpty(second)) return err({ code: 'CUT_SHORT' });
  for (let rest = await input.upTo(BLOCK); rest; rest = await input.upTo(BLOCK)) {
    if (!isEmpty(rest)) return err({ code: 'AFTER_THE_END' });
  }
  return ok({ files });
}

const isEmpty = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === NUL);

function readHeader(block: Buffer): { path: string; sizeBytes: number; type: '0' | 'x' } | undefined {
  const text = (from: number, length: number): string => {
    const field = block.subarray(from, from + length);
    const end = field.indexOf(NUL);
    return field.subarray(0, end < 0 ? length : end).toString('latin1');
  };
  const octal = (from: number, length: number): number => {
    const digits = /^([0-7]+)[\0 ]*$/.exec(block.subarray(from, from + length).toString('latin1'))?.[1];
    return digits === undefined ? Number.NaN : Number.parseInt(digits, 8);
  };
  const type = String.fromCharCode(block[156] ?? NUL);
  const sizeBytes = octal(124, 12);
  const prefix = text(345, 155);
  const name = text(0, 100);
  const sound =
    (type === '0' || type === 'x') &&
    text(257, 6) === 'ustar' &&
    octal(148, 8) === checksum(block) &&
    Number.isSafeInteger(sizeBytes) &&
    name !== '' &&
    text(157, 100) === '';
  return sound ? { path: prefix === '' ? name : `${prefix}/${name}`, sizeBytes, type } : undefined;
}

function readPax(body: Buffer): { path?: string; size?: number } | undefined {
  const found: { path?: string; size?: number } = {};
  for (let at = 0; at < body.length; ) {
    const length = Number(/^([1-9][0-9]{0,4}) /.exec(body.subarray(at, at + 6).toString('latin1'))?.[1]);
    const record = body.subarray(at, at + length).toString('utf8');
    const [, key, value = ''] = /^[0-9]+ (path|size)=([^\0\n]+)\n$/.exec(record) ?? [];
    if (key === 'path' && found.path === undefined && !value.includes('\ufffd')) found.path = value;
    else if (key === 'size' && found.size === undefined && /^[1-9][0-9]{0,14}$/.test(value)) found.size = Number(value);
    else return undefined;
    at += length;
  }
  return found;
}

type Blocks = ReturnType<typeof blocks>;

/** Cuts a stream of pieces of any size into what is asked for. */
function blocks(source: AsyncIterable<Uint8Array>) {
  const pieces = source[Symbol.asyncIterator]();
  let current: Buffer = Buffer.alloc(0);
  let position = 0;
  const upTo = async (maxBytes: number): Promise<Buffer | undefined> => {
    while (current.length === 0) {
      const next = await pieces.next();
      if (next.done) return undefined;
      current = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const piece = current.subarray(0, maxBytes);
    current = current.subarray(piece.length);
    position += piece.length;
    return piece;
  };
  return {
    position: () => position,
    /** The next bytes, at most so many; undefined at the end. */
    upTo,
    /** The next bytes, exactly so many; undefined when fewer are left. */
    exactly: async (wanted: number): Promise<Buffer | undefined> => {
      const parts: Buffer[] = [];
      for (let left = wanted; left > 0; ) {
        const piece = await upTo(left);
        if (!piece) return undefined;
        parts.push(piece);
        left -= piece.length;
      }
      return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    },
  };
}
