import { choiceColumn, codeColumn, countColumn, idColumn, optional, tenthsColumn, textColumn } from '../columns.ts';
import { Rubric, RubricItem, Veto } from '../plan-schema.ts';
import { LEVEL_WORDS, PART_WORDS } from './sessions.ts';
import { sheet } from './sheet.ts';

const { rubricId, title, passTenths, occupation, minutes } = Rubric.shape;
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
    occupation: optional(
      textColumn(
        { title: '职业', note: '职业（工种）名称', example: '电工', aliases: ['职业（工种）', '工种'] },
        occupation.unwrap(),
      ),
    ),
    level: optional(choiceColumn({ title: '等级', note: '五级至一级', example: '四级', width: 10 }, LEVEL_WORDS)),
    part: optional(
      choiceColumn({ title: '科目', note: '理论、技能或综合评审', example: '技能', width: 10 }, PART_WORDS),
    ),
    minutes: optional(countColumn({ title: '限时', note: '整份限时，分钟，可不填', example: '120' }, minutes.unwrap())),
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
    section: optional(
      textColumn(
        { title: '模块', note: '同一模块的评分项排在一起，可不填', example: '安全文明生产', width: 20 },
        item.section.unwrap(),
      ),
    ),
    stepTenths: optional(
      tenthsColumn(
        { title: '给分单位', note: '如 0.5：只能给 0.5 的倍数；不填为 0.1', example: '0.5' },
        item.stepTenths.unwrap(),
      ),
    ),
    minutes: optional(
      countColumn({ title: '限时', note: '这一项限时，分钟，可不填', example: '20' }, item.minutes.unwrap()),
    ),
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

export const vetoSheet = sheet({
  table: 'vetoes',
  name: '否决项',
  about: {
    zh: '一票否决的情形，可不填；出现其一，不论得分，该科不合格',
    en: 'What fails a candidate whatever the marks are; may stay empty',
  },
  rows: { min: 0, max: 4_000 },
  columns: {
    rubricId: rubricReference,
    vetoId: codeColumn({ title: '否决项编号', note: '同一评分表内不重复', example: 'V1' }, Veto.shape.vetoId, 'bad-id'),
    text: textColumn({ title: '否决情形', note: '一句话', example: '带电作业未验电', width: 60 }, Veto.shape.text),
  },
});
