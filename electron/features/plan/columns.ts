import type { z } from 'zod';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Cell, plainText } from './cell.ts';
import { readWallTime, writeWallTime } from './wall-time.ts';

export type CellFaultCode =
  | 'missing'
  | 'formula-error'
  | 'formula-unknown'
  | 'digits-lost'
  | 'unexpected-date'
  | 'bad-id'
  | 'bad-text'
  | 'bad-choice'
  | 'bad-time'
  | 'bad-marks'
  | 'bad-number'
  | 'bad-date'
  | 'bad-ticket'
  | 'bad-document-number'
  | 'bad-photo-name'
  | 'bad-filing-number'
  | 'bad-recipient'
  | 'bad-key'
  | 'bad-rule-pack';
export interface CellFault {
  code: CellFaultCode;
  facts?: Record<string, string>;
}

/** One column of a sheet: its header, what a person is told about it, and how a cell becomes a value and back. */
export interface Column<T> {
  title: string;
  /** Other headers that mean the same. */
  aliases: readonly string[];
  required: boolean;
  width: number;
  /** Shown as a comment on the header of the template. */
  note: string;
  example: string;
  /** The only words allowed, for a drop-down list. */
  choices?: readonly string[];
  /** The word that says that there is none, where that is something else than an empty cell. */
  none?: string;
  read(cell: Cell): Result<T, CellFault>;
  write(value: NonNullable<T>): string | number;
}

type Face = Pick<Column<unknown>, 'title' | 'note' | 'example'> & { aliases?: readonly string[]; width?: number };

/** A column whose value is found in the cell's text by a schema; `fault` names what is wrong when it is not. */
function fromText<S extends z.ZodType<string>>(
  face: Face,
  schema: S,
  fault: CellFaultCode,
  prepare: (text: string) => string,
): Column<z.infer<S>> {
  return {
    ...asFace(face),
    read: (cell) => {
      const text = textOf(cell);
      if (!text.ok) return text;
      // What was a number once: 3.10101E+17 of a document number, as text.
      if (SCIENTIFIC.test(plainText(text.value))) return err({ code: 'digits-lost' });
      const parsed = schema.safeParse(prepare(text.value));
      return parsed.success ? ok(parsed.data) : err({ code: fault });
    },
    write: (value) => value,
  };
}

const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d{1,3}$/i;

const asFace = ({ aliases = [], width = 16, ...face }: Face) => ({ ...face, aliases, width, required: true });

/** The text of a cell; a number as it would be typed. A date where none belongs is mostly an id that Excel changed. */
function textOf(cell: Cell): Result<string, CellFault> {
  switch (cell.kind) {
    case 'empty':
      return err({ code: 'missing' });
    case 'text':
      return ok(cell.text);
    case 'number':
      // Twelve digits hide the binary fraction of a computed 10.1, and no identifier typed as a number is longer than 15.
      return ok(Number.isInteger(cell.value) ? String(cell.value) : String(Number(cell.value.toPrecision(12))));
    case 'date':
      return err({ code: 'unexpected-date' });
    case 'fault':
      return err({ code: cell.code });
  }
}

export const idColumn = <S extends z.ZodType<string>>(face: Face, schema: S) =>
  fromText(face, schema, 'bad-id', plainText);

/** Identifiers of other kinds than ids: letters to upper case when `upper`. */
export const codeColumn = <S extends z.ZodType<string>>(face: Face, schema: S, fault: CellFaultCode, upper = false) =>
  fromText(face, schema, fault, (text) => (upper ? plainText(text).toUpperCase() : plainText(text)));

/** Text kept as it stands; a line break inside becomes a space. */
export const textColumn = <S extends z.ZodType<string>>(face: Face, schema: S, fault: CellFaultCode = 'bad-text') =>
  fromText(face, schema, fault, (text) => text.replace(/\s*\n\s*/g, ' '));

/** One of several words. `words` maps each value to the word written, then to other words understood. */
export function choiceColumn<K extends string>(
  face: Face,
  words: { readonly [V in K]: readonly [string, ...string[]] },
): Column<K> {
  const byWord = new Map<string, K>();
  for (const key of Object.keys(words) as K[]) for (const word of [key, ...words[key]]) byWord.set(fold(word), key);
  const choices = (Object.keys(words) as K[]).map((key) => words[key][0]);
  return {
    ...asFace(face),
    choices,
    read: (cell) => {
      const text = textOf(cell);
      if (!text.ok) return text;
      const key = byWord.get(fold(text.value));
      return key === undefined ? err({ code: 'bad-choice', facts: { choices: choices.join('、') } }) : ok(key);
    },
    write: (key) => words[key][0],
  };
}

const fold = (word: string) => plainText(word).toLowerCase();

/** A date with a time of day, read as Beijing time. */
export function timeColumn(face: Face): Column<number> {
  return {
    ...asFace({ width: 20, ...face }),
    read: (cell) => {
      if (cell.kind === 'empty') return err({ code: 'missing' });
      if (cell.kind === 'fault') return err({ code: cell.code });
      const ms = readWallTime(cell);
      return ms === null ? err({ code: 'bad-time' }) : ok(ms);
    },
    write: writeWallTime,
  };
}

/** Marks with at most one decimal, kept as integer tenths; `schema` judges the tenths. */
export function tenthsColumn(face: Face, schema: z.ZodType<number>): Column<number> {
  return {
    ...asFace({ width: 10, ...face }),
    read: (cell) => {
      const text = textOf(cell);
      if (!text.ok) return text;
      const match = /^(\d{1,4})(?:\.(\d)0*)?分?$/.exec(plainText(text.value));
      const parsed = schema.safeParse(match ? Number(match[1]) * 10 + Number(match[2] ?? 0) : Number.NaN);
      return parsed.success ? ok(parsed.data) : err({ code: 'bad-marks' });
    },
    write: (tenths) => tenths / 10,
  };
}

/** A whole number such as minutes; `schema` judges it. */
export function countColumn(face: Face, schema: z.ZodType<number>): Column<number> {
  return {
    ...asFace({ width: 12, ...face }),
    read: (cell) => {
      const text = textOf(cell);
      if (!text.ok) return text;
      const match = /^(\d{1,6})(?:分钟|min)?$/.exec(plainText(text.value));
      const parsed = schema.safeParse(match ? Number(match[1]) : Number.NaN);
      return parsed.success ? ok(parsed.data) : err({ code: 'bad-number' });
    },
    write: (value) => value,
  };
}

/** A day such as 2026-03-01, kept as such. */
export function dayColumn(face: Face): Column<string> {
  return {
    ...asFace({ width: 14, ...face }),
    read: (cell) => {
      if (cell.kind === 'date') return ok(new Date(cell.readingMs).toISOString().slice(0, 10));
      if (cell.kind === 'number') {
        const ms = readWallTime(cell);
        return ms === null ? err({ code: 'bad-date' }) : ok(writeWallTime(ms).slice(0, 10));
      }
      const text = textOf(cell);
      if (!text.ok) return text;
      const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plainText(text.value));
      const day = match && `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`;
      const exists = day !== null && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
      return exists ? ok(day) : err({ code: 'bad-date' });
    },
    write: (day) => day,
  };
}

/** Several values in one cell, parted by any of `parting`; each is judged by `schema`, their number by `list`. */
export function listColumn<S extends z.ZodType<string>>(
  face: Face,
  schema: S,
  { parting, joint, fault }: { parting: RegExp; joint: string; fault: CellFaultCode },
): Column<z.infer<S>[]> {
  return {
    ...asFace({ width: 30, ...face }),
    read: (cell) => {
      const text = textOf(cell);
      if (!text.ok) return text;
      const parts = text.value.split(parting).flatMap((part) => part.trim() || []);
      const parsed = parts.map((part) => schema.safeParse(part));
      if (parts.length === 0 || parts.length > 40 || parsed.some((p) => !p.success)) return err({ code: fault });
      return ok(parsed.flatMap((p) => (p.success ? [p.data] : [])));
    },
    write: (values) => values.join(joint),
  };
}

/** The same column, where an empty cell means that there is no value. */
export function optional<T>(column: Column<T>): Column<T | undefined> {
  return {
    ...column,
    required: false,
    read: (cell) => (cell.kind === 'empty' ? ok(undefined) : column.read(cell)),
    write: (value) => column.write(value as NonNullable<T>),
  };
}

/** The same column, where 无 says that there is none, which is more than an empty cell says. */
export function orNone<T>(column: Column<T>): Column<T | null> {
  return {
    ...column,
    none: '无',
    read: (cell) => (cell.kind === 'text' && fold(cell.text) === '无' ? ok(null) : column.read(cell)),
    write: (value) => column.write(value as NonNullable<T>),
  };
}
