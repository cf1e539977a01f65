import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printable } from '../features/archive/claims/claim.ts';
import { type OpenBundleError, openBundle } from '../features/archive/open-bundle.ts';
import { unreachable } from '../lib/result.ts';
import { eventCatalogue } from '../station/catalogue.ts';
import { type Run, readKeyFile, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';

function sentence(error: OpenBundleError): string {
  switch (error.code) {
    case 'NO_BUNDLE':
      return '打不开封存包目录 cannot open the bundle directory';
    case 'OUT_NOT_EMPTY':
      return '输出目录要是新的或空的 the output directory must be new or empty';
    case 'INDEX':
      return `目录文件：${error.reason.zh} The index: ${error.reason.en}`;
    case 'NO_SUCH_CANDIDATE':
      return '名单里没有这个考生 no candidate of the plan has this number';
    case 'DISK_FULL':
      return '磁盘已满，只打开了一部分 the disk is full; only a part was opened';
    default:
      return unreachable(error);
  }
}

/** `kaodian open`: decrypts a bundle, or one candidate's part of it, and names what did not open. */
export const run: Run = async (args, { stdout, stderr }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { key: { type: 'string', multiple: true }, out: { type: 'string' }, candidate: { type: 'string' } },
  });
  const [dir, ...also] = positionals;
  if (dir === undefined || !values.key || !values.out) {
    throw new UsageError('要封存包目录、私钥文件和输出目录 a bundle, a key file and an output directory are needed');
  }
  const identities = (await Promise.all(values.key.map(readKeyFile))).flat();
  const opened = await openBundle(dir, identities, values.out, {
    also,
    events: new Map([...eventCatalogue()].map(([id, { meaning }]) => [id, meaning])),
    ...(values.candidate !== undefined && { candidate: values.candidate }),
  });
  if (!opened.ok) {
    stderr.write(`${sentence(opened.error)}\n`);
    return ['NO_BUNDLE', 'OUT_NOT_EMPTY', 'NO_SUCH_CANDIDATE'].includes(opened.error.code) ? EXIT.usage : EXIT.failed;
  }
  const { files } = opened.value;
  const of = (kind: (typeof files)[number]['kind']) => files.filter((file) => file.kind === kind);
  const failed = [...of('damaged'), ...of('missing')];
  stdout.write(`打开 ${of('opened').length} 个文件 files opened: ${printable(join(values.out, 'index.html'))}\n`);
  for (const { item } of of('other-key'))
    stdout.write(`– 只有别的密钥能打开 for another key: ${printable(item.path)}\n`);
  for (const { item } of failed) stderr.write(`✕ 损坏或缺少 damaged or missing: ${printable(item.path)}\n`);
  return failed.length === 0 ? EXIT.good : EXIT.failed;
};
