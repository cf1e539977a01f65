import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseAndVerifyCheckpoint } from '../../journal/checkpoint.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { allowedSignersLine } from '../../lib/ssh-key-text.ts';
import { signSsh } from '../../lib/sshsig.ts';
import { encrypt, parseRecipient } from '../../vault/age/age.ts';
import { syncDirectory } from '../../vault/durable-file.ts';
import { bagInfoFields } from './bag-info.ts';
import { bagInfoText, manifestText } from './bag-text.ts';
import * as format from './bundle-format.ts';
import { placeAllStored, placeBytes, type StoredPlace } from './place-file.ts';
import { readmeText } from './readme-text.ts';

type ItemMeta = Omit<format.IndexItem, 'sha256' | 'sizeBytes' | 'storedSha256'>;
/** Something to encrypt now. `recipients` replaces the bundle's own: the supervisor's record goes to one key alone. */
export type BundleDocument = ItemMeta &
  ({ bytes: Uint8Array } | { json: unknown }) & { recipients?: readonly string[] };
/** A file that was encrypted when it was captured; its hashes are on record and are not computed again. */
export type StoredFile = format.IndexItem & { sourceFile: string };

export type BundleWish = {
  /** Where the bundle shall stand. Must not exist. */
  dir: string;
  info: format.BundleInfo;
  rulePack: format.BundleIndex['rulePack'];
  documents: readonly BundleDocument[];
  stored: readonly StoredFile[];
  /** `age1...`: the centre's, and the station's own. */
  recipients: readonly string[];
  stationSigningKey: KeyObject;
  /** The signer's identity in allowed_signers and the origin of the checkpoint. */
  stationName: string;
  /** The note signed at sealing. */
  checkpointNote: string;
  /** Replaces the text of README-开包说明.txt. */
  readme?: string;
};
export type BundleSummary = {
  dir: string;
  externalIdentifier: string;
  tagManifestSha256: string;
  sealCode: string;
  /** Payload files and their bytes as stored. */
  files: number;
  bytes: number;
};
export type WriteBundleError =
  | { code: 'EXISTS' }
  | { code: 'BAD_ITEM'; path: string }
  | { code: 'DUPLICATE_PATH'; path: string }
  | { code: 'BAD_RECIPIENT' }
  | { code: 'BAD_CHECKPOINT' }
  | { code: 'SOURCE_MISSING'; path: string }
  | { code: 'SOURCE_CHANGED'; path: string }
  | { code: 'DISK_FULL' };

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function refusalOf(wish: BundleWish): WriteBundleError | undefined {
  const paths = [format.INDEX_PATH, ...wish.documents.map((d) => d.path), ...wish.stored.map((s) => s.path)];
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path.toLowerCase())) return { code: 'DUPLICATE_PATH', path };
    seen.add(path.toLowerCase());
  }
  const lists = [wish.recipients, ...wish.documents.flatMap((d) => (d.recipients ? [d.recipients] : []))];
  if (lists.some((list) => list.length === 0 || !list.every(parseRecipient))) return { code: 'BAD_RECIPIENT' };
  const publicKey = createPublicKey(wish.stationSigningKey);
  const note = parseAndVerifyCheckpoint(wish.checkpointNote, wish.stationName, publicKey);
  return note.ok ? undefined : { code: 'BAD_CHECKPOINT' };
}

/**
 * Writes a sealed bundle: documents are encrypted, evidence that already is encrypted is linked in unread, everything
 * is listed, hashed, signed and synced under `<dir>.partial`, and only then given its name. After a crash there is a
 * whole bundle or none. The layout is that of README.md.
 *
 * @throws ZodError when `info` is not a BundleInfo, ErrnoException when the disk fails in other ways than being full
 */
export async function writeBundle(wish: BundleWish): Promise<Result<BundleSummary, WriteBundleError>> {
  format.BundleInfo.parse(wish.info);
  const refusal = refusalOf(wish);
  if (refusal) return err(refusal);
  if (await lstat(wish.dir).catch(() => undefined)) return err({ code: 'EXISTS' });
  const partial = `${wish.dir}.partial`;
  await rm(partial, { recursive: true, force: true }); // what an earlier crash left
  try {
    const written = await writeInto(partial, wish);
    if (!written.ok) {
      await rm(partial, { recursive: true, force: true });
      return written;
    }
    await rename(partial, wish.dir);
    await syncDirectory(dirname(wish.dir));
    return written;
  } catch (cause) {
    await rm(partial, { recursive: true, force: true });
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') return err({ code: 'DISK_FULL' });
    throw cause;
  }
}

async function writeInto(root: string, wish: BundleWish): Promise<Result<BundleSummary, WriteBundleError>> {
  const folders = new Set<string>([root]);
  const placeFor = async (path: string): Promise<string> => {
    const target = join(root, path);
    const parent = dirname(target);
    if (!folders.has(parent)) await mkdir(parent, { recursive: true });
    for (let folder = parent; !folders.has(folder); folder = dirname(folder)) folders.add(folder);
    return target;
  };
  await mkdir(root, { recursive: true });

  const manifest = new Map<string, string>();
  const items: format.IndexItem[] = [];
  let bytes = 0;
  const putEncrypted = async (path: string, plain: Uint8Array, recipients: readonly string[]): Promise<string> => {
    const stored = encrypt(plain, recipients);
    await placeBytes(await placeFor(path), stored);
    const storedSha256 = sha256(stored);
    manifest.set(path, storedSha256);
    bytes += stored.length;
    return storedSha256;
  };

  const stored: StoredPlace[] = [];
  for (const { sourceFile, ...meta } of wish.stored) {
    const item = format.IndexItem.safeParse(meta);
    if (!item.success) return err({ code: 'BAD_ITEM', path: meta.path });
    items.push(item.data);
    stored.push({ source: sourceFile, target: await placeFor(meta.path), storedSha256: meta.storedSha256 });
  }
  for (const [i, placed] of (await placeAllStored(stored)).entries()) {
    const { path, storedSha256 } = wish.stored[i]!;
    if (!placed.ok) return err({ ...placed.error, path });
    manifest.set(path, storedSha256);
    bytes += placed.value;
  }
  for (const { recipients = wish.recipients, ...document } of wish.documents) {
    const { bytes: _bytes, json: _json, ...meta } = { bytes: undefined, json: undefined, ...document };
    const plain = 'bytes' in document ? document.bytes : Buffer.from(canonicalJson(document.json), 'utf8');
    const known = { ...meta, sha256: sha256(plain), sizeBytes: plain.length };
    if (!format.IndexItem.safeParse({ ...known, storedSha256: known.sha256 }).success) {
      return err({ code: 'BAD_ITEM', path: meta.path });
    }
    items.push({ ...known, storedSha256: await putEncrypted(meta.path, plain, recipients) });
  }
  items.sort((a, b) => (a.path < b.path ? -1 : 1));
  const index: format.BundleIndex = { format: format.BUNDLE_FORMAT, bundle: wish.info, items, rulePack: wish.rulePack };
  await putEncrypted(format.INDEX_PATH, Buffer.from(canonicalJson(index), 'utf8'), wish.recipients);

  const tags = new Map<string, string>();
  const putText = async (name: string, text: string): Promise<void> => {
    await placeBytes(join(root, name), Buffer.from(text, 'utf8'));
    tags.set(name, sha256(text));
  };
  const publicKey = createPublicKey(wish.stationSigningKey);
  const payload = { files: manifest.size, bytes };
  await putText(format.BAGIT_FILE, format.BAGIT_TEXT);
  await putText(format.BAG_INFO_FILE, bagInfoText(bagInfoFields(wish.info, wish.stationName, payload)));
  await putText(format.MANIFEST_FILE, manifestText(manifest));
  await putText(format.README_FILE, wish.readme ?? readmeText(wish.info, wish.stationName));
  await putText(format.SIGNERS_FILE, allowedSignersLine(wish.stationName, format.BUNDLE_NAMESPACE, publicKey));
  await putText(format.CHECKPOINT_FILE, wish.checkpointNote);
  const tagManifest = Buffer.from(manifestText(tags), 'utf8');
  await placeBytes(join(root, format.TAG_MANIFEST_FILE), tagManifest);
  const signature = signSsh(tagManifest, format.BUNDLE_NAMESPACE, wish.stationSigningKey);
  await placeBytes(join(root, format.SIGNATURE_FILE), Buffer.from(signature, 'utf8'));
  for (const folder of folders) await syncDirectory(folder);

  const tagManifestSha256 = sha256(tagManifest);
  return ok({
    dir: wish.dir,
    externalIdentifier: format.externalIdentifier(wish.info),
    tagManifestSha256,
    sealCode: format.sealCodeOf(tagManifestSha256),
    ...payload,
  });
}
