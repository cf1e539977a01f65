import { choiceColumn, codeColumn, dayColumn, tenthsColumn, textColumn } from '../columns.ts';
import { PartPass } from '../plan-schema.ts';
import { LEVEL_WORDS, PART_WORDS } from './sessions.ts';
import { sheet } from './sheet.ts';

const { documentNumber, occupation, scoreTenths, source } = PartPass.shape;

export const partPassSheet = sheet({
  table: 'partPasses',
  name: '已合格科目',
  about: {
    zh: '考生以前已经合格、仍在有效期内的科目，可不填；按证件号码对人',
    en: 'Parts that candidates have passed before; may stay empty. The person is found by the document number',
  },
  rows: { min: 0, max: 20_000 },
  columns: {
    documentNumber: codeColumn(
      {
        title: '证件号码',
        aliases: ['身份证号', '身份证号码', '证件号'],
        note: '文本格式；作数字输入会丢失末位',
        example: '',
        width: 24,
      },
      documentNumber,
      'bad-document-number',
      true,
    ),
    occupation: textColumn(
      { title: '职业', note: '职业（工种）名称', example: '电工', aliases: ['职业（工种）', '工种'] },
      occupation,
    ),
    level: choiceColumn({ title: '等级', note: '五级至一级', example: '四级', width: 10 }, LEVEL_WORDS),
    part: choiceColumn({ title: '科目', note: '理论、技能或综合评审', example: '理论', width: 10 }, PART_WORDS),
    scoreTenths: tenthsColumn({ title: '成绩', note: '最多一位小数', example: '78' }, scoreTenths),
    passedOn: dayColumn({ title: '合格日期', note: '如 2025-09-01', example: '2025-09-01' }),
    source: textColumn(
      { title: '依据', note: '批次、公布文件或合格通知', example: '样本公布〔2025〕3号', width: 30 },
      source,
    ),
  },
});
