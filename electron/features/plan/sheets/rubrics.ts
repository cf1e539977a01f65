import { codeColumn, idColumn, tenthsColumn, textColumn } from '../columns.ts';
import { Rubric, RubricItem } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { rubricId, title, passTenths } = Rubric.shape;
const item = RubricItem.shape;
const deduction = item.deductions.element.shape;
const rubricReference = idColumn({ title: '评分表编号', note: '「评分表」表中的编号', example: 'R1' }, rubricId);
const itemId = { title: '评分项编号', note: '同一评分表内不重复', example: '1' };

export const rubricSheet = sheet({
  table: 'rubrics',
  name: '评分表',
  about: { zh: '每份评分表一行；评分项之和为 100.0 分', en: 'One row a rubric; its items sum to 100.0' },
  rows: { min: 0, max: 200 },
  columns: {
    rubricId: idColumn({ title: '评分表编号', note: '字母、数字、-、_', example: 'R1' }, rubricId),
    title: textColumn({ title: '评分表名称', note: '打印在评分表上', example: '电工四级技能评分表', width: 30 }, title),
    passTenths: tenthsColumn({ title: '合格分', note: '一般为 60，最多一位小数', example: '60' }, passTenths),
  },
});

export const itemSheet = sheet({
  table: 'items',
  name: '评分项',
  about: { zh: '每个评分项一行，按打印顺序', en: 'One row an item, in the order of the sheet' },
  rows: { min: 0, max: 12_000 },
  columns: {
    rubricId: rubricReference,
    itemId: codeColumn(itemId, item.itemId, 'bad-id'),
    title: textColumn({ title: '评分项', note: '考核内容', example: '安全操作', width: 40 }, item.title),
    maxTenths: tenthsColumn({ title: '满分', note: '最多一位小数', example: '100' }, item.maxTenths),
  },
});

export const deductionSheet = sheet({
  table: 'deductions',
  name: '扣分项',
  about: { zh: '常用扣分，可不填', en: 'Customary deductions; may stay empty' },
  rows: { min: 0, max: 20_000 },
  columns: {
    rubricId: rubricReference,
    itemId: codeColumn(itemId, item.itemId, 'bad-id'),
    text: textColumn({ title: '扣分原因', note: '一句话', example: '未验电', width: 40 }, deduction.text),
    tenths: tenthsColumn({ title: '扣分', note: '最多一位小数', example: '5' }, deduction.tenths),
  },
});
