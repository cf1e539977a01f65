import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Paths of all files under a folder, with forward slashes, in order. */
export const filesIn = (dir: string): string[] =>
  (readdirSync(dir, { recursive: true }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => lstatSync(join(dir, path)).isFile())
    .sort();

/** A copy of a bundle that a mutation may spoil; it remembers what was touched, so that only that is put back. */
export class Workspace {
  readonly dir: string;
  readonly #original: string;
  readonly files: readonly string[];
  readonly #touched = new Set<string>();

  constructor(original: string, dir: string) {
    this.#original = original;
    this.dir = dir;
    this.files = filesIn(original);
    cpSync(original, dir, { recursive: true });
  }
  read(path: string): Buffer {
    return readFileSync(join(this.dir, path));
  }
  write(path: string, bytes: Uint8Array | string): void {
    this.#touch(path);
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    rmSync(join(this.dir, path), { force: true });
    writeFileSync(join(this.dir, path), bytes);
  }
  remove(path: string): void {
    this.#touch(path);
    rmSync(join(this.dir, path), { recursive: true });
  }
  rename(from: string, to: string): void {
    this.#touch(from);
    this.#touch(to);
    mkdirSync(dirname(join(this.dir, to)), { recursive: true });
    renameSync(join(this.dir, from), join(this.dir, to));
  }
  makeFolder(path: string): void {
    this.#touch(path);
    mkdirSync(join(this.dir, path), { recursive: true });
  }
  /** In the place of `path`, or beside everything: a link to `target`. */
  link(path: string, target: string): void {
    this.#touch(path);
    rmSync(join(this.dir, path), { recursive: true, force: true });
    symlinkSync(target, join(this.dir, path));
  }
  /** Everything as it was before. */
  restore(): void {
    for (const path of this.#touched) rmSync(join(this.dir, path), { recursive: true, force: true });
    for (const path of this.#touched) {
      if (!existsSync(join(this.#original, path))) continue;
      mkdirSync(dirname(join(this.dir, path)), { recursive: true });
      cpSync(join(this.#original, path), join(this.dir, path), { recursive: true });
    }
    this.#touched.clear();
  }
  /** A new folder above a path goes with it. */
  #touch(path: string): void {
    let top = path;
    for (let at = dirname(path); at !== '.'; at = dirname(at)) if (!existsSync(join(this.#original, at))) top = at;
    this.#touched.add(top);
  }
}
