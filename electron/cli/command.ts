import { readFile, stat } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { parseIdentityFile } from '../vault/age/identity-file.ts';

export type Terminal = { stdin: Readable; stdout: Writable & { isTTY?: boolean }; stderr: Writable };
/** @returns an exit code. @throws UsageError (or what parseArgs throws), which `runCommand` turns into a message */
export type Run = (args: string[], terminal: Terminal) => Promise<number>;
export type Command = {
  usage: readonly string[];
  summary: { zh: string; en: string };
  /** Loaded only when called: `verify` on a foreign computer must not need a camera driver. */
  load: () => Promise<{ run: Run }>;
};

/** The command line cannot be followed; the message is for the person who typed it. */
export class UsageError extends Error {}

/** A text file named on the command line, of at most 1 MiB. @throws UsageError */
export async function readTextFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > 1024 * 1024) throw new UsageError(`读不了文件 cannot read: ${path}`);
  return readFile(path, 'utf8');
}

/** The identities in a key file. @throws UsageError, never quoting the file */
export async function readKeyFile(path: string): Promise<string[]> {
  const identities = parseIdentityFile(await readTextFile(path));
  if (!identities) {
    throw new UsageError(`不是 age 私钥文件（AGE-SECRET-KEY-1…） not an age identity file: ${path}`);
  }
  return identities;
}
