import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest } from '../bag-text.ts';
import { MANIFEST_FILE, SIGNATURE_FILE, TAG_MANIFEST_FILE } from '../bundle-format.ts';
import { isPart, type Unit } from './division.ts';

/** SHA-256 of a file of this machine, or of its bytes from `from` up to `to`. */
async function sha256Of(path: string, from = 0, to = Number.POSITIVE_INFINITY): Promise<string> {
  const hash = createHash('sha256');
  if (to <= from) return hash.digest('hex');
  for await (const piece of createReadStream(path, { start: from, end: to - 1, highWaterMark: 1024 * 1024 })) {
    hash.update(piece as Uint8Array);
  }
  return hash.digest('hex');
}

/** What the files of a sealed bundle have to be, by the bundle's own lists. */
export class ExpectedHashes {
  readonly #bundleDir: string;
  readonly #listed: ReadonlyMap<string, string>;
  /** By path: whether the file here still is what is listed, for those that go in parts. */
  readonly #whole = new Map<string, boolean>();

  private constructor(bundleDir: string, listed: ReadonlyMap<string, string>) {
    this.#bundleDir = bundleDir;
    this.#listed = listed;
  }

  /** @throws ErrnoException when the lists cannot be read */
  static async of(bundleDir: string): Promise<ExpectedHashes> {
    const listed = new Map<string, string>();
    for (const manifest of [MANIFEST_FILE, TAG_MANIFEST_FILE]) {
      const read = parseManifest(await readFile(join(bundleDir, manifest), 'utf8'));
      for (const [path, sha256] of read.ok ? read.value : []) listed.set(path, sha256);
    }
    // These two are listed nowhere: a copy has to equal the original.
    for (const file of [TAG_MANIFEST_FILE, SIGNATURE_FILE]) listed.set(file, await sha256Of(join(bundleDir, file)));
    return new ExpectedHashes(bundleDir, listed);
  }

  /** Null where no list knows the file, or the file here is no longer what is listed. */
  async unit(unit: Unit): Promise<string | null> {
    if (!isPart(unit)) return this.#listed.get(unit.path) ?? null;
    if (!(await this.stillSound(unit.path))) return null;
    return sha256Of(join(this.#bundleDir, unit.path), unit.from, unit.to);
  }

  /** Whether this machine's own file is what is listed. */
  async stillSound(path: string): Promise<boolean> {
    const known = this.#whole.get(path);
    if (known !== undefined) return known;
    const sound = (await sha256Of(join(this.#bundleDir, path)).catch(() => null)) === this.#listed.get(path);
    this.#whole.set(path, sound);
    return sound;
  }
}
