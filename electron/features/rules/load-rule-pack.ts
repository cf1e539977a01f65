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
  | { code: 'values'; id: string; faults: RuleValueFault[] };

/**
 * Reads `<dir>/<id>.json` and lets it through only when the schema holds, its own id is the asked one, and every value
 * that the station needs is there and within bounds.
 *
 * @param dir the directory of rule packs, `resources/rule-packs` in a checkout
 * @returns `places` name the wrong members (`clauses.3.grade`), never their contents
 * @throws on a disk error other than "no such file"
 */
export async function loadRulePack(dir: string, id: string): Promise<Result<RulePack, RulePackFault>> {
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
  const values = checkRuleValues(pack.data);
  if (!values.ok) return err({ code: 'values', id, faults: values.error });
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
