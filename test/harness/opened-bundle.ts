import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleIndex } from '../../electron/features/archive/bundle-format.ts';
import { seal } from '../../electron/features/archive/closing-calls.ts';
import { openBundle } from '../../electron/features/archive/open-bundle.ts';
import type { ContentClaim } from '../../electron/features/archive/verify-bundle.ts';
import { CENTRE, type TestStation } from './open-station.ts';

/** A document of any kind, changed at will. */
export type Json = ReturnType<typeof JSON.parse>;

export interface OpenedBundle {
  /** Where the sealed bundle lies. */
  folder: string;
  index: BundleIndex;
  /** Plain bytes of an item, by its path in the bundle; undefined when it is not there. */
  bytes(path: string): Buffer | undefined;
  json(path: string): Json;
  /**
   * What the claims say when documents read otherwise than they were sealed.
   * @param change  gets every document that is read, a journal as its lines, and gives what is read instead
   * @param changeBytes  the same for what is read as bytes
   */
  judge(
    claims: ContentClaim,
    change?: (path: string, json: Json) => Json,
    index?: BundleIndex,
    changeBytes?: (path: string, bytes: Buffer | undefined) => Buffer | undefined,
  ): ReturnType<ContentClaim>;
}

/** Seals a session that is signed off, and opens the bundle into `out` with the centre's key and others. */
export async function openedBundle(
  st: TestStation,
  out: string,
  others: readonly string[] = [],
): Promise<OpenedBundle> {
  const { folder } = await seal(st);
  const opened = await openBundle(folder, [CENTRE.identity, ...others], out);
  if (!opened.ok) throw new Error(opened.error.code);
  const { index } = opened.value;
  const bytes = (path: string) => {
    const file = join(out, path.replace(/^data\//, '').replace(/\.age$/, ''));
    return [file, `${file}.json`].filter((f) => existsSync(f)).map((f) => readFileSync(f))[0];
  };
  const text = (path: string): string => {
    const found = bytes(path);
    if (found === undefined) throw new Error(`${path} is not in the bundle`);
    return found.toString('utf8');
  };
  const json = (path: string) => JSON.parse(text(path));
  const lines = (path: string) =>
    text(path)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    folder,
    index,
    bytes,
    json,
    judge: (claims, change = (_path, read) => read, changed = index, changeBytes = (_path, read) => read) =>
      claims(
        changed,
        async (path) => change(path, bytes(path) && json(path)),
        async (path) => change(path, lines(path)),
        async (path) => {
          const read = changeBytes(path, bytes(path));
          return read && new Uint8Array(read);
        },
      ),
  };
}
