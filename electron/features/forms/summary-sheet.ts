import { mm } from '../../printing/millimetres.ts';
import type { Content, TableCell } from '../../printing/print-pdf.ts';
import { ruledTable } from '../../printing/ruled-table.ts';
import type { FormHead, SummaryFacts } from './form-facts.ts';
import { factTable, formTitle, markText, partWord, quiet, sectionHead, sessionFacts } from './form-page.ts';
import { signaturePlaces } from './signature-place.ts';

export const summaryTitle = '成绩汇总表';

/** 成绩汇总表 of one room, on landscape pages: every candidate with each examiner's total, and who signs for it. */
export function summaryPages(head: FormHead, summary: SummaryFacts): Content {
  const { examiners, rows } = summary;
  const centred = (text: string): TableCell => ({ text, alignment: 'center' });
  const number = (tenths: number | null): TableCell => ({
    text: tenths === null ? '—' : markText(tenths),
    alignment: 'right',
  });
  const heads: TableCell[] = [
    ...['序号', '准考证号', '姓名', '匿名号', '工位'].map(centred),
    ...examiners.map((e, i) => centred(e.duty === 'lead' ? '考评组长' : `考评员 ${i}`)),
    ...['成绩', '结论', '备注'].map(centred),
  ];
  const widths = [mm(9), mm(31), mm(32), mm(14), mm(18), ...examiners.map(() => mm(17)), mm(15), mm(17), '*' as const];
  const body = rows.map((r, i): TableCell[] => [
    centred(String(i + 1)),
    r.ticketNumber,
    r.name,
    centred(r.anonymousNumber),
    centred(r.seat),
    ...r.totals.map(number),
    number(r.scoreTenths),
    centred(r.result),
    { text: r.remark, fontSize: 8.5 },
  ]);
  const count = (result: string) => rows.filter((r) => r.result === result).length;
  const others = rows.length - count('合格') - count('不合格') - count('缺考');
  return {
    stack: [
      formTitle(summaryTitle, `${partWord(head.part)} · ${summary.roomName}`),
      factTable([
        ...sessionFacts(head),
        ['合格标准', `${markText(summary.passTenths)} 分；${summary.combined}`],
        ...examiners.map((e): [string, string] => [
          e.duty === 'lead' ? '考评组长' : `考评员 ${examiners.indexOf(e)}`,
          `${e.name}　证卡 ${e.cardNumber}`,
        ]),
        [
          '人数',
          `应考 ${rows.length}　合格 ${count('合格')}　不合格 ${count('不合格')}　缺考 ${count('缺考')}　其他 ${others}`,
        ],
      ]),
      ruledTable(heads, widths, body),
      sectionHead('签名'),
      signaturePlaces(summary.places, 4),
      quiet(
        '考评员的签名签于本人评分之上，核对码见各评分表；督导员、登分、审核、批准在本表上手写签名，不得以打印代替本人签字。' +
          '二维码为签名在考点日志中的条目，可凭封存包核对。',
      ),
    ],
  };
}
