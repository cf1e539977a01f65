import { choiceColumn, idColumn, listColumn, textColumn } from '../columns.ts';
import { PanelSeat, PlannedExaminer } from '../plan-schema.ts';
import { sheet } from './sheet.ts';

const { examinerId, name, cardNumber, employer, occupations } = PlannedExaminer.shape;
const seat = PanelSeat.shape;

export const examinerSheet = sheet({
  table: 'examiners',
  name: '考评员',
  about: { zh: '每名考评员一行', en: 'One row an examiner' },
  rows: { min: 0, max: 2000 },
  columns: {
    examinerId: idColumn({ title: '考评员编号', note: '字母、数字、-、_，不重复', example: 'E01' }, examinerId),
    name: textColumn({ title: '姓名', note: '与考评员证一致', example: '李某（样本）' }, name),
    grade: choiceColumn(
      { title: '资格等级', note: '考评员或高级考评员', example: '考评员' },
      { examiner: ['考评员'], senior: ['高级考评员', '高级'] },
    ),
    cardNumber: textColumn(
      { title: '考评员证号', note: '证卡上的编号', example: 'KP-0001', aliases: ['证卡编号'] },
      cardNumber,
    ),
    employer: textColumn({ title: '工作单位', note: '现工作单位全称', example: '示范单位', width: 30 }, employer),
    occupations: listColumn(
      { title: '考评职业', note: '多个职业用顿号分开', example: '电工、焊工' },
      occupations.element,
      { parting: /[、,，;；\n]/, joint: '、', fault: 'bad-text' },
    ),
  },
});

export const panelSheet = sheet({
  table: 'panels',
  name: '考评小组',
  about: {
    zh: '每名考评员在每场每考场的职责一行；每组一名组长',
    en: 'One row for each examiner in each room of a session; one lead a panel',
  },
  rows: { min: 0, max: 5000 },
  columns: {
    sessionId: idColumn({ title: '场次编号', note: '「场次」表中的编号', example: 'S1' }, seat.sessionId),
    roomId: idColumn({ title: '考场编号', note: '「考场」表中的编号', example: '101' }, seat.roomId),
    examinerId: idColumn({ title: '考评员编号', note: '「考评员」表中的编号', example: 'E01' }, seat.examinerId),
    duty: choiceColumn(
      { title: '职责', note: '组长、组员或候补', example: '组长', width: 10 },
      { lead: ['组长', '考评组长'], member: ['组员', '成员'], reserve: ['候补', '备选'] },
    ),
  },
});
