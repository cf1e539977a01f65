import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { packagedResources, projectPaths } from '../desktop/project-paths.ts';
import { printable } from '../features/archive/claims/claim.ts';
import type { PlanProblem } from '../features/plan/contract.ts';
import { importPlan, type NamedFile } from '../features/plan/import-plan.ts';
import { readPlanPackage } from '../features/plan/package.ts';
import type { Plan } from '../features/plan/plan-schema.ts';
import { loadRulePack } from '../features/rules/load-rule-pack.ts';
import { printTickets, type TicketsError } from '../features/tickets/print-tickets.ts';
import { parseOpensshPrivateKey } from '../lib/openssh-private-key.ts';
import { err, ok, type Result, unreachable } from '../lib/result.ts';
import { type Run, readTextFile, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';

/** A package holds the photos of 5,000 people at most; a workbook is small beside that. */
const MAX_PLAN_BYTES = 520 * 1024 * 1024;

const KEY_SENTENCES = {
  NOT_OPENSSH: '不是 OpenSSH 私钥文件 not an OpenSSH private key file',
  PROTECTED:
    '私钥有口令保护，这里打不开：先 cp KEY KEY.open，再 ssh-keygen -p -N "" -f KEY.open，用后删除 ' +
    'the key has a passphrase: copy it, take the passphrase off the copy with ssh-keygen -p, delete the copy afterwards',
  OTHER_KIND: '不是 Ed25519 私钥 not an Ed25519 key',
  DAMAGED: '私钥文件损坏 the key file is damaged',
} as const;

/** `kaodian tickets`: the admission tickets of a plan, signed with the centre's key, as a PDF to print. */
export const run: Run = async (args, { stdout, stderr }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      out: { type: 'string' },
      photos: { type: 'string' },
      ticket: { type: 'string', multiple: true, default: [] },
      'whole-number': { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || values.key === undefined || values.out === undefined) {
    throw new UsageError('要计划文件、私钥文件和输出文件 a plan, a key file and an output file are needed');
  }
  const centreKey = parseOpensshPrivateKey(await readTextFile(values.key));
  if (!centreKey.ok) throw new UsageError(`${KEY_SENTENCES[centreKey.error.code]}: ${values.key}`);
  const read = await readPlan(file, values.photos);
  if (!read.ok) {
    for (const { sheet, row, column, text } of read.error) {
      stderr.write(`✕ ${printable(`${sheet} ${column}${row || ''} ${text.zh} ${text.en}`.trim())}\n`);
    }
    return EXIT.failed;
  }
  const { plan, photos } = read.value;
  const { resourcesDir } = projectPaths(import.meta.dirname, packagedResources(import.meta.dirname));
  const pack = await loadRulePack(join(resourcesDir, 'rule-packs'), plan.rulePack);
  if (!pack.ok) throw new UsageError(`没有可用的规则包 no usable rule pack: ${plan.rulePack}`);
  const printed = await printTickets({
    plan,
    photos,
    pack: pack.value,
    centreKey: centreKey.value,
    wholeNumber: values['whole-number'],
    only: values.ticket,
    nowMs: Date.now(),
    fontsDir: join(resourcesDir, 'fonts'),
  });
  if (!printed.ok) {
    stderr.write(`${printable(sentence(printed.error))}\n`);
    return EXIT.failed;
  }
  await writeWhole(values.out, printed.value.pdf);
  const { ticketNumbers, withoutPhoto, undrawn } = printed.value;
  stdout.write(`印好 ${ticketNumbers.length} 张准考证 tickets printed: ${printable(values.out)}\n`);
  for (const number of withoutPhoto) stderr.write(`– 照片无法显示，已留空 photo left out: ${printable(number)}\n`);
  if (undrawn.length > 0) {
    stderr.write(`– 本机字体缺字，已印成编码 no font draws, printed as codes: ${printable(undrawn.join(' '))}\n`);
  }
  return EXIT.good;
};

function sentence(error: TicketsError): string {
  switch (error.code) {
    case 'KEY_NOT_OF_CENTRE':
      return '这把私钥不在计划的鉴定中心名片上，考点不会认 the plan’s centre card does not name this key: no site would believe it';
    case 'KEY_REVOKED':
      return '这把私钥已被计划作废 the plan’s centre card has withdrawn this key';
    case 'NO_SUCH_TICKET':
      return `计划里没有这张准考证 the plan has no such ticket: ${error.ticketNumber}`;
    case 'TOO_MANY_SESSIONS':
      return `一张准考证最多 16 场 a ticket states 16 sessions at most: ${error.ticketNumber}`;
    default:
      return unreachable(error);
  }
}

type ReadPlan = { plan: Plan; photos: Map<string, Uint8Array> };

/** A signed package, or a workbook with its photos: a folder or a zip, `photos` beside the workbook unless named. */
async function readPlan(file: string, photos: string | undefined): Promise<Result<ReadPlan, PlanProblem[]>> {
  const bytes = await readBytes(file);
  if (!/\.xlsx$/i.test(file)) {
    const read = await readPlanPackage(bytes, 'signer-in-package');
    return read.ok ? ok(read.value) : err(read.error.problems);
  }
  const picked = await readPhotos(photos ?? join(dirname(file), 'photos'));
  const read = await importPlan({ workbook: bytes, photos: picked });
  return read.ok ? ok(read.value) : err(read.error.problems);
}

async function readPhotos(path: string): Promise<NamedFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return [{ name: path, bytes: await readBytes(path) }];
  const names = await readdir(path).catch(() => {
    throw new UsageError(`找不到照片，请用 --photos 指明 no photos, give --photos: ${path}`);
  });
  const files: NamedFile[] = [];
  for (const name of names) {
    if ((await stat(join(path, name))).isFile()) files.push({ name, bytes: await readBytes(join(path, name)) });
  }
  return files;
}

async function readBytes(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > MAX_PLAN_BYTES) throw new UsageError(`读不了文件 cannot read: ${path}`);
  return new Uint8Array(await readFile(path));
}

/** All of it or none, for its owner alone: it shows people. @throws UsageError */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, bytes, { mode: 0o600 });
    await rename(partial, path);
  } catch {
    await rm(partial, { force: true });
    throw new UsageError(`写不了文件 cannot write: ${path}`);
  }
}
