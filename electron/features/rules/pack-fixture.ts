import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signSsh } from '../../lib/sshsig.ts';
import { RULES_NAMESPACE, type RulePackFile } from './rule-pack.ts';

/** For tests: the shipped national pack. */
export const nationalFile = (): RulePackFile =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../resources/rule-packs/national.json'), 'utf8'));

/** For tests: a pack as the centre sends it, its file and its signature. */
export function signedPack(
  pack: unknown,
  key: KeyObject,
  namespace = RULES_NAMESPACE,
): { pack: File; signature: File } {
  const text = typeof pack === 'string' ? pack : JSON.stringify(pack, null, 2);
  const signature = signSsh(Buffer.from(text, 'utf8'), namespace, key);
  return { pack: new File([text], 'pack.json'), signature: new File([signature], 'pack.json.sig') };
}
