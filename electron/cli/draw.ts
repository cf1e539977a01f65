import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type DrawFinding, PublishedDraw, verifyDraw } from '../features/draw/panels/verify-draw.ts';
import { PublishedInspection, verifyInspection } from '../features/inspections/published-inspection.ts';
import { type Run, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';

/** Five hundred examiners in sixty rooms and three sessions make half a megabyte. */
const MAX_BYTES = 32 * 1024 * 1024;

const QUESTIONS: Record<DrawFinding['question'], string> = {
  'input-sound': '名单、场次、考场写得完整 the input is sound',
  'commitment-fits-input': '抽签前公布的正是这份输入 this input was committed to before the draw',
  'witness-fits': '起点正是公布的那一份 the draw began from the published witness',
  'shares-fit': '各方的份额正是各自封好的 every share is the one its party sealed',
  'drawn-again': '按种子重抽，逐项相同 drawn again from the seed, all is the same',
  'reserves-drawn-again': '候补次序也由种子重抽，相同 the order of the reserves is the same again',
  'every-rule-kept': '另行检查，没有一条规则被违反 checked apart, every rule is kept',
};

const Published = z.discriminatedUnion('format', [PublishedDraw, PublishedInspection]);

/** `kaodian draw verify FILE`: anyone repeats a draw of panels or of an inspection from what was published. */
export const run: Run = async (args, { stdout }) => {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [what, file, ...more] = positionals;
  if (what !== 'verify' || file === undefined || more.length > 0) throw new UsageError('draw verify FILE');
  const published = await readDraw(file);
  const findings =
    published.format === 'kaodian-inspection-draw/1' ? verifyInspection(published) : verifyDraw(published);
  if (values.json) stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else
    for (const { question, passed, detail } of findings) {
      const said = passed ? '通过 pass' : '不通过 FAIL';
      stdout.write(`${said}  ${QUESTIONS[question]}${detail === '' ? '' : `\n      ${detail}`}\n`);
    }
  return findings.every((f) => f.passed) ? EXIT.good : EXIT.failed;
};

async function readDraw(path: string): Promise<z.infer<typeof Published>> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > MAX_BYTES) throw new UsageError(`读不了文件 cannot read: ${path}`);
  const parsed = Published.safeParse(parseJson(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`不是抽签记录 not a published draw: ${issue?.path.join('.')} ${issue?.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
