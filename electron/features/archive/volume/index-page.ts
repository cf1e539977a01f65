import { mm } from '../../../printing/millimetres.ts';
import { type Content, printPdf, type TableCell } from '../../../printing/print-pdf.ts';
import { ruledTable } from '../../../printing/ruled-table.ts';
import type { FormHead } from '../../forms/form-facts.ts';
import { factTable, formTitle, minuteOf, quiet, sectionHead, sessionFacts } from '../../forms/form-page.ts';
import { indexBytes, indexMark, type VolumeIndex, type VolumePiece } from './volume-index.ts';

const KIB = 1024;

/** 12.3 KB, 4.5 MB: what a person compares with a file manager. */
const sizeText = (bytes: number): string =>
  bytes < KIB
    ? `${bytes} B`
    : bytes < KIB * KIB
      ? `${(bytes / KIB).toFixed(1)} KB`
      : `${(bytes / KIB / KIB).toFixed(1)} MB`;

/** 卷内目录 of one volume as PDF: every piece in a row, then what is missing and what is sealed apart. */
export async function indexPdf(
  head: FormHead,
  index: VolumeIndex,
  where: { fontsDir: string; madeAtMs: number },
): Promise<Uint8Array> {
  const title = `${index.title} 卷内目录`;
  const { pdf } = await printPdf(
    {
      title: `${title} ${head.sessionLabel}`,
      author: head.siteName,
      keywords: indexMark(indexBytes(index)),
      madeAtMs: where.madeAtMs,
      content: [pages(head, index, title)],
      ...(head.rehearsal && { header: { text: '演练样张，不作凭证', alignment: 'center', fontSize: 11 } }),
      footer: `${head.siteName} · ${head.sessionLabel} · ${title}`,
      numbering: 'official',
    },
    where.fontsDir,
  );
  return pdf;
}

const centred = (text: string): TableCell => ({ text, alignment: 'center' });
const small = (text: string): TableCell => ({ text, fontSize: 8.5 });

const row = (p: VolumePiece): TableCell[] => [
  centred(String(p.number)),
  { text: p.title, fontSize: 9.5 },
  small(p.responsible),
  small(p.dateMs === null ? '' : minuteOf(p.dateMs)),
  centred(p.pages === null ? '' : String(p.pages)),
  small(sizeText(p.sizeBytes)),
  small(p.remark),
];

function pages(head: FormHead, index: VolumeIndex, title: string): Content {
  const { pieces, paper } = index;
  const counted = paper === null ? '没有清点' : `${paper.pieces} 件，${paper.countedBy.join('、')}`;
  const heads = ['件号', '题名', '责任者', '日期', '页数', '大小', '备注'].map(centred);
  return {
    stack: [
      formTitle(title, head.sessionLabel),
      factTable([...sessionFacts(head), ['电子件', `${pieces.length} 件`], ['纸质件', counted]]),
      pieces.length === 0
        ? quiet('本卷没有电子件。')
        : ruledTable(heads, [mm(11), '*', mm(30), mm(28), mm(11), mm(18), mm(20)], pieces.map(row)),
      ...(index.missing.length === 0
        ? []
        : [
            sectionHead('缺项与说明'),
            ruledTable(
              ['缺项', '说明'],
              [mm(60), '*'],
              index.missing.map((m) => [small(m.itemId), small(m.reason)]),
            ),
          ]),
      ...(index.apart.length === 0
        ? []
        : [
            sectionHead('另行密封'),
            ruledTable(
              ['题名', '封存包内位置'],
              [mm(60), '*'],
              index.apart.map((a) => [small(a.title), small(a.path)]),
            ),
          ]),
      quiet('数据为没有页的电子件，页数空着。目录由考点站按封存的内容生成，可凭封存包逐件核对。'),
    ],
  };
}
