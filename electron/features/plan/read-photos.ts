import { err, ok, type Result } from '../../lib/result.ts';
import { MAX_PHOTO_BYTES } from './photo.ts';
import { readZip, type ZipFault } from './read-zip.ts';

/** A file as a person picked it. */
export interface NamedFile {
  name: string;
  bytes: Uint8Array;
}

/** Photo contents by `photoKey`. */
export type PhotoFiles = ReadonlyMap<string, Uint8Array>;

export type PhotosFault = ZipFault | { code: 'same-name'; name: string };

const LIMITS = { maxEntries: 12_000, maxEntryBytes: MAX_PHOTO_BYTES, maxTotalBytes: 500 * 1024 * 1024 };

/** What file managers leave in folders and archives without being asked. */
const isLitter = (path: string) => /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(path);

const isZip = ({ name, bytes }: NamedFile) =>
  /\.zip$/i.test(name) || Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PK\x03\x04';

/**
 * The photo files among what was picked: single pictures, zips of them, or both. Folders are ignored, so that two
 * files of one name in two folders are an error.
 */
export async function readPhotos(picked: readonly NamedFile[]): Promise<Result<PhotoFiles, PhotosFault>> {
  const found = new Map<string, Uint8Array>();
  for (const file of picked) {
    const files = isZip(file)
      ? await readZip(file.bytes, LIMITS, (name) => !isLitter(name))
      : ok(new Map([[file.name.replaceAll('\\', '/'), file.bytes]]));
    if (!files.ok) return err(files.error);
    for (const [path, bytes] of files.value) {
      if (isLitter(path)) continue;
      const name = photoKey(path.slice(path.lastIndexOf('/') + 1));
      if (found.has(name)) return err({ code: 'same-name', name });
      found.set(name, bytes);
    }
  }
  return ok(found);
}

/** The name under which a photo is looked up: file systems, and people who type names, disagree about case. */
export const photoKey = (file: string) => file.normalize('NFC').toLowerCase();
