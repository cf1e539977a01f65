import type { Column } from '../columns.ts';
import type { PlanTables, TableName } from '../plan-tables.ts';

/** One sheet of the plan's workbook: which table it fills, and how each field of a row stands in a column. */
export interface SheetSpec<T extends TableName = TableName> {
  table: T;
  /** The name on the sheet's tab. */
  name: string;
  /** What the sheet is for, on the 说明 sheet of the template. */
  about: { zh: string; en: string };
  rows: { min: number; max: number };
  /** In the order of the template; a workbook may order them otherwise. */
  columns: { [K in keyof PlanTables[T][number]]-?: Column<PlanTables[T][number][K]> };
}

/** What reading and a template need of a sheet, whatever it fills. */
export interface TableSpec {
  name: string;
  about: { zh: string; en: string };
  rows: { min: number; max: number };
  columns: object;
}

/** Names the table for the compiler; changes nothing. */
export const sheet = <T extends TableName>(spec: SheetSpec<T>): SheetSpec<T> => spec;
