import type { z } from 'zod';
import { HASH_BYTES } from '../../../journal/merkle.ts';
import { SIGNINGS } from '../../forms/handwriting.ts';
import { ENTRIES_PATH, LEAVES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { FORMS_PATH, FormsDocument, JournalLine, SHEETS_PATH, SheetsDocument } from './documents.ts';

const CITED: Question = {
  id: 'forms.1',
  title: {
    zh: '表册上的每个签名都指向日志里那一条签名',
    en: 'Every signature on a form leads to the entry in the journal that reports it',
  },
};
const COMPLETE: Question = {
  id: 'forms.2',
  title: {
    zh: '每份锁定的评分都有评分表，没有打印的说明了原因',
    en: 'Every locked sheet has its score sheet; what was not printed says why',
  },
};

type Line = z.infer<typeof JournalLine>;

/** What a bundle proves about its printed forms: the codes on them, and that none is left out. Pages are not read. */
export const formsClaims: ContentClaim = async (index, readJson, readLines, readBytes): Promise<Claim[]> => {
  const list = FormsDocument.safeParse(await readJson(FORMS_PATH));
  const sheets = SheetsDocument.safeParse(await readJson(SHEETS_PATH));
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  const leaves = await readBytes(LEAVES_PATH);
  if (!list.success || !sheets.success || !lines || !leaves) {
    const why = ['包里没有表册清单。', 'The bundle has no list of forms.'] as const;
    return [CITED, COMPLETE].map((q) => notPresent(q, ...why));
  }
  const at = new Map(lines.map((line) => [line.seq, line]));
  const cited = list.data.forms.flatMap((form) => form.signed.map((s) => ({ ...s, formId: form.formId })));
  const astray = cited.filter((s) => !reports(at.get(s.seq), s.evidenceId) || leafAt(leaves, s.seq) !== s.leaf);
  const held = new Set(index.items.map((i) => i.path));
  const formIds = new Set(list.data.forms.map((f) => f.formId));
  const lacking = [
    ...list.data.forms.filter((f) => (f.path === null ? !f.refused : !held.has(f.path))).map((f) => f.formId),
    ...sheets.data.sheets
      .map((s) => `score-sheets:${s.roomId}:${s.examinerId}`)
      .filter((formId) => !formIds.has(formId)),
  ];
  const refused = list.data.forms.filter((f) => f.path === null);
  return [
    astray.length === 0
      ? pass(CITED, `${cited.length} 处签名都对得上。`, `All ${cited.length} signatures agree.`)
      : fail(
          CITED,
          `对不上：${named(astray.map((s) => `${s.formId} 第 ${s.seq} 条`))}。`,
          `These do not agree: ${named(astray.map((s) => `${s.formId} entry ${s.seq}`))}.`,
          [FORMS_PATH, ENTRIES_PATH],
        ),
    lacking.length === 0
      ? pass(
          COMPLETE,
          `${list.data.forms.length - refused.length} 份在包里${refusedWords(refused, '；没有打印：', '。')}`,
          `${list.data.forms.length - refused.length} are in the bundle${refusedWords(refused, '; not printed: ', '.')}`,
        )
      : fail(COMPLETE, `缺：${named(lacking)}。`, `Missing: ${named(lacking)}.`, [FORMS_PATH]),
  ];
};

const named = (ids: readonly string[]): string => ids.slice(0, 20).map(printable).join('、');
const refusedWords = (refused: readonly { formId: string; refused: string | null }[], head: string, end: string) =>
  refused.length === 0 ? end : `${head}${named(refused.map((f) => `${f.formId} (${f.refused})`))}${end}`;

const reports = (line: Line | undefined, evidenceId: string): boolean =>
  line !== undefined && SIGNINGS.includes(line.event) && line.data.evidenceId === evidenceId;

const leafAt = (leaves: Uint8Array, seq: number): string =>
  Buffer.from(leaves.subarray(seq * HASH_BYTES, (seq + 1) * HASH_BYTES)).toString('hex');
