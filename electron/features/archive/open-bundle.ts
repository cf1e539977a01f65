import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import type { BundleIndex, IndexItem } from './bundle-format.ts';
import type { TwoTongues } from './claims/claim.ts';
import { readIndex } from './claims/contents.ts';
import { itemReader } from './item-reader.ts';
import { openItem } from './open-item.ts';
import { findPerson, itemsOfPerson } from './opened/items-of-person.ts';
import { readSession } from './opened/read-session.ts';
import { writePages } from './opened/write-pages.ts';
import type { OpenedFile } from './opened-file.ts';
import { type Bag, readBag } from './read-bag.ts';

export type OpenReport = { index: BundleIndex; files: OpenedFile[]; out: string };
export type OpenBundleError =
  | { code: 'NO_BUNDLE' }
  | { code: 'OUT_NOT_EMPTY' }
  /** The index does not open with this key, or is damaged. Nothing was written. */
  | { code: 'INDEX'; reason: { zh: string; en: string } }
  /** Nobody of the plan has this number, or the list of candidates is lost. Nothing was written. */
  | { code: 'NO_SUCH_CANDIDATE' }
  | { code: 'DISK_FULL' };

/** Endings by which a computer knows how to show a file whose name in the bundle has none: video segments, photos. */
const ENDINGS: Readonly<Record<string, string>> = {
  'video/mp4': '.mp4',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'application/json': '.json',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
};

/** Where an item goes: its path without `data/` and `.age`. The schema of the index holds it inside. */
function outputFile(item: IndexItem): string {
  const file = item.path.slice('data/'.length, -'.age'.length);
  const named = file.slice(file.lastIndexOf('/') + 1).includes('.');
  return named ? file : file + (ENDINGS[item.mediaType.split(';')[0] ?? ''] ?? '');
}

/** One item's name stands in the way of another's: no station writes that, a hostile index may. */
const CLASHES = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']);

/** Decrypts into a `.partial` file and names it only when its hash is the one the index recorded. */
async function openOne(
  bag: Bag,
  item: IndexItem,
  identities: readonly string[],
  out: string,
  file: string,
): Promise<OpenedFile> {
  if (!bag.files.has(item.path)) return { item, kind: 'missing' };
  const target = join(out, file);
  await mkdir(dirname(target), { recursive: true });
  const handle = await open(`${target}.partial`, 'wx', 0o600);
  const pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let at = 0;
  try {
    const opened = await openItem(
      bag,
      item.path,
      identities,
      (plain) => {
        pendingBytes += plain.length;
        pending.push(Uint8Array.from(plain));
        return at + pendingBytes <= item.sizeBytes;
      },
      async () => {
        for (const piece of pending.splice(0)) {
          for (let from = 0; from < piece.length; ) {
            const { bytesWritten } = await handle.write(piece, from, piece.length - from, at);
            if (bytesWritten === 0) throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' });
            from += bytesWritten;
            at += bytesWritten;
          }
        }
        pendingBytes = 0;
      },
    );
    if (opened.kind === 'opened' && opened.sha256 === item.sha256) {
      await rename(`${target}.partial`, target);
      return { item, kind: 'opened', file };
    }
    return { item, kind: opened.kind === 'age' && opened.error.code === 'NO_MATCH' ? 'other-key' : 'damaged' };
  } finally {
    await handle.close();
    await rm(`${target}.partial`, { force: true });
  }
}

export type OpenOptions = {
  /** Id, ticket or document number of the one candidate to open; all others stay shut. */
  candidate?: string;
  /** Folders of the further media of a bundle that was written to several. */
  also?: readonly string[];
  /** What each journal event means, for the page. */
  events?: ReadonlyMap<string, TwoTongues>;
};

/**
 * Decrypts what the index lists into `out`, which must be new or empty, piece by piece, and writes a page to look at it
 * with (`index.html`, in a browser, without network). A file that does not open or is not what the index recorded is
 * reported and left out; the others still open. This checks the contents against the index, not who signed:
 * `verifyBundle` does that.
 */
export async function openBundle(
  dir: string,
  identities: readonly string[],
  out: string,
  options: OpenOptions = {},
): Promise<Result<OpenReport, OpenBundleError>> {
  const bag = await readBag(dir, options.also).catch(() => undefined);
  if (!bag) return err({ code: 'NO_BUNDLE' });
  const stat = await lstat(out).catch(() => undefined);
  if (stat && (!stat.isDirectory() || (await readdir(out)).length > 0)) return err({ code: 'OUT_NOT_EMPTY' });
  const read = await readIndex(bag, identities);
  if (!('index' in read)) return err({ code: 'INDEX', reason: read });
  const { index } = read;
  const session = await readSession(itemReader(bag, index, identities).json);
  const only = options.candidate === undefined ? null : findPerson(session.documents, options.candidate);
  if (only === undefined) return err({ code: 'NO_SUCH_CANDIDATE' });
  const items = only === null ? index.items : itemsOfPerson(index, session.documents, only);
  try {
    await mkdir(out, { recursive: true, mode: 0o700 });
    const files = await openAll(bag, items, identities, out);
    const { events = new Map() } = options;
    await writePages({ bag, index, identities, out, files, session, only, events });
    return ok({ index, files, out });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') return err({ code: 'DISK_FULL' });
    throw cause;
  }
}

async function openAll(
  bag: Bag,
  items: readonly IndexItem[],
  identities: readonly string[],
  out: string,
): Promise<OpenedFile[]> {
  const files: OpenedFile[] = [];
  const taken = new Set<string>();
  for (const item of items) {
    const file = outputFile(item);
    if (taken.has(file.toLowerCase())) {
      files.push({ item, kind: 'damaged' });
      continue;
    }
    taken.add(file.toLowerCase());
    const opened = await openOne(bag, item, identities, out, file).catch((cause: NodeJS.ErrnoException) => {
      if (!CLASHES.has(cause.code ?? '')) throw cause;
      return { item, kind: 'damaged' as const };
    });
    files.push(opened);
  }
  return files;
}
