import type { CellFaultCode } from '../../plan/columns.ts';
import { type PlanProblemCode, problemText, type SheetFaultCode } from '../../plan/problem-texts.ts';
import type { WorkbookFault } from '../../plan/read-workbook.ts';

type Text = readonly [zh: string, en: string];

/** What can be wrong with a file of dossiers beyond its cells. Names and document numbers are never shown: the cell says where. */
const TEXTS = {
  'no-such-person': ['「档案」表中没有证号 {value}', 'The sheet 档案 has no card {value}'],
  'card-twice': ['证号与第 {otherRow} 行重复', 'The card stands in row {otherRow} too'],
  'card-of-another': [
    '证号 {value} 在已有档案中属于另一姓名；更正姓名请在档案页修改',
    'Card {value} is on file under another name; correct a name on the page of dossiers',
  ],
  'former-card-unknown': ['已有档案中没有此人的原证号 {value}', 'No file on this person has the former card {value}'],
  'card-days-reversed': ['证卡截止日早于起始日', 'The last day of the card is before its first'],
  'days-reversed': ['终止日期早于起始日期', 'The last day is before the first'],
  'document-twice': [
    '证件号码与另一名考评员相同（第 {otherRow} 行）',
    'Another examiner, row {otherRow}, has this document number',
  ],
  'document-on-file': ['证件号码在已有档案中属于另一人', 'This document number is on file of somebody else'],
  'excluded-for-life': [
    '此人已登记为终身不得再任，不能改回',
    'This person is on file as excluded for life, which is not lifted',
  ],
  'year-in-future': ['年度 {value} 还没到', 'The year {value} has not come yet'],
  'year-twice': ['同一人同一年度与第 {otherRow} 行重复', 'The same person and year stand in row {otherRow}'],
  'scope-twice': ['同一人同一职业与第 {otherRow} 行重复', 'The same person and occupation stand in row {otherRow}'],
  'row-twice': ['与第 {otherRow} 行完全相同', 'The same as row {otherRow}'],
  'level-above-grade': [
    '考评员只能考评五级、四级、三级，请核对等级',
    'An examiner may assess levels 5, 4 and 3 only; please check',
  ],
  'tie-without-other': ['请填对方证件号码，或对方考评员证号', 'Give the other’s document number or examiner card'],
  'tie-with-both': ['对方证件号码和考评员证号只填一个', 'Give either the document number or the examiner card'],
  'tie-without-name': ['填了对方考评员证号，还要填对方姓名', 'With the other’s card their name is needed too'],
  'tie-to-self': ['关系的对方就是本人', 'The tie is to the person themselves'],
  'served-in-future': ['这一场还没开始', 'This session has not begun yet'],
  'served-in-two-places': [
    '同一时间另在第 {otherRow} 行的考点或考场',
    'At the same time in another place, row {otherRow}',
  ],
  'too-many-of-one': ['同一人在本表最多 {max} 行', 'At most {max} rows of one person in this sheet'],
  'card-expired': ['证卡已经过期', 'The card has expired'],
} as const satisfies Record<string, Text>;

export type DossierViolationCode = keyof typeof TEXTS;
export type DossierProblemCode =
  | CellFaultCode
  | SheetFaultCode
  | `workbook-${WorkbookFault['code']}`
  | 'document-check-digit'
  | 'document-birth-date'
  | DossierViolationCode;

export const DOSSIER_VIOLATION_CODES = Object.keys(TEXTS) as DossierViolationCode[];

/** The sentence for a code in both languages. */
export function dossierProblemText(code: PlanProblemCode | DossierProblemCode, facts: Record<string, string>) {
  const own = (TEXTS as Record<string, Text>)[code];
  if (own === undefined) return problemText(code as PlanProblemCode, facts);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
  return { zh: fill(own[0]), en: fill(own[1]) };
}
