import { RubricId } from '../../../lib/ids.ts';
import { choiceColumn, idColumn, optional, textColumn, timeColumn } from '../columns.ts';
import { PlannedSession } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { sessionId, label, occupation } = PlannedSession.shape;

export const LEVEL_WORDS = {
  '5': ['五级', '五级/初级工', '初级工', '初级'],
  '4': ['四级', '四级/中级工', '中级工', '中级'],
  '3': ['三级', '三级/高级工', '高级工', '高级'],
  '2': ['二级', '二级/技师', '技师'],
  '1': ['一级', '一级/高级技师', '高级技师'],
} as const;

export const PART_WORDS = {
  theory: ['理论', '理论知识'],
  skills: ['技能', '操作技能', '技能操作'],
  review: ['综合评审'],
} as const;

export const sessionSheet = sheet({
  table: 'sessions',
  name: '场次',
  about: { zh: '每场考试一行；时间为北京时间', en: 'One row a session; times are Beijing time' },
  rows: { min: 1, max: 200 },
  columns: {
    sessionId: idColumn({ title: '场次编号', note: '字母、数字、-、_', example: 'S1' }, sessionId),
    label: textColumn({ title: '场次名称', note: '屏幕上显示的名称', example: '上午技能第一场', width: 24 }, label),
    part: choiceColumn({ title: '科目', note: '理论、技能或综合评审', example: '技能', width: 10 }, PART_WORDS),
    occupation: textColumn(
      { title: '职业', note: '职业（工种）名称', example: '电工', aliases: ['职业（工种）', '工种'] },
      occupation,
    ),
    level: choiceColumn({ title: '等级', note: '五级至一级', example: '四级', width: 10 }, LEVEL_WORDS),
    startsAtMs: timeColumn({ title: '开始时间', note: '如 2026-03-01 09:00', example: '2026-03-01 09:00' }),
    endsAtMs: timeColumn({ title: '结束时间', note: '如 2026-03-01 11:30', example: '2026-03-01 11:30' }),
    rubricId: optional(idColumn({ title: '评分表编号', note: '理论场次不填，其余必填', example: 'R1' }, RubricId)),
  },
});
