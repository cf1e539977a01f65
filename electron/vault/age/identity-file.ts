import { parseIdentity } from './x25519.ts';

/**
 * The identities in a key file as `age-keygen` writes it: one a line, `#` comments and empty lines skipped.
 * `undefined` when a line is anything else or there is none; the text is never quoted in a message, it may be a secret.
 */
export function parseIdentityFile(text: string): string[] | undefined {
  if (text.length > 64 * 1024) return undefined;
  const lines = text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  return lines.length > 0 && lines.every((line) => parseIdentity(line)) ? lines : undefined;
}
