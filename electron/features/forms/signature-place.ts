import { qrCode, SMALL_QR_MODULE_MM } from '../../printing/drawn-codes.ts';
import { signature } from '../../printing/drawn-signature.ts';
import { mm } from '../../printing/millimetres.ts';
import type { Content, TableCell } from '../../printing/print-pdf.ts';
import { RULED } from '../../printing/ruled-table.ts';
import { writeWallTime } from '../plan/wall-time.ts';
import { type EntryCode, entryCodeText } from './entry-code.ts';

/** What somebody wrote with their own hand, when, and the journal entry that holds it. */
export interface Handwriting {
  /** x and y in thousandths of the pad; see `Strokes` of scoring. */
  strokes: readonly (readonly (readonly number[])[])[];
  atMs: number;
  entry: EntryCode;
}

/** A place to sign: whose it is by duty, and what stands there. A place not signed stays an empty line for ink. */
export interface SignaturePlace {
  /** 考评员, 督导员, 审核, ... */
  duty: string;
  /** What the signature stands for, where that is not the whole form. */
  standsFor?: string;
  signed: Handwriting | null;
}

/** As the pads of the desks are proportioned. */
const PAD_MM = { widthMm: 40, heightMm: 15 };
const SMALL = { fontSize: 7.5, color: '#404040' } as const;

/**
 * Places to sign, so many in a row. Handwriting is drawn as it was written, with its time and a code that leads to its entry
 * in the journal. A name is never printed in a place to sign: 云人社通〔2022〕50号, 不得以打印代替本人签字.
 */
export function signaturePlaces(places: readonly SignaturePlace[], inARow: 2 | 4 = 2): Content {
  const widths = new Array<'*'>(inARow).fill('*');
  const rows = Array.from({ length: Math.ceil(places.length / inARow) }, (_, i): TableCell[] => {
    const cells = places.slice(inARow * i, inARow * (i + 1)).map(placeCell);
    const left = inARow - cells.length;
    if (left === 0) return cells;
    // The last place takes what is left of its row: an empty box would look like one more place.
    const last = { ...(cells.pop() as object), colSpan: left + 1 } as TableCell;
    return [...cells, last, ...new Array<TableCell>(left).fill({})];
  });
  return {
    layout: { ...RULED, paddingTop: () => 4, paddingBottom: () => 4 },
    table: { widths, dontBreakRows: true, body: rows },
  };
}

function placeCell({ duty, standsFor, signed }: SignaturePlace): TableCell {
  const head: Content = {
    text: [`${duty}${/\d$/.test(duty) ? ' ' : ''}签名：`, ...(standsFor ? [{ ...SMALL, text: standsFor }] : [])],
    fontSize: 10,
  };
  if (signed === null) {
    return {
      stack: [
        head,
        { text: '', margin: [0, mm(9), 0, 0] },
        line(),
        { ...SMALL, text: '日期：　　　　　年　　　月　　　日', margin: [0, 2, 0, 0] },
      ],
    };
  }
  const { strokes, atMs, entry } = signed;
  return {
    stack: [
      head,
      {
        columns: [
          {
            width: mm(PAD_MM.widthMm + 2),
            stack: [
              signature(strokes, PAD_MM),
              line(),
              { ...SMALL, text: writeWallTime(atMs), margin: [0, 2, 0, 0] },
              { ...SMALL, text: `日志第 ${entry.seq} 条 ${entry.leaf.slice(0, 8).toUpperCase()}` },
            ],
          },
          { width: 'auto', stack: [qrCode(entryCodeText(entry), SMALL_QR_MODULE_MM)] },
        ],
        columnGap: 4,
      },
    ],
  };
}

const line = (): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: mm(PAD_MM.widthMm), y2: 0, lineWidth: 0.6 }],
});
