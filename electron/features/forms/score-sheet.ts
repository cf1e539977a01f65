import { mm } from '../../printing/millimetres.ts';
import type { Content, TableCell } from '../../printing/print-pdf.ts';
import { ruledTable } from '../../printing/ruled-table.ts';
import { writeWallTime } from '../plan/wall-time.ts';
import type { FormHead, ScoreSheetFacts } from './form-facts.ts';
import { factTable, formTitle, markText, partWord, quiet, sectionHead, sessionFacts } from './form-page.ts';
import { signaturePlaces } from './signature-place.ts';

export const scoreSheetTitle = (head: FormHead): string => `${partWord(head.part)}评分表`;

/** 评分表 as one page: whose marks for which number, item by item, the total, and the place to sign under it. */
export function scoreSheetPage(head: FormHead, sheet: ScoreSheetFacts): Content {
  const { examiner } = sheet;
  const duty = examiner.duty === 'lead' ? '考评组长' : '考评员';
  return {
    stack: [
      formTitle(scoreSheetTitle(head), sheet.rubricTitle),
      factTable([
        ...sessionFacts(head),
        ['考场', sheet.roomName],
        ['匿名号', sheet.anonymousNumber],
        ['工位', sheet.seat],
        [duty, examiner.name],
        ['证卡编号', examiner.cardNumber],
      ]),
      itemTable(sheet),
      ...(sheet.corrections.length > 0 ? [corrections(sheet)] : []),
      ...(sheet.vetoes.length > 0
        ? [{ text: `否决项：${sheet.vetoes.join('；')}`, margin: [0, mm(3), 0, 0] } satisfies Content]
        : []),
      { text: `备注：${sheet.note}`, margin: [0, mm(3), 0, mm(3)] },
      signaturePlaces([sheet.place, ...sheet.corrections.flatMap((c) => c.places)]),
      quiet(
        `考评员独立评分，于 ${writeWallTime(sheet.lockedAtMs)} 锁定，锁定后不得改动。核对码 ${sheet.checkCode}，` +
          `与签名一并覆盖本考评员在本考场对 ${sheet.candidates} 名考生的全部评分。`,
      ),
      quiet('签名为本人手写笔迹。二维码为该签名在考点日志中的条目，可凭封存包核对。'),
    ],
  };
}

function itemTable({ items }: ScoreSheetFacts): Content {
  const number = (text: string): TableCell => ({ text, alignment: 'right', fontSize: 11 });
  const rows = items.map((item, i): TableCell[] => [
    { text: String(i + 1), alignment: 'center' },
    { text: item.title, fontSize: 10.5 },
    number(markText(item.maxTenths)),
    number(markText(item.tenths)),
  ]);
  const sum = (of: (item: ScoreSheetFacts['items'][number]) => number) => items.reduce((s, item) => s + of(item), 0);
  const total: TableCell[] = [
    { text: '合计', colSpan: 2, alignment: 'center', fontSize: 11.5 },
    {},
    number(markText(sum((i) => i.maxTenths))),
    { text: markText(sum((i) => i.tenths)), alignment: 'right', fontSize: 13 },
  ];
  const heads = ['序号', '评分项目', '配分', '得分'].map((text): TableCell => ({ text, alignment: 'center' }));
  return ruledTable(heads, [mm(12), '*', mm(20), mm(24)], [...rows, total]);
}

/** What was changed after the lock: the marks above stay as they were given. */
function corrections({ corrections: made }: ScoreSheetFacts): Content {
  const heads = ['更正时间', '项目', '原分', '改为', '理由', '经手人'];
  return {
    stack: [
      sectionHead('锁定后的更正（上表为原评分）'),
      ruledTable(
        heads,
        [mm(30), '*', mm(14), mm(14), '*', mm(30)],
        made.map((c) => [writeWallTime(c.atMs), c.item, given(c.fromTenths), given(c.toTenths), c.reason, c.by]),
      ),
    ],
  };
}

const given = (tenths: number | null): string => (tenths === null ? '—' : markText(tenths));
