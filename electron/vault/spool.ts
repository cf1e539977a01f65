import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../lib/result.ts';
import { decrypt, encrypt } from './age/age.ts';
import { syncDirectory } from './durable-file.ts';

/**
 * What is still growing, safe before it is whole: records in one file, each an age file of its own behind eight bytes
 * that say where it ends (`KDS1`, length as uint32, big-endian), each synced before `append` resolves. An age file
 * itself cannot grow: its last chunk is flagged, and sealing that chunk again would use a nonce twice.
 */
export interface Spool {
  /** Encrypts, writes and syncs one record. On a full disk nothing of it stays. */
  append(plain: Uint8Array): Promise<Result<true, { code: 'disk-full' }>>;
  /** Forgets all records, once they are on record elsewhere. After a power cut they may be back: a reader must know them. */
  clear(): Promise<void>;
  /** Closes the file and leaves it. */
  close(): Promise<void>;
  /** Closes the file and takes it away. */
  remove(): Promise<void>;
}

const MAGIC = Buffer.from('KDS1');
const HEAD_BYTES = MAGIC.length + 4;
/** Longer than any record: a length beyond it is damage. */
const MOST_RECORD_BYTES = 64 * 1024 * 1024;

/** @throws NodeJS.ErrnoException EEXIST when the name is taken, ENOSPC when there is not even room for a name */
export async function createSpool(path: string, recipients: () => readonly string[]): Promise<Spool> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  await syncDirectory(dirname(path));
  let end = 0;
  return {
    async append(plain) {
      const sealed = encrypt(plain, recipients());
      const head = Buffer.alloc(HEAD_BYTES);
      MAGIC.copy(head);
      head.writeUInt32BE(sealed.length, MAGIC.length);
      const record = Buffer.concat([head, sealed]);
      try {
        await writeAll(file, record, end);
        await file.datasync();
      } catch (cause) {
        // What was written in part is overwritten by the next record; until then a reader finds it cut off.
        await file.truncate(end).catch(() => undefined);
        if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') return err({ code: 'disk-full' });
        throw new Error('a record could not be written to a spool', { cause });
      }
      end += record.length;
      return ok(true);
    },
    async clear() {
      end = 0;
      await file.truncate(0);
    },
    close: () => file.close(),
    async remove() {
      await file.close();
      await rm(path, { force: true });
    },
  };
}

/** A full disk answers with a short write before it answers ENOSPC. */
async function writeAll(file: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, from + at);
    if (bytesWritten === 0) throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' });
    at += bytesWritten;
  }
}

export interface SpoolContent {
  /** In the order in which they were appended. */
  readonly records: readonly Uint8Array[];
  /** Bytes behind the last whole record: of one that was being written when the power went, and never acknowledged. */
  readonly cutBytes: number;
  /** Whole records that do not decrypt; never the work of a crash. */
  readonly damaged: number;
}

/** Reads what a crash left. Whole authentic records only; one that is damaged does not hide those behind it. */
export async function readSpool(path: string, identity: string): Promise<SpoolContent> {
  const bytes = await readFile(path);
  const records: Uint8Array[] = [];
  let damaged = 0;
  let at = 0;
  while (bytes.length - at >= HEAD_BYTES && bytes.subarray(at, at + MAGIC.length).equals(MAGIC)) {
    const from = at + HEAD_BYTES;
    const length = bytes.readUInt32BE(at + MAGIC.length);
    if (length > MOST_RECORD_BYTES || from + length > bytes.length) break;
    const plain = decrypt(bytes.subarray(from, from + length), [identity]);
    // The one cut off by a power cut may have its length on the disk and not its bytes: then it is the last one.
    if (!plain.ok && from + length === bytes.length) break;
    if (plain.ok) records.push(plain.value);
    else damaged += 1;
    at = from + length;
  }
  return { records, cutBytes: bytes.length - at, damaged };
}
