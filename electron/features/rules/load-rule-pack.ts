import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import { RulePack } from './rule-pack.ts';
import { checkRuleValues, type RuleValueFault } from './rule-values.ts';

const MAX_BYTES = 1024 * 1024;

export type RulePackFault =
  | { code: 'bad-id'; id: string }
  | { code: 'not-found'; id: string }
  | { code: 'too-large'; id: string }
  | { code: 'malformed'; id: string; places: string[] }
  | { code: 'values'; id: string; faults: RuleValueFault[] }
  /** Packs that stand on each other in a ring, or one on more than `MAX_DEPTH` others. */
  | { code: 'extends'; id: string };

/** National, province, city, site, occupation: more is a mistake. */
const MAX_DEPTH = 5;

/**
 * Reads `<dir>/<id>.json`, and the packs it stands on, into one whole pack; and lets it through only when the schema holds, its own id is the asked one, and every value
 * that the station needs is there and within bounds.
 *
 * @param dir the directory of rule packs, `resources/rule-packs` in a checkout
 * @returns `places` name the wrong members (`clauses.3.grade`), never their contents
 * @throws on a disk error other than "no such file"
 */
export async function loadRulePack(dir: string, id: string): Promise<Result<RulePack, RulePackFault>> {
  const layers: RulePack[] = [];
  for (let next: string | undefined = id; next !== undefined; next = layers.at(-1)!.extends) {
    if (layers.length === MAX_DEPTH || layers.some((p) => p.id === next)) return err({ code: 'extends', id: next });
    const layer = await readLayer(dir, next);
    if (!layer.ok) return layer;
    layers.push(layer.value);
  }
  const pack = wholePack(layers);
  const values = checkRuleValues(pack);
  if (!values.ok) return err({ code: 'values', id, faults: values.error });
  return ok(pack);
}

/** @param layers  the pack asked for first, then what it stands on; its own clauses win */
function wholePack(layers: readonly RulePack[]): RulePack {
  const clauses = new Map(layers.toReversed().flatMap((p) => p.clauses.map((c) => [c.id, c] as const)));
  return { ...layers[0]!, clauses: [...clauses.values()] };
}

async function readLayer(dir: string, id: string): Promise<Result<RulePack, RulePackFault>> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) return err({ code: 'bad-id', id });
  const path = join(dir, `${id}.json`);
  const text = await readBounded(path);
  if (!text.ok) return err({ code: text.error, id });
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return err({ code: 'malformed', id, places: ['(JSON)'] });
  }
  const pack = RulePack.safeParse(json);
  if (!pack.success) return err({ code: 'malformed', id, places: pack.error.issues.map((i) => i.path.join('.')) });
  if (pack.data.id !== id) return err({ code: 'malformed', id, places: ['id'] });
  return ok(pack.data);
}

async function readBounded(path: string): Promise<Result<string, 'not-found' | 'too-large'>> {
  try {
    if ((await stat(path)).size > MAX_BYTES) return err('too-large');
    return ok(await readFile(path, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return err('not-found');
    throw new Error(`could not read the rule pack ${path}`, { cause });
  }
}
