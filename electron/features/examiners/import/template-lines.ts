import { EXAMPLE_MARK } from '../../plan/sheets/all.ts';

/** What the first tab of the template says. */
export const TEMPLATE_LINES: readonly (readonly [zh: string, en: string])[] = [
  ['考评员档案导入模板', "Template for importing examiners' dossiers"],
  ['在各工作表第 2 行起填写；表头不要改名，列的次序可以调整。', 'Fill in from row 2; keep the headers, order is free.'],
  [
    `以“${EXAMPLE_MARK}”开头的行是示例，不会导入，可以删除。`,
    'Rows that begin with the example mark are not imported and may be deleted.',
  ],
  [
    '「档案」表的空白格：已有档案的不改动，新建档案的记为不清楚。',
    'An empty cell in 档案 leaves what is on file; in a new file it is not known.',
  ],
  [
    '其余工作表：有这张表，就以它为准（整项替换）；删掉这张表，就不改动。',
    'Other sheets: one that is there takes the place of the whole list; one that is deleted leaves it as it is.',
  ],
  [
    '不清楚的不要猜。没核实的内容写进「未核实」，核对规则时会写明“不清楚”。',
    'Do not guess. Name what is not verified in 未核实; rules then say "not known".',
  ],
  ['只要有一处错误就不会保存任何内容，所有错误会一次列出。', 'Any error saves nothing; all errors are listed at once.'],
];
