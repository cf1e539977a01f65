import type { AdmissionTicket, TicketPart } from './admission-tickets.ts';

/** The same in both languages; on paper the English stands small beside or under the Chinese. */
export type Words = readonly [zh: string, en: string];

export const PARTS: Readonly<Record<TicketPart['part'], Words>> = {
  theory: ['理论知识', 'Theory'],
  skills: ['操作技能', 'Skills'],
  review: ['综合评审', 'Review'],
};

export const DOCUMENTS: Readonly<Record<AdmissionTicket['documentType'], Words>> = {
  resident: ['居民身份证', 'Resident identity card'],
  hmt: ['港澳台居民居住证', 'Residence permit for HK, Macao and Taiwan residents'],
  foreigner: ['外国人永久居留身份证', 'Foreign permanent resident ID card'],
  other: ['报名时登记的证件', 'The document given at enrolment'],
};

const WEEKDAYS = '日一二三四五六';
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const BEIJING_MS = 8 * 3_600_000;

/** Day of the week in Beijing. */
export function weekday(ms: number): Words {
  const day = new Date(ms + BEIJING_MS).getUTCDay();
  return [`星期${WEEKDAYS[day]}`, WEEKDAYS_EN[day]!];
}
