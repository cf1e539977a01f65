import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';

type RubricItem = MarkingSheet['rubric']['items'][number];

/** Where the one focus of the grid stands: indexes into `rows` and `items`. */
export interface Cell {
  row: number;
  item: number;
}

export interface Change {
  cell: Cell;
  before: number | null;
  after: number | null;
  ticksBefore: readonly number[];
}

/**
 * An examiner's unlocked marks on this desk: the record as last read, what has been changed since and not yet been
 * acknowledged by the station, and what is being typed.
 */
export interface Draft {
  items: readonly RubricItem[];
  /** Anonymous numbers, in the order of the sheet. */
  rows: readonly string[];
  /** Tenths by `cellKey`; a cell without a mark has no entry. */
  marks: ReadonlyMap<string, number>;
  cursor: Cell;
  /** What is being typed into the cell under the cursor; `settled` when the newest change came from it already. */
  typing: { text: string; settled: boolean } | null;
  /** The typed mark is above the item's maximum: it is shown, not taken, and the cursor stays. */
  overMaximum: boolean;
  /** Indexes of the deductions ticked at this desk, by `cellKey`. The record holds the mark alone. */
  ticks: ReadonlyMap<string, readonly number[]>;
  /** Newest last. */
  changes: readonly Change[];
  /** Values the station has not acknowledged yet, oldest first. */
  unsaved: ReadonlyMap<string, number | null>;
}

export const cellKey = (draft: Pick<Draft, 'rows' | 'items'>, cell: Cell): string =>
  `${draft.rows[cell.row]}/${draft.items[cell.item]?.itemId}`;

/** The draft that shows a sheet as read, with the cursor on the first cell that still needs a mark. */
export function draftOf(sheet: Pick<MarkingSheet, 'rubric' | 'rows'>): Draft {
  const empty: Draft = {
    items: sheet.rubric.items,
    rows: sheet.rows.map((r) => r.anonymousNumber),
    marks: marksOf(sheet),
    cursor: { row: 0, item: 0 },
    typing: null,
    overMaximum: false,
    ticks: new Map(),
    changes: [],
    unsaved: new Map(),
  };
  return { ...empty, cursor: firstEmptyCell(empty) ?? empty.cursor };
}

export function marksOf(sheet: Pick<MarkingSheet, 'rows'>): Map<string, number> {
  const marks = new Map<string, number>();
  for (const row of sheet.rows) {
    for (const [itemId, tenths] of Object.entries(row.marks)) {
      if (tenths !== null) marks.set(`${row.anonymousNumber}/${itemId}`, tenths);
    }
  }
  return marks;
}

export const markAt = (draft: Draft, cell: Cell): number | null => draft.marks.get(cellKey(draft, cell)) ?? null;

export const ticksAt = (draft: Draft, cell: Cell): readonly number[] => draft.ticks.get(cellKey(draft, cell)) ?? [];

/** The sum of what is marked so far, and how many items of the row have no mark yet. */
export function rowTotal(draft: Draft, row: number): { tenths: number; missing: number } {
  let tenths = 0;
  let missing = 0;
  for (const item of draft.items.keys()) {
    const mark = markAt(draft, { row, item });
    if (mark === null) missing += 1;
    else tenths += mark;
  }
  return { tenths, missing };
}

/** Cells without a mark, over the whole sheet. */
export const missingMarks = (draft: Draft): number => draft.rows.length * draft.items.length - draft.marks.size;

/** Rows with every item marked. */
export const finishedRows = (draft: Draft): number =>
  draft.rows.filter((_, row) => rowTotal(draft, row).missing === 0).length;

export function firstEmptyCell(draft: Draft): Cell | null {
  for (const row of draft.rows.keys()) {
    const item = firstEmptyItem(draft, row);
    if (item !== null) return { row, item };
  }
  return null;
}

export function firstEmptyItem(draft: Draft, row: number): number | null {
  const item = draft.items.findIndex((_, i) => markAt(draft, { row, item: i }) === null);
  return item === -1 ? null : item;
}

/** Full marks less the ticked deductions, never below zero. */
export function markByDeductions(item: RubricItem, ticks: readonly number[]): number {
  const taken = ticks.reduce((sum, i) => sum + (item.deductions[i]?.tenths ?? 0), 0);
  return Math.max(0, item.maxTenths - taken);
}
