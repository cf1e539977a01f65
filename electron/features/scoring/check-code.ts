import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { LockedMarks, LockedVetoes } from './rules.ts';

/** What identifies a value on paper and on screen: eight hex digits over its canonical JSON, in two groups. */
export function checkCodeOver(value: unknown): { checkCode: string; sha256: string } {
  const sha256 = createHash('sha256').update(canonicalJson(value)).digest('hex');
  const code = sha256.slice(0, 8).toUpperCase();
  return { checkCode: `${code.slice(0, 4)} ${code.slice(4)}`, sha256 };
}

/**
 * The code of one examiner's sheet: over the marks alone where nothing was found that fails outright, as sheets of before
 * vetoes were; over both where something was.
 */
export function checkCodeOf(marks: LockedMarks, vetoes: LockedVetoes = {}): { checkCode: string; marksSha256: string } {
  const { checkCode, sha256 } = checkCodeOver(Object.keys(vetoes).length === 0 ? marks : { marks, vetoes });
  return { checkCode, marksSha256: sha256 };
}
