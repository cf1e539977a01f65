import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import { syncDirectory } from '../../vault/durable-file.ts';
import { parseManifest } from './bag-text.ts';
import { MANIFEST_FILE, SIGNATURE_FILE, TAG_MANIFEST_FILE } from './bundle-format.ts';

/** `inside-the-bundle`: a copy there would add files to what is sealed. `disk-lost`: pulled, or it does not answer. */
export type FolderFault =
  | 'not-absolute'
  | 'not-a-folder'
  | 'not-writable'
  | 'disk-full'
  | 'disk-lost'
  | 'inside-the-bundle';

export type ExportError =
  | { code: 'FOLDER_UNUSABLE'; data: { reason: FolderFault } }
  | { code: 'ALREADY_THERE' }
  | { code: 'READ_BACK_DIFFERS'; data: { files: string[] } };

/** Copies that are being written now: a second one of the same name would take the first's files away. */
const writing = new Set<string>();

/**
 * Copies a sealed bundle into `folder`, syncs it, and reads every byte back against the manifests. Only a copy that
 * compared equal gets the bundle's name; until then it is called `.partial`.
 */
export async function exportBundle(
  bundleDir: string,
  folder: string,
): Promise<Result<{ folder: string }, ExportError>> {
  const unusable = (reason: FolderFault) => err({ code: 'FOLDER_UNUSABLE' as const, data: { reason } });
  if (!isAbsolute(folder)) return unusable('not-absolute');
  if (!(await stat(folder).catch(() => null))?.isDirectory()) return unusable('not-a-folder');
  const inside = relative(await realpath(bundleDir), await realpath(folder));
  if (!isAbsolute(inside) && inside.split(sep)[0] !== '..') return unusable('inside-the-bundle');
  const target = join(folder, basename(bundleDir));
  if (await stat(target).catch(() => null)) return err({ code: 'ALREADY_THERE' });
  const partial = `${await realpath(folder)}${sep}${basename(bundleDir)}.partial`;
  if (writing.has(partial)) return err({ code: 'ALREADY_THERE' });
  writing.add(partial);
  try {
    await rm(partial, { recursive: true, force: true });
    const files = await copyTree(bundleDir, partial);
    const differing = await readBack(bundleDir, partial, files);
    if (differing.length > 0) {
      await rm(partial, { recursive: true, force: true });
      return err({ code: 'READ_BACK_DIFFERS', data: { files: differing } });
    }
    await rename(partial, target);
    await syncDirectory(folder);
    return ok({ folder: target });
  } catch (cause) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') return unusable('disk-full');
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return unusable('not-writable');
    if (code === 'EIO' || code === 'ENODEV' || code === 'ENXIO') return unusable('disk-lost');
    throw new Error('the bundle could not be exported', { cause });
  } finally {
    writing.delete(partial);
  }
}

/** Copies file by file with a sync each; returns the relative paths, forward slashes. */
async function copyTree(from: string, to: string): Promise<string[]> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name).slice(from.length + 1));
  const folders = new Set(files.map((f) => dirname(join(to, f))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  for (const file of files) {
    await copyFile(join(from, file), join(to, file));
    const handle = await open(join(to, file), 'r+');
    await handle.sync();
    await handle.close();
  }
  for (const folder of folders) await syncDirectory(folder);
  return files.map((f) => f.replaceAll('\\', '/'));
}

async function readBack(from: string, to: string, files: readonly string[]): Promise<string[]> {
  const expected = new Map<string, string>();
  for (const manifest of [MANIFEST_FILE, TAG_MANIFEST_FILE]) {
    const listed = parseManifest(await readFile(join(from, manifest), 'utf8'));
    for (const [path, sha256] of listed.ok ? listed.value : []) expected.set(path, sha256);
  }
  const differing: string[] = [];
  for (const file of files) {
    const known = expected.get(file);
    // The tag manifest and its signature are listed nowhere: compare them with the original.
    const wanted =
      known ?? (file === TAG_MANIFEST_FILE || file === SIGNATURE_FILE ? await sha256File(join(from, file)) : '');
    if ((await sha256File(join(to, file))) !== wanted) differing.push(file);
  }
  return differing;
}

async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
