import { closeSync, fsyncSync, openSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { currentAead } from '../vault/age/aead.ts';
import { type AgeError, parseRecipient } from '../vault/age/age.ts';
import { Decryptor } from '../vault/age/decryptor.ts';
import { Encryptor } from '../vault/age/encryptor.ts';
import { type Coder, piecesOf, pump, writeParts } from '../vault/age/pump.ts';
import { type Run, readKeyFile, type Terminal, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';

const SENTENCES: Record<AgeError['code'], string> = {
  NOT_AGE: '不是 age 文件 not an age file',
  ARMORED: '是文本形式的 age 文件，请用 age 命令打开 an armoured file: open it with the age command',
  BAD_HEADER: '文件头损坏 the header is damaged',
  NO_MATCH: '这把密钥打不开 not made for this key',
  BAD_IDENTITY: '不是私钥 not an identity',
  TRUNCATED: '文件不完整；已给出的部分是真的 the file ends early; what was given out is authentic',
  DAMAGED: '文件损坏；已给出的部分是真的 the file is damaged; what was given out is authentic',
};

/** `kaodian age`: one file, from FILE or stdin, to OUT or stdout. A failed OUT is not left behind. */
export const run: Run = async (args, { stdin, stdout, stderr }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      decrypt: { type: 'boolean', short: 'd' },
      identity: { type: 'string', short: 'i', multiple: true },
      recipient: { type: 'string', short: 'r', multiple: true },
      output: { type: 'string', short: 'o' },
    },
  });
  const [file = '-', ...more] = positionals;
  const { output, recipient: recipients = [], identity: keyFiles = [] } = values;
  const wellFormed = values.decrypt
    ? keyFiles.length > 0 && recipients.length === 0
    : recipients.length > 0 && keyFiles.length === 0;
  if (more.length > 0 || !wellFormed) throw new UsageError('-d 要 -i，加密要 -r -d needs -i, encryption needs -r');
  if (!recipients.every(parseRecipient)) throw new UsageError('不是 age1… 公钥 not an age1... recipient');
  if (!values.decrypt && output === undefined && stdout.isTTY) {
    throw new UsageError('密文不能显示在终端，请加 -o not to a terminal: give -o');
  }
  const coder: Coder = values.decrypt
    ? new Decryptor(currentAead(), (await Promise.all(keyFiles.map(readKeyFile))).flat())
    : new Encryptor(currentAead(), recipients);
  const input = file === '-' ? undefined : openNamed(file, 'r');
  const partial = `${output}.partial`;
  const out = output === undefined ? undefined : openNamed(partial, 'w');
  const write = (parts: readonly Uint8Array[]) => (out === undefined ? writeTo(stdout, parts) : writeParts(out, parts));
  try {
    const error = await pump(input === undefined ? stdin : piecesOf(input), coder, write);
    if (error) {
      stderr.write(`${SENTENCES[error.code]}\n`);
      return EXIT.failed;
    }
    if (out !== undefined) fsyncSync(out);
    if (output !== undefined) await rename(partial, output);
    return EXIT.good;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new UsageError(`打不开 cannot open: ${file}`);
    if (code !== 'EPIPE' && code !== 'ENOSPC') throw cause;
    stderr.write('写不下去了：管道断开或磁盘已满 cannot go on writing: the pipe was closed or the disk is full\n');
    return EXIT.failed;
  } finally {
    for (const fd of [input, out]) if (fd !== undefined) closeSync(fd);
    if (output !== undefined) await rm(partial, { force: true });
  }
};

/** @throws UsageError */
function openNamed(path: string, how: 'r' | 'w'): number {
  try {
    return openSync(path, how, 0o600);
  } catch {
    throw new UsageError(`打不开 cannot open: ${path}`);
  }
}

/** Resolves once the other end has taken everything: what is authentic arrives before the word that the rest is not. */
function writeTo(stdout: Terminal['stdout'], parts: readonly Uint8Array[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  stdout.once('error', reject);
  stdout.cork();
  for (const part of parts.slice(0, -1)) stdout.write(part);
  stdout.write(parts.at(-1), (error) => (error ? reject(error) : resolve()));
  stdout.uncork();
  return promise.finally(() => stdout.off('error', reject));
}
