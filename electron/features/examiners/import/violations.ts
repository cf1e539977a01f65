import { parseDocumentNumber } from '../../identity/document-number.ts';
import type { DossierVersion } from '../store.ts';
import type { DossierProblemCode } from './problem-texts.ts';
import { type DossierRow, type DossierTable, LIST_TABLES, type ListTable } from './sheets.ts';

/** Rows as far as their cells could be read; a table whose sheet is not in the file is absent. */
export type DossierTables = { [T in DossierTable]?: Partial<DossierRow<T>>[] };

/** What does not fit together, and where: a row (from 0) and a field of one table. */
export interface DossierViolation {
  weight: 'problem' | 'warning';
  table: DossierTable;
  index: number;
  field: string;
  code: DossierProblemCode;
  facts?: Record<string, string>;
  otherIndex?: number;
}

export interface OnFile {
  current: readonly DossierVersion[];
  /** Dossier ids by any card number and name a dossier ever had. */
  idsOf: (person: { cardNumber: string; name: string }) => readonly string[];
}

/** As many rows as a dossier holds of each list. Sessions served are kept elsewhere and are bounded by the sheet. */
const MOST: Record<ListTable, number> = {
  scope: 60,
  appraisals: 60,
  trainingHours: 60,
  employers: 40,
  trainingPosts: 40,
  taught: 400,
  ties: 200,
  served: 2_000,
};

type Add = (v: Omit<DossierViolation, 'weight'> & { weight?: 'warning' }) => void;

/** Everything in the file that does not fit together, or not with what is on file. Pure. */
export function dossierViolations(tables: DossierTables, onFile: OnFile, nowMs: number): DossierViolation[] {
  const found: DossierViolation[] = [];
  const add: Add = (v) => found.push({ ...v, weight: v.weight ?? 'problem' });
  const today = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
  personViolations(tables.persons ?? [], onFile, today, add);
  const grades = new Map((tables.persons ?? []).map((p) => [p.cardNumber, p.grade]));
  for (const table of LIST_TABLES) {
    const rows: readonly { cardNumber?: string }[] = tables[table] ?? [];
    const counts = new Map<string, number>();
    rows.forEach(({ cardNumber }, index) => {
      if (cardNumber === undefined) return;
      if (tables.persons && !grades.has(cardNumber)) {
        add({ table, index, field: 'cardNumber', code: 'no-such-person', facts: { value: cardNumber } });
      }
      const count = (counts.get(cardNumber) ?? 0) + 1;
      counts.set(cardNumber, count);
      if (count === MOST[table] + 1) {
        add({ table, index, field: 'cardNumber', code: 'too-many-of-one', facts: { max: String(MOST[table]) } });
      }
    });
  }
  scopeViolations(tables.scope ?? [], grades, add);
  yearViolations('appraisals', tables.appraisals ?? [], today, add);
  yearViolations('trainingHours', tables.trainingHours ?? [], today, add);
  for (const table of ['employers', 'trainingPosts', 'taught'] as const)
    stretchViolations(table, tables[table] ?? [], add);
  tieViolations(tables, add);
  servedViolations(tables.served ?? [], nowMs, add);
  return found;
}

function personViolations(
  rows: readonly Partial<DossierRow<'persons'>>[],
  onFile: OnFile,
  today: string,
  add: Add,
): void {
  const byCard = firsts<string>();
  const byDocument = firsts<string>();
  const current = new Map(onFile.current.map((v) => [v.dossierId, v]));
  rows.forEach((p, index) => {
    const at = { table: 'persons', index } as const;
    const { cardNumber, name, formerCard, documentNumber } = p;
    const twice = byCard(cardNumber, index);
    if (twice !== null) add({ ...at, field: 'cardNumber', code: 'card-twice', otherIndex: twice });
    if (p.cardFrom !== undefined && p.cardUntil !== undefined && p.cardUntil < p.cardFrom) {
      add({ ...at, field: 'cardUntil', code: 'card-days-reversed' });
    } else if (p.cardUntil !== undefined && p.cardUntil < today) {
      add({ ...at, field: 'cardUntil', code: 'card-expired', weight: 'warning' });
    }
    const ids = cardNumber && name ? onFile.idsOf({ cardNumber: formerCard ?? cardNumber, name }) : [];
    if (formerCard !== undefined && name && ids.length === 0) {
      add({ ...at, field: 'formerCard', code: 'former-card-unknown', facts: { value: formerCard } });
    }
    const holder = onFile.current.find((v) => v.record.cardNumber === cardNumber);
    if (cardNumber && name && holder && !ids.includes(holder.dossierId)) {
      add({ ...at, field: 'cardNumber', code: 'card-of-another', facts: { value: cardNumber } });
    }
    const kept = current.get(ids[0] ?? '')?.record;
    if (kept?.pool === 'excluded' && p.pool !== undefined && p.pool !== 'excluded') {
      add({ ...at, field: 'pool', code: 'excluded-for-life' });
    }
    if (documentNumber === undefined) return;
    const fault = documentFault(documentNumber);
    if (fault) add({ ...at, field: 'documentNumber', code: fault });
    const other = byDocument(documentNumber, index);
    if (other !== null) add({ ...at, field: 'documentNumber', code: 'document-twice', otherIndex: other });
    const same = onFile.current.find((v) => v.record.documentNumber === documentNumber);
    if (same && !ids.includes(same.dossierId)) add({ ...at, field: 'documentNumber', code: 'document-on-file' });
  });
}

/** Numbers of 18 characters have a check digit; passports and permits of other shapes are taken as they are. */
function documentFault(number: string): 'document-check-digit' | 'document-birth-date' | null {
  if (!/^\d{17}[\dX]$/.test(number)) return null;
  const parsed = parseDocumentNumber(number);
  if (parsed.ok || parsed.error === 'shape') return null;
  return parsed.error === 'check-digit' ? 'document-check-digit' : 'document-birth-date';
}

function scopeViolations(
  rows: readonly Partial<DossierRow<'scope'>>[],
  grades: ReadonlyMap<string | undefined, string | undefined>,
  add: Add,
): void {
  const seen = firsts<string>();
  rows.forEach(({ cardNumber, occupation, levels }, index) => {
    const at = { table: 'scope', index } as const;
    const other = seen(cardNumber && occupation && `${cardNumber}\n${occupation}`, index);
    if (other !== null) add({ ...at, field: 'occupation', code: 'scope-twice', otherIndex: other });
    if (grades.get(cardNumber) === 'examiner' && levels?.some((l) => l === '1' || l === '2')) {
      add({ ...at, field: 'levels', code: 'level-above-grade', weight: 'warning' });
    }
  });
}

function yearViolations(
  table: 'appraisals' | 'trainingHours',
  rows: readonly { cardNumber?: string; year?: number }[],
  today: string,
  add: Add,
): void {
  const seen = firsts<string>();
  rows.forEach(({ cardNumber, year }, index) => {
    if (year === undefined) return;
    const at = { table, index, field: 'year' } as const;
    if (year > Number(today.slice(0, 4))) add({ ...at, code: 'year-in-future', facts: { value: String(year) } });
    const other = seen(cardNumber && `${cardNumber}\n${year}`, index);
    if (other !== null) add({ ...at, code: 'year-twice', otherIndex: other });
  });
}

function stretchViolations(
  table: 'employers' | 'trainingPosts' | 'taught',
  rows: readonly { cardNumber?: string; from?: string | undefined; until?: string | undefined }[],
  add: Add,
): void {
  const seen = firsts<string>();
  rows.forEach((row, index) => {
    const { from, until } = row;
    if (from !== undefined && until !== undefined && until < from) {
      add({ table, index, field: 'until', code: 'days-reversed' });
    }
    const other = seen(row.cardNumber && JSON.stringify(row), index);
    if (other !== null) add({ table, index, field: 'cardNumber', code: 'row-twice', otherIndex: other });
  });
}

function tieViolations({ ties = [], persons = [] }: DossierTables, add: Add): void {
  const seen = firsts<string>();
  const own = new Map(persons.map((p) => [p.cardNumber, p]));
  ties.forEach((row, index) => {
    const { cardNumber, documentNumber, otherCard, otherName } = row;
    const at = { table: 'ties', index } as const;
    if (documentNumber === undefined && otherCard === undefined) {
      // Only where both cells are really empty: one that could not be read is named already.
      if ('documentNumber' in row && 'otherCard' in row)
        add({ ...at, field: 'documentNumber', code: 'tie-without-other' });
      return;
    }
    if (documentNumber !== undefined && otherCard !== undefined) {
      add({ ...at, field: 'otherCard', code: 'tie-with-both' });
      return;
    }
    if (otherCard !== undefined && otherName === undefined && 'otherName' in row) {
      add({ ...at, field: 'otherName', code: 'tie-without-name' });
    }
    const fault = documentNumber === undefined ? null : documentFault(documentNumber);
    if (fault) add({ ...at, field: 'documentNumber', code: fault });
    const self = own.get(cardNumber);
    if (
      self &&
      (otherCard === cardNumber || (documentNumber !== undefined && self.documentNumber === documentNumber))
    ) {
      add({ ...at, field: otherCard === undefined ? 'documentNumber' : 'otherCard', code: 'tie-to-self' });
    }
    const other = seen(cardNumber && JSON.stringify(row), index);
    if (other !== null) add({ ...at, field: 'cardNumber', code: 'row-twice', otherIndex: other });
  });
}

function servedViolations(rows: readonly Partial<DossierRow<'served'>>[], nowMs: number, add: Add): void {
  const seen = firsts<string>();
  const places = firsts<string>();
  rows.forEach((row, index) => {
    const { cardNumber, startsAtMs, siteId, roomId, sessionId } = row;
    const at = { table: 'served', index } as const;
    if (startsAtMs === undefined || cardNumber === undefined) return;
    if (startsAtMs > nowMs) add({ ...at, field: 'startsAtMs', code: 'served-in-future' });
    const same = seen(`${cardNumber}\n${sessionId}\n${siteId}\n${roomId}`, index);
    if (same !== null) {
      add({ ...at, field: 'sessionId', code: 'row-twice', otherIndex: same });
      return;
    }
    const elsewhere = places(`${cardNumber}\n${startsAtMs}`, index);
    if (elsewhere !== null) add({ ...at, field: 'startsAtMs', code: 'served-in-two-places', otherIndex: elsewhere });
  });
}

/** Tells at which index a value came first, null where this is the first; an absent value is never the same as another. */
function firsts<K>(): (value: K | undefined | '', index: number) => number | null {
  const first = new Map<K, number>();
  return (value, index) => {
    if (value === undefined || value === '') return null;
    const before = first.get(value);
    if (before === undefined) first.set(value, index);
    return before ?? null;
  };
}
