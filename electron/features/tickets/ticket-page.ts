import { code128, qrCode, qrCodeSideMm } from '../../printing/drawn-codes.ts';
import { mm } from '../../printing/millimetres.ts';
import type { Content, ContentStack, ContentText, TableCell } from '../../printing/print-pdf.ts';
import { RULED, ruledTable } from '../../printing/ruled-table.ts';
import { maskDocumentNumber } from '../identity/document-number.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { LEVEL_WORDS } from '../plan/sheets/sessions.ts';
import { writeWallTime } from '../plan/wall-time.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { type RuleValues, ruleValues } from '../rules/rule-values.ts';
import { admissionWindow } from '../session/rules.ts';
import type { AdmissionTicket, TicketPart } from './admission-tickets.ts';
import { ticketNotes } from './ticket-notes.ts';
import { DOCUMENTS, PARTS, type Words, weekday } from './ticket-words.ts';

/** What a page is made of besides its ticket. */
export interface TicketPaper {
  plan: Plan;
  pack: RulePack;
  /** Prints the whole document number; masked otherwise. */
  wholeNumber: boolean;
}

const GREY = '#595959';
/** English, and what is said by the way. */
const ENGLISH = { fontSize: 7.5, color: GREY } as const;
const PHOTO_MM = { width: 35, height: 45 } as const;

/**
 * One ticket as a page: fields and photo, when and where of each part, both codes, notes.
 *
 * @param code the signed text of the QR code
 * @param photo name of the picture; null leaves a frame to glue one into
 */
export function ticketPage(ticket: AdmissionTicket, code: string, photo: string | null, paper: TicketPaper): Content {
  const rules = ruleValues(paper.pack);
  return {
    stack: [
      { text: paper.plan.batch, fontSize: 11, alignment: 'center' },
      { text: '准考证', fontSize: 26, characterSpacing: 10, alignment: 'center', margin: [10, 2, 0, 0] },
      { text: 'ADMISSION TICKET', fontSize: 9, characterSpacing: 2, color: GREY, alignment: 'center' },
      {
        columns: [
          { width: '*', stack: [fields(ticket, paper)] },
          { width: 'auto', stack: [photoFrame(photo)] },
        ],
        columnGap: mm(5),
        margin: [0, mm(4), 0, mm(4)],
      },
      timetable(ticket.parts, rules),
      codes(ticket.ticketNumber, code, paper.plan),
      notes(ticketNotes(ticket, paper.pack, rules), paper.pack),
    ],
  };
}

function fields(ticket: AdmissionTicket, { plan, wholeNumber }: TicketPaper): Content {
  const [document, documentEn] = DOCUMENTS[ticket.documentType];
  const number = wholeNumber ? ticket.documentNumber : maskDocumentNumber(ticket.documentNumber);
  const [level, title] = LEVEL_WORDS[ticket.level][1].split('/');
  const row = (label: Words, value: ContentText | ContentStack): TableCell[] => [
    { stack: [both(label)], verticalAlignment: 'middle' },
    { ...value, verticalAlignment: 'middle' },
  ];
  return {
    layout: RULED,
    table: {
      widths: [mm(37), '*'],
      body: [
        row(['准考证号', 'Ticket no.'], { text: ticket.ticketNumber, fontSize: 15 }),
        row(['姓名', 'Name'], { text: ticket.name, fontSize: 17 }),
        row(['证件', 'Document'], { stack: [{ text: number, fontSize: 12 }, small(`${document}  ${documentEn}`)] }),
        row(['职业（工种）', 'Occupation'], { text: ticket.occupation, fontSize: 12 }),
        row(['等级', 'Level'], {
          text: [
            { text: `${level}（${title}）`, fontSize: 12 },
            { ...ENGLISH, text: `  Level ${ticket.level}` },
          ],
        }),
        row(['考核点', 'Site'], { text: plan.site.name, fontSize: 12 }),
      ],
    },
  };
}

function photoFrame(photo: string | null): Content {
  const size = { width: mm(PHOTO_MM.width), height: mm(PHOTO_MM.height) };
  const inside: TableCell = photo
    ? { image: photo, fit: [size.width, size.height], alignment: 'center' }
    : { text: '贴照片处\nPhoto', color: GREY, alignment: 'center', margin: [0, mm(18), 0, 0] };
  return {
    layout: { ...RULED, paddingTop: () => 0, paddingBottom: () => 0, paddingLeft: () => 0, paddingRight: () => 0 },
    table: { widths: [size.width], heights: [size.height], body: [[inside]] },
  };
}

function timetable(parts: readonly TicketPart[], rules: RuleValues): Content {
  const heads: Words[] = [
    ['科目', 'Part'],
    ['日期', 'Date'],
    ['考试时间', 'Time'],
    ['入场', 'Doors'],
    ['考场', 'Room'],
    ['座位', 'Seat'],
  ];
  const row = (p: TicketPart): TableCell[] => {
    const { opensAtMs, lateAtMs } = admissionWindow(p.startsAtMs, rules);
    const [day, dayEn] = weekday(p.startsAtMs);
    return [
      { stack: [both(PARTS[p.part]), small(p.label)] },
      { stack: [dateOf(p.startsAtMs), small(`${day} ${dayEn}`)] },
      { text: `${timeOf(p.startsAtMs)}–${timeOf(p.endsAtMs)}`, fontSize: 11 },
      { text: `${timeOf(opensAtMs)}–${timeOf(lateAtMs)}`, fontSize: 11 },
      { stack: [{ text: p.roomName, fontSize: 11 }, small(p.location)] },
      p.seat === null ? { stack: ['入场时抽取', small('Drawn at the door')] } : { text: p.seat, fontSize: 11 },
    ];
  };
  return ruledTable(heads.map(both), [mm(34), mm(21), mm(23), mm(23), '*', 'auto'], parts.map(row));
}

function codes(ticketNumber: string, code: string, plan: Plan): Content {
  return {
    margin: [0, mm(4), 0, mm(3)],
    columnGap: mm(6),
    columns: [
      { width: mm(qrCodeSideMm(code)), stack: [qrCode(code)] },
      {
        width: '*',
        stack: [
          both(['入场时请出示左侧二维码', 'Show the code on the left at the door']),
          small(`由${plan.centre.name}签名，离线可验真伪；码中不含证件号码。`),
          small('Signed by the centre and checked without a network; it does not contain the document number.'),
          { stack: [code128(ticketNumber, { widthMm: 78, heightMm: 11 })], margin: [0, mm(2), 0, 1] },
          { text: ticketNumber, fontSize: 9, characterSpacing: 1, margin: [mm(4), 0, 0, 0] },
        ],
      },
    ],
  };
}

const notes = (all: readonly Words[], pack: RulePack): Content => ({
  stack: [
    both(['考生须知', 'Notes']),
    { ol: all.map(([zh, en]): Content => ({ stack: [{ text: zh, fontSize: 9.5 }, small(en)], margin: [0, 1, 0, 0] })) },
    { stack: [small(`依据规则包“${pack.title.zh}”第 ${pack.version} 版。`)], margin: [0, 4, 0, 0] },
  ],
});

const both = ([zh, en]: Words): Content => ({ text: [zh, { ...ENGLISH, text: `  ${en}` }] });
const small = (text: string): Content => ({ ...ENGLISH, text });
const dateOf = (ms: number): Content => ({ text: writeWallTime(ms).slice(0, 10), fontSize: 11 });
const timeOf = (ms: number): string => writeWallTime(ms).slice(11, 16);
