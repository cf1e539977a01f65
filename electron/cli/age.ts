import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { type AgeError, AgeFailure, decryptStream, encryptStream, parseRecipient } from '../vault/age/age.ts';
import { type Run, readKeyFile, UsageError } from './command.ts';
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
  const through = values.decrypt
    ? decryptStream((await Promise.all(keyFiles.map(readKeyFile))).flat())
    : encryptStream(recipients);
  const partial = `${output}.partial`;
  try {
    const source = file === '-' ? stdin : createReadStream(file, { highWaterMark: 1024 * 1024 });
    if (output === undefined) await pipeline(source, through, stdout, { end: false });
    else {
      await pipeline(source, through, createWriteStream(partial, { mode: 0o600 }));
      await rename(partial, output);
    }
    return EXIT.good;
  } catch (cause) {
    if (output !== undefined) await rm(partial, { force: true });
    if (cause instanceof AgeFailure) {
      stderr.write(`${SENTENCES[cause.ageError.code]}\n`);
      return EXIT.failed;
    }
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new UsageError(`打不开 cannot open: ${file}`);
    throw cause;
  }
};
