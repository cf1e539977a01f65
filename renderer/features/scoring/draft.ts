import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';

type RubricItem = MarkingSheet['rubric']['items'][number];
type Veto = MarkingSheet['rubric']['vetoes'][number];
export type SheetRead = Pick<MarkingSheet, 'rows'>;

/** A place in the sheet: indexes into `rows` and `items`; beyond the last item the vetoes follow, which no cursor stands on. */
export interface Cell {
  row: number;
  item: number;
}

export interface Change {
  cell: Cell;
  before: number | null;
  after: number | null;
  ticksBefore: readonly number[];
  ticksAfter: readonly number[];
}

/**
 * An examiner's unlocked marks on this desk: the record as last read, what has been changed since and not yet been
 * acknowledged by the station, and what is being typed.
 */
export interface Draft {
  items: readonly RubricItem[];
  /** What fails outright, in the order of the rubric. */
  vetoes: readonly Veto[];
  /** Anonymous numbers, in the order of the sheet. */
  rows: readonly string[];
  /** Tenths by `cellKey`, 1 for a veto that was found; a cell without a mark has no entry. */
  marks: ReadonlyMap<string, number>;
  cursor: Cell;
  /** What is being typed into the cell under the cursor; `settled` when the newest change came from it already. */
  typing: { text: string; settled: boolean } | null;
  /** The typed mark is above the item's maximum: it is shown, not taken, and the cursor stays. */
  overMaximum: boolean;
  /** The typed mark is no whole number of the item's steps: shown, not taken, and the cursor stays. */
  offStep: boolean;
  /** Indexes of the deductions ticked at this desk, by `cellKey`. The record holds the mark alone. */
  ticks: ReadonlyMap<string, readonly number[]>;
  /** Newest last. */
  changes: readonly Change[];
  /** What was undone and may be done again, newest last; gone with the next change. */
  undone: readonly Change[];
  /** Values the station has not acknowledged yet, oldest first. */
  unsaved: ReadonlyMap<string, number | null>;
  /** How often each cell was written, as far as this desk has seen: it writes over nothing newer. */
  versions: ReadonlyMap<string, number>;
}

export function cellKey(draft: Pick<Draft, 'rows' | 'items' | 'vetoes'>, cell: Cell): string {
  const item = draft.items[cell.item];
  const id = item ? item.itemId : `veto:${draft.vetoes[cell.item - draft.items.length]?.vetoId}`;
  return `${draft.rows[cell.row]}/${id}`;
}

/** The cell of a veto of this row. */
export const vetoPlace = (draft: Pick<Draft, 'items'>, row: number, veto: number): Cell => ({
  row,
  item: draft.items.length + veto,
});

/** The draft that shows a sheet as read, with the cursor on the first cell that still needs a mark. */
export function draftOf(sheet: Pick<MarkingSheet, 'rubric' | 'rows'>): Draft {
  const empty: Draft = {
    items: sheet.rubric.items,
    vetoes: sheet.rubric.vetoes,
    rows: sheet.rows.map((r) => r.anonymousNumber),
    marks: marksOf(sheet),
    cursor: { row: 0, item: 0 },
    typing: null,
    overMaximum: false,
    offStep: false,
    ticks: new Map(),
    changes: [],
    undone: [],
    unsaved: new Map(),
    versions: versionsOf(sheet),
  };
  return { ...empty, cursor: firstEmptyCell(empty) ?? empty.cursor };
}

export function marksOf(sheet: Pick<MarkingSheet, 'rows'>): Map<string, number> {
  const marks = new Map<string, number>();
  for (const row of sheet.rows) {
    for (const [itemId, tenths] of Object.entries(row.marks)) {
      if (tenths !== null) marks.set(`${row.anonymousNumber}/${itemId}`, tenths);
    }
    for (const vetoId of row.vetoes) marks.set(`${row.anonymousNumber}/veto:${vetoId}`, 1);
  }
  return marks;
}

export function versionsOf(sheet: SheetRead): Map<string, number> {
  const versions = new Map<string, number>();
  for (const row of sheet.rows) {
    for (const [cellId, version] of Object.entries(row.versions))
      versions.set(`${row.anonymousNumber}/${cellId}`, version);
  }
  return versions;
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
export const missingMarks = (draft: Draft): number =>
  draft.rows.reduce((missing, _, row) => missing + rowTotal(draft, row).missing, 0);

/** What was found of this row that fails outright. */
export const vetoesAt = (draft: Draft, row: number): string[] =>
  draft.vetoes.flatMap((v, i) => (markAt(draft, vetoPlace(draft, row, i)) === 1 ? [v.vetoId] : []));

/** Whether a mark fits the steps of an item. */
export const fitsStep = (item: Pick<RubricItem, 'stepTenths'>, tenths: number): boolean =>
  tenths % (item.stepTenths ?? 1) === 0;

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
