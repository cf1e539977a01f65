import { codeColumn, idColumn, textColumn } from '../columns.ts';
import { Plan } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { planId, batch, rulePack } = Plan.shape;

export const headSheet = sheet({
  table: 'head',
  name: '计划',
  about: { zh: '计划本身，只填一行', en: 'The plan itself, one row' },
  rows: { min: 1, max: 1 },
  columns: {
    planId: idColumn({ title: '计划编号', note: '字母、数字、-、_，不超过 40 个字符', example: 'PLAN-001' }, planId),
    batch: textColumn(
      { title: '批次', note: '批次名称，如 2026 年第 3 批', example: '2026 年第 3 批', width: 24 },
      batch,
    ),
    rulePack: codeColumn(
      { title: '规则包', note: '规则包编号，一般为 national', example: 'national' },
      rulePack,
      'bad-rule-pack',
    ),
  },
});
