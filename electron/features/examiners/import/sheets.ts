import { z } from 'zod';
import { RoomId, SessionId, SiteId } from '../../../lib/ids.ts';
import {
  type Column,
  choiceColumn,
  codeColumn,
  countColumn,
  dayColumn,
  idColumn,
  listColumn,
  optional,
  textColumn,
  timeColumn,
} from '../../plan/columns.ts';
import type { TableSpec } from '../../plan/sheets/sheet.ts';
import { DocumentNumber, DossierRecord } from '../dossier-record.ts';

const { name, cardNumber } = DossierRecord.shape;
const line = (max: number) => name.max(max);

/** The person a row is about: by the number of their card, which stands once in the sheet 档案. */
const of = textColumn(
  { title: '考评员证号', note: '「档案」表中的证号', example: 'KP-0001', aliases: ['证卡编号'] },
  cardNumber,
);
const from = optional(dayColumn({ title: '起始日期', note: '如 2020-09-01；不清楚的不填', example: '2020-09-01' }));
const until = optional(dayColumn({ title: '终止日期', note: '至今的不填', example: '' }));
const year = countColumn({ title: '年度', note: '四位数', example: '2025', width: 8 }, z.int().min(1990).max(2100));

/** Words for lists of a dossier, as the column 未核实 names them. */
const LIST_WORDS = {
  scope: '考评范围',
  appraisals: '年度考核',
  trainingHours: '培训学时',
  employers: '工作单位',
  trainingPosts: '培训任职',
  taught: '任教班级',
  ties: '回避关系',
  served: '考评经历',
} as const;
const LEVEL_WORDS = { 五级: '5', 四级: '4', 三级: '3', 二级: '2', 一级: '1' } as const;
const wordOf = z.enum(Object.values(LIST_WORDS) as [string, ...string[]]);
const levelWord = z.string().transform((word, ctx) => {
  const found = (LEVEL_WORDS as Record<string, string>)[word] ?? (/^[1-5]$/.test(word) ? word : undefined);
  if (found === undefined) ctx.addIssue('no level');
  return found ?? '';
});

const COMMA = { parting: /[、,，;；\n]/, joint: '、' } as const;

/** Every sheet of the workbook of dossiers, in the order of its tabs. `list` is the list of the dossier it fills. */
export const DOSSIER_SHEETS = {
  persons: {
    name: '档案',
    about: {
      zh: '每名考评员一行。空白格表示不改动已有档案；新建档案时表示不清楚',
      en: 'One row an examiner. An empty cell leaves what is on file; in a new file it means not known',
    },
    rows: { min: 1, max: 2000 },
    columns: {
      cardNumber: textColumn(
        { title: '考评员证号', note: '证卡上的编号，不重复', example: 'KP-0001', aliases: ['证卡编号'] },
        cardNumber,
      ),
      name: textColumn({ title: '姓名', note: '与考评员证一致', example: '李某（样本）' }, name),
      formerCard: optional(
        textColumn({ title: '原证号', note: '换发新证的，填已有档案里的旧证号', example: '' }, cardNumber),
      ),
      documentNumber: optional(
        codeColumn(
          { title: '证件号码', note: '文本格式；只用于查找亲属等关系，屏幕上遮盖', example: '', width: 24 },
          DocumentNumber,
          'bad-document-number',
          true,
        ),
      ),
      grade: optional(
        choiceColumn(
          { title: '资格等级', note: '考评员或高级考评员', example: '考评员' },
          { examiner: ['考评员'], senior: ['高级考评员', '高级'] },
        ),
      ),
      cardFrom: optional(dayColumn({ title: '证卡起始日', note: '如 2024-06-21', example: '2024-06-21' })),
      cardUntil: optional(dayColumn({ title: '证卡截止日', note: '如 2027-06-20', example: '2027-06-20' })),
      pool: optional(
        choiceColumn(
          { title: '在库状态', note: '在库、暂停或终身不得再任', example: '在库' },
          { active: ['在库', '正常'], suspended: ['暂停'], excluded: ['终身不得再任', '终身清退'] },
        ),
      ),
      supervisorFrom: optional(
        dayColumn({ title: '督导员任期起', note: '担任内部督导员的第一天；不是督导员的不填', example: '' }),
      ),
      incomplete: optional(
        listColumn(
          {
            title: '未核实',
            note: `不齐全、没核实的内容，用顿号分开：${Object.values(LIST_WORDS).join('、')}`,
            example: '任教班级、回避关系',
          },
          wordOf,
          { ...COMMA, fault: 'bad-choice' },
        ),
      ),
    },
  },
  scope: {
    name: '考评范围',
    about: { zh: '证卡允许的每个职业一行', en: 'One row for each occupation on the card' },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      occupation: textColumn({ title: '职业', note: '与计划中的职业名称一致', example: '电工', width: 20 }, line(60)),
      levels: optional(
        listColumn(
          {
            title: '等级',
            note: '五级、四级、三级、二级、一级，用顿号分开；不清楚的不填',
            example: '五级、四级、三级',
          },
          levelWord as unknown as z.ZodType<string>,
          { ...COMMA, fault: 'bad-choice' },
        ),
      ),
    },
  },
  appraisals: {
    name: '年度考核',
    about: { zh: '每人每年一行', en: 'One row a person and year' },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      year,
      result: choiceColumn(
        { title: '结果', note: '合格或不合格', example: '合格', width: 10 },
        { fit: ['合格', '通过'], unfit: ['不合格', '未通过'] },
      ),
    },
  },
  trainingHours: {
    name: '培训学时',
    about: { zh: '每人每年一行', en: 'One row a person and year' },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      year,
      hours: countColumn({ title: '学时', note: '整数', example: '24', width: 8 }, z.int().min(0).max(2_000)),
    },
  },
  employers: {
    name: '工作单位',
    about: { zh: '现在和曾经的每个单位一行', en: 'One row for each employer, present and former' },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      name: textColumn({ title: '单位', note: '全称', example: '示范单位', width: 30 }, line(80)),
      from,
      until,
    },
  },
  trainingPosts: {
    name: '培训任职',
    about: { zh: '在培训机构的每个职务一行', en: 'One row for each post at a training institution' },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      institution: textColumn({ title: '培训机构', note: '全称', example: '示范培训学校', width: 30 }, line(80)),
      from,
      until,
    },
  },
  taught: {
    name: '任教班级',
    about: {
      zh: '教过的每个班一行，班级名称与考生报名时一致',
      en: 'One row for each class taught, named as in the enrolment',
    },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      classId: textColumn(
        { title: '班级', note: '与「考生」的培训班级一致', example: '2026 春保育 1 班', width: 24 },
        line(40),
      ),
      from,
      until,
    },
  },
  ties: {
    name: '回避关系',
    about: {
      zh: '申报的每个关系一行：对方填证件号码，或者填考评员证号和姓名',
      en: 'One row for each declared tie: the other by document number, or by examiner card and name',
    },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      kind: choiceColumn(
        { title: '关系', note: '近亲属、师徒或其他', example: '近亲属', width: 10 },
        { kin: ['近亲属', '亲属'], 'master-apprentice': ['师徒'], declared: ['其他'] },
      ),
      documentNumber: optional(
        codeColumn(
          { title: '对方证件号码', note: '文本格式', example: '', width: 24 },
          DocumentNumber,
          'bad-document-number',
          true,
        ),
      ),
      otherCard: optional(
        textColumn({ title: '对方考评员证号', note: '对方也是考评员时填', example: 'KP-0002' }, cardNumber),
      ),
      otherName: optional(textColumn({ title: '对方姓名', note: '填了证号的必填', example: '王某（样本）' }, name)),
    },
  },
  served: {
    name: '考评经历',
    about: {
      zh: '在任何考核点考评过的每场一行；只增加，不删除',
      en: 'One row for each session served anywhere; only added to',
    },
    rows: { min: 0, max: 20_000 },
    columns: {
      cardNumber: of,
      sessionId: idColumn({ title: '场次编号', note: '字母、数字、-、_', example: 'S1' }, SessionId),
      siteId: idColumn({ title: '考核点编号', note: '计划中的考核点编号', example: 'SITE-1' }, SiteId),
      roomId: idColumn({ title: '考场编号', note: '字母、数字、-、_', example: '101' }, RoomId),
      startsAtMs: timeColumn({ title: '开始时间', note: '北京时间，如 2026-03-01 09:00', example: '2026-03-01 09:00' }),
      duty: optional(
        choiceColumn(
          { title: '职责', note: '组长、组员或候补；不清楚的不填', example: '组员', width: 10 },
          { lead: ['组长', '考评组长'], member: ['组员', '成员'], reserve: ['候补', '备选'] },
        ),
      ),
    },
  },
} as const satisfies Record<string, TableSpec>;

export type DossierTable = keyof typeof DOSSIER_SHEETS;
export type ListTable = Exclude<DossierTable, 'persons'>;
type Spec<T extends DossierTable> = (typeof DOSSIER_SHEETS)[T]['columns'];
/** A whole row of a sheet. */
export type DossierRow<T extends DossierTable> = {
  [K in keyof Spec<T>]: Spec<T>[K] extends Column<infer V> ? V : never;
};

export const DOSSIER_TABLES = Object.keys(DOSSIER_SHEETS) as DossierTable[];
export const LIST_TABLES = DOSSIER_TABLES.filter((t): t is ListTable => t !== 'persons');
/** The list that a word of the column 未核实 names. */
export const listOfWord = (word: string): ListTable =>
  (Object.keys(LIST_WORDS) as ListTable[]).find((list) => LIST_WORDS[list] === word)!;
