import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestText, parseManifest } from '../../../electron/features/archive/bag-text.ts';
import { INDEX_PATH, MANIFEST_FILE, TAG_MANIFEST_FILE } from '../../../electron/features/archive/bundle-format.ts';
import { decrypt, encrypt, recipientOf } from '../../../electron/vault/age/age.ts';

type Json = ReturnType<typeof JSON.parse>;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * A copy of a bundle in which one document reads otherwise, by somebody who can open it and takes all the pains there are without
 * the station's key: the document encrypted anew, its place in the index, both lists of hashes made to fit.
 */
export function forgedBundle(
  from: string,
  to: string,
  { identity, path, change }: { identity: string; path: string; change: (json: Json) => void },
): string {
  cpSync(from, to, { recursive: true });
  const stored = new Map<string, string>();
  const rewrite = (name: string, forge: (json: Json) => void): { plain: Uint8Array; sealed: Uint8Array } => {
    const opened = decrypt(readFileSync(join(to, name)), [identity]);
    if (!opened.ok) throw new Error(`${name} does not open: ${opened.error.code}`);
    const json: Json = JSON.parse(Buffer.from(opened.value).toString());
    forge(json);
    const plain = Buffer.from(JSON.stringify(json));
    const sealed = encrypt(plain, [recipientOf(identity)!]);
    writeFileSync(join(to, name), sealed);
    stored.set(name, sha256(sealed));
    return { plain, sealed };
  };
  const { plain, sealed } = rewrite(path, change);
  rewrite(INDEX_PATH, (index) => {
    const item = index.items.find((i: Json) => i.path === path);
    Object.assign(item, { sha256: sha256(plain), sizeBytes: plain.length, storedSha256: sha256(sealed) });
  });
  const relist = (list: string, hashes: ReadonlyMap<string, string>) => {
    const lines = parseManifest(readFileSync(join(to, list), 'utf8'));
    if (!lines.ok) throw new Error(`${list} line ${lines.error.line}`);
    const text = manifestText(new Map([...lines.value, ...hashes]));
    writeFileSync(join(to, list), text);
    return sha256(Buffer.from(text));
  };
  relist(TAG_MANIFEST_FILE, new Map([[MANIFEST_FILE, relist(MANIFEST_FILE, stored)]]));
  return to;
}
