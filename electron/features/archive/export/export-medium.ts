import { constants } from 'node:fs';
import { access, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type Disks, FAT_MAX_FILE_BYTES, type Medium } from '../../../devices/disk/port.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import { writeFully } from '../place-file.ts';
import { readBag, readFolder } from '../read-bag.ts';
import { copyUnits, SourceDamaged } from './copy-units.ts';
import { bytesAfter, bytesOf, isPart, type MediumPlan, type Place, planMedium, type Unit } from './division.ts';
import { ExpectedHashes } from './expected-hashes.ts';
import { type FolderFault, folderFault, syncFolder } from './folder-fault.ts';
import { MediumHasher, type ReadFrom } from './hash-medium.ts';
import { diskText, partsText } from './medium-texts.ts';

export type ExportError =
  | { code: 'FOLDER_UNUSABLE'; data: { reason: FolderFault } }
  | { code: 'ALREADY_THERE' }
  | { code: 'NOT_ENOUGH_ROOM'; data: { neededBytes: number; freeBytes: number } }
  /** A person stopped it. What was written stays, under a name that is no bundle's, and is gone on from. */
  | { code: 'STOPPED' }
  /** This machine's own files are no longer what is listed. */
  | { code: 'BUNDLE_DAMAGED'; data: { files: string[] } }
  | { code: 'READ_BACK_DIFFERS'; data: { files: string[] } };

export interface MediumWish {
  bundleDir: string;
  folder: string;
  /** What is known of the medium under a folder. */
  under: Disks['under'];
  /** Where the payload goes on, after what earlier media hold; null: from its beginning. */
  after: Place | null;
  /** Whether the rest may go onto a further medium. */
  divide: boolean;
  /** Which of several media this is, from 1. */
  number: number;
}

export interface MediumWritten {
  folder: string;
  files: number;
  bytes: number;
  /** Where the next medium begins; null when the bundle is complete. */
  until: Place | null;
  /** Bytes of payload that are left for it. */
  leftBytes: number;
  readFrom: ReadFrom;
}

export interface Progress {
  phase(kind: 'writing' | 'reading-back', totalBytes: number): void;
  /** Bytes done of the phase; negative where something has to be done anew. */
  add(bytes: number): void;
}

/** Copies that are being written now: a second one of the same name would write into the first's files. */
const writing = new Set<string>();

/**
 * Copies a sealed bundle, or as much of it as there is room for, onto a medium, syncs it, and reads every byte back past the
 * system's cache. Only a copy that compared equal gets the bundle's name; until then it is called `.partial`, and a later try
 * goes on from it.
 */
export async function exportMedium(
  wish: MediumWish,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result<MediumWritten, ExportError>> {
  const { bundleDir, folder } = wish;
  const unusable = (reason: FolderFault) => err({ code: 'FOLDER_UNUSABLE' as const, data: { reason } });
  if (!isAbsolute(folder)) return unusable('not-absolute');
  const at = await stat(folder).catch(() => null);
  if (!at?.isDirectory()) return unusable('not-a-folder');
  const inside = relative(await realpath(bundleDir), await realpath(folder));
  if (!isAbsolute(inside) && inside.split(sep)[0] !== '..') return unusable('inside-the-bundle');
  const target = join(await realpath(folder), basename(bundleDir));
  const partial = `${target}.partial`;
  if (writing.has(partial)) return err({ code: 'ALREADY_THERE' });
  writing.add(partial);
  try {
    if (await stat(target).catch(() => null)) return err({ code: 'ALREADY_THERE' });
    const mayWrite = await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!mayWrite) return unusable('not-writable');
    const medium = await wish.under(folder);
    if (!medium) return unusable('disk-lost');
    const written = await writeMedium({ ...wish, medium }, partial, progress, signal).catch(
      (cause: NodeJS.ErrnoException) => {
        if (cause.code !== 'EFBIG' || medium.maxFileBytes !== null) throw cause;
        // A file system that did not say so takes no file this large: it is treated as FAT from here on.
        const limited = { ...medium, maxFileBytes: FAT_MAX_FILE_BYTES };
        return writeMedium({ ...wish, medium: limited }, partial, progress, signal);
      },
    );
    if (!written.ok) {
      const faulty = written.error.code === 'READ_BACK_DIFFERS' || written.error.code === 'BUNDLE_DAMAGED';
      if (faulty) await rm(partial, { recursive: true, force: true });
      return written;
    }
    await rename(partial, target);
    await syncFolder(dirname(target));
    return ok({ ...written.value, folder: join(folder, basename(bundleDir)) });
  } catch (cause) {
    if (cause instanceof SourceDamaged) return err({ code: 'BUNDLE_DAMAGED', data: { files: [cause.path] } });
    const reason = await folderFault(cause as NodeJS.ErrnoException, { folder, device: at.dev, partial });
    if (reason !== null) return unusable(reason);
    throw new Error('the bundle could not be exported', { cause });
  } finally {
    writing.delete(partial);
  }
}

type Measured = MediumWish & { medium: Medium };

async function writeMedium(
  wish: Measured,
  partial: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result<Omit<MediumWritten, 'folder'>, ExportError>> {
  const { bundleDir } = wish;
  const { files } = await readBag(bundleDir);
  const before = await readFolder(partial).catch(() => null);
  const plan = roomFor(wish, files, before?.files ?? new Map());
  if (!plan.ok) return plan;
  const { units, until } = plan.value;

  const names = new Set(units.map((u) => u.name));
  for (const name of before?.files.keys() ?? []) {
    if (!names.has(name)) await rm(join(partial, name), { force: true });
  }
  const folders = [...new Set(units.map((u) => dirname(join(partial, u.name))))];
  for (const each of [partial, ...folders]) await mkdir(each, { recursive: true });

  progress.phase('writing', bytesOf(units));
  const copying = { bundleDir, target: partial, signal, wrote: (bytes: number) => progress.add(bytes) };
  const found = await copyUnits({ ...copying, units });
  for (const each of foldersBetween(partial, folders)) await syncFolder(each);
  if (found === null) return err({ code: 'STOPPED' });

  progress.phase('reading-back', bytesOf(units));
  const expected = await ExpectedHashes.of(bundleDir);
  const hasher = new MediumHasher(/^fuse/.test(wish.medium.fileSystem ?? '') ? 'cache' : 'medium');
  const differing = async (some: readonly Unit[]): Promise<Unit[] | null> => {
    const odd: Unit[] = [];
    for (const unit of some) {
      const sha256 = await hasher.hash(join(partial, unit.name), signal, (bytes) => progress.add(bytes));
      if (sha256 === null || signal.aborted) return null;
      if (sha256 !== (await expected.unit(unit))) odd.push(unit);
    }
    return odd;
  };
  const odd = await differing(units);
  // What an earlier try left may be torn, by a disk that was pulled: it is written anew, once.
  const torn = odd?.filter((u) => found.has(u.name)) ?? [];
  for (const { name } of torn) await rm(join(partial, name));
  progress.add(-2 * bytesOf(torn));
  const rewritten = torn.length === 0 ? new Set() : await copyUnits({ ...copying, units: torn });
  const stillOdd = odd && rewritten && (await differing(torn));
  if (!odd || !stillOdd) return err({ code: 'STOPPED' });

  const bad = [...odd.filter((u) => !found.has(u.name)), ...stillOdd];
  if (bad.length > 0) return err(await blame(bad, expected));
  await writeTexts(wish, plan.value, expected);
  const leftBytes = bytesAfter(files, until);
  return ok({ files: units.length, bytes: bytesOf(units), until, leftBytes, readFrom: hasher.from });
}

function roomFor(
  { medium, after, divide }: Measured,
  files: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
): Result<MediumPlan, ExportError> {
  const blocks = (bytes: number) => Math.ceil(bytes / medium.blockBytes) * medium.blockBytes;
  const room = [...before.values()].reduce((sum, size) => sum + blocks(size), medium.freeBytes);
  const plan = planMedium(files, after, { ...medium, room }, divide);
  const carries = plan.until === null || plan.units.some((u) => u.path.startsWith('data/'));
  if (carries && plan.neededBytes <= room) return ok(plan);
  return err({ code: 'NOT_ENOUGH_ROOM', data: { neededBytes: plan.neededBytes, freeBytes: room } });
}

/** The folders themselves and what lies between them and the bundle's own: each holds a name that must survive. */
function foldersBetween(root: string, folders: readonly string[]): Set<string> {
  const all = new Set([root]);
  for (const folder of folders) for (let at = folder; !all.has(at); at = dirname(at)) all.add(at);
  return all;
}

async function blame(bad: readonly Unit[], expected: ExpectedHashes): Promise<ExportError> {
  const paths = [...new Set(bad.map((u) => u.path))];
  const damaged: string[] = [];
  for (const path of paths) if (!(await expected.stillSound(path))) damaged.push(path);
  if (damaged.length > 0) return { code: 'BUNDLE_DAMAGED', data: { files: damaged } };
  return { code: 'READ_BACK_DIFFERS', data: { files: paths } };
}

/** What a person who finds this medium alone has to know, beside the bundle's folder: within it, it would be a foreign file. */
async function writeTexts(wish: MediumWish, { units, until }: MediumPlan, expected: ExpectedHashes): Promise<void> {
  const name = basename(wish.bundleDir);
  const parts = units.filter(isPart);
  const hashes: [string, string][] = [];
  for (const part of parts) hashes.push([`${name}/${part.name}`, (await expected.unit(part))!]);
  if (parts.length > 0) await place(join(wish.folder, `${name}.parts-sha256.txt`), partsText(hashes));
  if (wish.number === 1 && until === null) return;
  const text = diskText({ name, number: wish.number, last: until === null, parts: parts.length > 0 });
  await place(join(wish.folder, `${name}.disk-${wish.number}.txt`), text);
}

async function place(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await writeFully(handle, Buffer.from(text, 'utf8'));
    await handle.sync();
  } finally {
    await handle.close();
  }
}
