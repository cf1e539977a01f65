import { mm } from '../../printing/millimetres.ts';
import type { Content, TableCell } from '../../printing/print-pdf.ts';
import { RULED } from '../../printing/ruled-table.ts';
import { LEVEL_WORDS } from '../plan/sheets/sessions.ts';
import { writeWallTime } from '../plan/wall-time.ts';
import type { FormHead } from './form-facts.ts';

const PARTS = { theory: '理论知识', skills: '操作技能', review: '综合评审' } as const;
export const partWord = (part: FormHead['part']): string => PARTS[part];

/** 四级（中级工） */
export function levelWord(level: FormHead['level']): string {
  const [name, title] = LEVEL_WORDS[level][1].split('/');
  return `${name}（${title}）`;
}

/** Marks are printed with one decimal, always: 80.0. */
export const markText = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}`;

export const minuteOf = (ms: number): string => writeWallTime(ms).slice(0, 16);

/** The form's name, large, with what it is of under it. */
export const formTitle = (title: string, under: string): Content => ({
  stack: [
    { text: title, fontSize: 20, characterSpacing: 4, alignment: 'center' },
    { text: under, fontSize: 10, alignment: 'center', margin: [0, 2, 0, 6] },
  ],
});

/** Pairs of label and value, two pairs in a row. */
export function factTable(facts: readonly (readonly [label: string, value: string])[]): Content {
  const cells = facts.flatMap(([label, value]): TableCell[] => [labelCell(label), { text: value, fontSize: 10.5 }]);
  while (cells.length % 4 !== 0) cells.push({ text: '' });
  return {
    layout: { ...RULED, paddingTop: () => 3, paddingBottom: () => 3 },
    table: {
      widths: [mm(22), '*', mm(22), '*'],
      body: Array.from({ length: cells.length / 4 }, (_, i) => cells.slice(4 * i, 4 * i + 4)),
    },
    margin: [0, 0, 0, mm(3)],
  };
}

export const labelCell = (label: string): TableCell => ({ text: label, fillColor: '#f0f0f0', alignment: 'center' });

/** What every form says of its session. */
export const sessionFacts = (head: FormHead): [string, string][] => [
  ['考核点', head.siteName],
  ['备案号', head.filingNumber],
  ['批次', head.batch],
  ['场次', head.sessionLabel],
  ['职业（工种）', head.occupation],
  ['等级', levelWord(head.level)],
  ['考试时间', `${minuteOf(head.startsAtMs)} 至 ${minuteOf(head.endsAtMs).slice(11)}`],
];

export const sectionHead = (text: string): Content => ({ text, fontSize: 11.5, margin: [0, mm(3), 0, mm(1.5)] });

export const quiet = (text: string): Content => ({ text, fontSize: 8, color: '#404040', margin: [0, 3, 0, 0] });
