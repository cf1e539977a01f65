import { parseBoundedJson } from './bounded-json.ts';
import type { BundleIndex } from './bundle-format.ts';
import { openSmallItem } from './open-item.ts';
import type { Bag } from './read-bag.ts';

/** JSON of an item of the index, its plaintext hash checked; `undefined` when it is not there, differs or is no JSON. */
export type ReadJson = (path: string) => Promise<unknown>;
/** Texts of a journal line by line, as `ReadJson` reads documents. */
export type ReadLines = (path: string) => Promise<unknown[] | undefined>;
/** Plain bytes of an item, as `ReadJson` reads documents. */
export type ReadBytes = (path: string) => Promise<Uint8Array | undefined>;

const MAX_JSON_BYTES = 32 * 1024 * 1024;
const MAX_LINES_BYTES = 256 * 1024 * 1024;

/** Reads what the index of a bundle lists, into memory; nothing that is not what the index recorded. */
export function itemReader(
  bag: Bag,
  index: BundleIndex,
  identities: readonly string[],
): { json: ReadJson; lines: ReadLines; bytes: ReadBytes } {
  const items = new Map(index.items.map((item) => [item.path, item]));
  const read = async (path: string, maxBytes: number): Promise<Uint8Array | undefined> => {
    const item = items.get(path);
    const opened = item && (await openSmallItem(bag, path, identities, maxBytes));
    return opened && opened.sha256 === item.sha256 ? opened.bytes : undefined;
  };
  const parse = (bytes: Uint8Array): unknown => {
    const json = parseBoundedJson(bytes, MAX_JSON_BYTES);
    return json.ok ? json.value : undefined;
  };
  const readJson: ReadJson = async (path) => {
    const bytes = await read(path, MAX_JSON_BYTES);
    return bytes && parse(bytes);
  };
  const readLines: ReadLines = async (path) => {
    const bytes = await read(path, MAX_LINES_BYTES);
    if (!bytes) return undefined;
    const lines = Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean);
    return lines.map((line) => parse(Buffer.from(line, 'utf8')));
  };
  return { json: once(readJson), lines: once(readLines), bytes: (path) => read(path, MAX_LINES_BYTES) };
}

/** Each file is opened for the first who asks; whoever asks later gets the same, which nobody changes. */
function once<T>(read: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (path) => {
    const found = known.get(path) ?? read(path);
    known.set(path, found);
    return found;
  };
}
