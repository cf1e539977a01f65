import type { CustomTableLayout } from 'pdfmake';
import type { ContentTable, TableCell } from 'pdfmake/interfaces.js';

const RULE = '#8c8c8c';

/** Thin grey lines around every cell, as official forms have them. */
export const RULED: CustomTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => RULE,
  vLineColor: () => RULE,
  paddingTop: () => 2,
  paddingBottom: () => 2,
  paddingLeft: () => 5,
  paddingRight: () => 5,
};

/**
 * A ruled table under a grey head that stands again at the top of every further page; no row is broken between pages.
 *
 * @param widths one a column: points, `auto` or `*`
 */
export function ruledTable(
  heads: readonly TableCell[],
  widths: readonly (number | 'auto' | '*')[],
  rows: readonly (readonly TableCell[])[],
): ContentTable {
  return {
    layout: { ...RULED, fillColor: (row) => (row === 0 ? '#f0f0f0' : null) },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [...widths],
      body: [[...heads], ...rows.map((row) => [...row])],
    },
  };
}
