import type { KeyObject } from 'node:crypto';
import type { PlanBook } from '../features/plan/plan-book.ts';
import { publicKeyOfLine } from '../lib/ssh-key-text.ts';

/** The centre's Ed25519 keys from its card in the plan: those it signs with, and those it has withdrawn. */
export function centreKeys(book: PlanBook | null): [trusted: KeyObject[], revoked: KeyObject[]] {
  const keysOf = (lines: readonly string[] = []) => lines.flatMap((line) => publicKeyOfLine(line) ?? []);
  return [keysOf(book?.plan.centre.verificationKeys), keysOf(book?.plan.centre.revokedKeys)];
}
