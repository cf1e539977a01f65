import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import { type RulePack, RulePackFile } from './rule-pack.ts';
import { type PackFile, type WholePackFault, wholePack } from './whole-pack.ts';

export const MAX_PACK_BYTES = 1024 * 1024;

export type PackFileFault =
  | { code: 'bad-id'; id: string }
  | { code: 'not-found'; id: string }
  | { code: 'too-large'; id: string }
  | { code: 'malformed'; id: string; places: string[] };
export type RulePackFault = PackFileFault | WholePackFault;

/**
 * Reads `<dir>/<id>.json`, and the packs it stands on, into one whole pack; and lets it through only when the schema holds,
 * its own id is the asked one, and every value that the station needs is there and within bounds.
 *
 * @param dir the directory of rule packs, `resources/rule-packs` in a checkout
 * @param day only clauses in force on it count; null for all there are
 * @returns `places` name the wrong members (`clauses.3.grade`), never their contents
 * @throws on a disk error other than "no such file"
 */
export async function loadRulePack(
  dir: string,
  id: string,
  day: string | null = null,
): Promise<Result<RulePack, RulePackFault>> {
  const files = new Map<string, PackFile>();
  for (let next: string | undefined = id; next !== undefined && !files.has(next); ) {
    const read = await readPackFile(dir, next);
    if (!read.ok) return read;
    files.set(next, read.value);
    next = read.value.file.extends;
  }
  return wholePack((asked) => files.get(asked), id, day);
}

/** Reads one pack's file, which came with the station and is signed by nobody. */
export async function readPackFile(dir: string, id: string): Promise<Result<PackFile, PackFileFault>> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) return err({ code: 'bad-id', id });
  const text = await readBounded(join(dir, `${id}.json`));
  if (!text.ok) return err({ code: text.error, id });
  const file = parsePackFile(text.value);
  if (!file.ok) return err({ code: 'malformed', id, places: file.error });
  if (file.value.id !== id) return err({ code: 'malformed', id, places: ['id'] });
  return ok({ file: file.value, sha256: createHash('sha256').update(text.value).digest('hex'), signedBy: null });
}

/** @returns the places of what is wrong: `clauses.3.grade`, or `(JSON)` for the whole */
export function parsePackFile(text: string): Result<RulePackFile, string[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err(['(JSON)']);
  }
  const pack = RulePackFile.safeParse(json);
  return pack.success ? ok(pack.data) : err(pack.error.issues.map((i) => i.path.join('.')));
}

async function readBounded(path: string): Promise<Result<string, 'not-found' | 'too-large'>> {
  try {
    if ((await stat(path)).size > MAX_PACK_BYTES) return err('too-large');
    return ok(await readFile(path, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return err('not-found');
    throw new Error(`could not read the rule pack ${path}`, { cause });
  }
}
