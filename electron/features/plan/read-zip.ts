import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, validateFileName, type ZipFile } from 'yauzl';
import { err, ok, type Result } from '../../lib/result.ts';

export interface ZipLimits {
  maxEntries: number;
  maxEntryBytes: number;
  /** Of all wanted entries together, unpacked. */
  maxTotalBytes: number;
}

export type ZipFault = {
  code:
    | 'not-a-zip'
    | 'damaged'
    | 'encrypted'
    | 'too-many-entries'
    | 'too-large'
    | 'unsafe-name'
    | 'link'
    | 'duplicate-name';
  /** The entry, where one is to blame. */
  name?: string;
};

const UTF8_FLAG = 0x800;
const MODE_TYPE = 0o170000;
const SYMLINK = 0o120000;

/**
 * Unpacks a zip of unknown origin into memory. The listing is judged before any entry is inflated: number of entries,
 * declared sizes, names (no absolute path, no `..`, none twice), symbolic links, encryption. Each entry is then
 * inflated up to its declared size and no further, and its CRC is compared.
 *
 * @param wanted entries for which it returns false are neither counted into the sizes nor inflated
 * @returns contents by name, in the order of the listing; directories are left out. Names without the UTF-8 flag that
 *   are no UTF-8 are read as GB 18030, as Chinese Windows writes them
 */
export async function readZip(
  bytes: Uint8Array,
  limits: ZipLimits,
  wanted: (name: string) => boolean = () => true,
): Promise<Result<Map<string, Uint8Array>, ZipFault>> {
  let zip: ZipFile;
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    zip = await fromBufferPromise(buffer, { lazyEntries: true, decodeStrings: false });
  } catch {
    return err({ code: 'not-a-zip' });
  }
  try {
    const listed = await list(zip, limits, wanted);
    if (!listed.ok) return listed;
    const contents = new Map<string, Uint8Array>();
    for (const [name, entry] of listed.value) {
      const content = await inflate(zip, entry);
      if (content === null) return err({ code: 'damaged', name });
      contents.set(name, content);
    }
    return ok(contents);
  } catch {
    return err({ code: 'damaged' });
  } finally {
    zip.close();
  }
}

async function list(
  zip: ZipFile,
  limits: ZipLimits,
  wanted: (name: string) => boolean,
): Promise<Result<Map<string, Entry>, ZipFault>> {
  if (zip.entryCount > limits.maxEntries) return err({ code: 'too-many-entries' });
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry);
    if (name.includes('\0') || validateFileName(name) !== null) return err({ code: 'unsafe-name', name });
    if (name.endsWith('/')) continue;
    if (entry.isEncrypted()) return err({ code: 'encrypted', name });
    if (((entry.externalFileAttributes >>> 16) & MODE_TYPE) === SYMLINK) return err({ code: 'link', name });
    if (entries.has(name)) return err({ code: 'duplicate-name', name });
    if (!wanted(name)) continue;
    total += entry.uncompressedSize;
    if (entry.uncompressedSize > limits.maxEntryBytes || total > limits.maxTotalBytes) {
      return err({ code: 'too-large', name });
    }
    entries.set(name, entry);
  }
  return ok(entries);
}

/** Some Windows programs write backslashes between folders. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  return decodeName(raw, (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0).replaceAll('\\', '/');
}

function decodeName(raw: Uint8Array, declaredUtf8: boolean): string {
  if (declaredUtf8) return new TextDecoder('utf-8').decode(raw);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

/** null when the entry holds more or fewer bytes than declared, or others than its CRC says. */
async function inflate(zip: ZipFile, entry: Entry): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  try {
    // The stream ends with an error as soon as it has given more than the declared size.
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  const content = Buffer.concat(chunks);
  return crc32(content) === entry.crc32 ? new Uint8Array(content) : null;
}
