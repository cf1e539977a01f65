import { type DossierEdit, type DossierView, NEW_DOSSIER } from '../../../electron/features/examiners/contract.ts';

/** A row of a list as it is typed: every cell a text, levels a list. */
export type Row = Record<string, string | string[]>;
export type EditableList = 'scope' | 'appraisals' | 'trainingHours' | 'employers' | 'trainingPosts' | 'taught' | 'ties';

export interface Draft {
  scalars: Record<'name' | 'cardNumber' | 'documentNumber' | 'cardFrom' | 'cardUntil' | 'supervisorFrom', string>;
  grade: 'examiner' | 'senior' | null;
  pool: 'active' | 'suspended' | 'excluded' | null;
  lists: Record<EditableList, Row[]>;
  incomplete: string[];
}

/** What a form begins with; of a new dossier nothing is known. */
export function draftOf(view: DossierView | null): Draft {
  const v = view ?? { name: '', cardNumber: '', ...NEW_DOSSIER };
  const stretch = (s: { from: string | null; until: string | null }) => ({ from: s.from ?? '', until: s.until ?? '' });
  return {
    scalars: {
      name: v.name,
      cardNumber: v.cardNumber,
      // Masked on screen: what is typed takes its place, what is left empty stays.
      documentNumber: '',
      cardFrom: v.cardFrom ?? '',
      cardUntil: v.cardUntil ?? '',
      supervisorFrom: v.supervisorFrom ?? '',
    },
    grade: v.grade,
    pool: v.pool,
    lists: {
      scope: v.scope.map((s) => ({ occupation: s.occupation, levels: s.levels ?? [] })),
      appraisals: v.appraisals.map((a) => ({ year: String(a.year), result: a.result })),
      trainingHours: v.trainingHours.map((h) => ({ year: String(h.year), hours: String(h.hours) })),
      employers: v.employers.map((e) => ({ name: e.name, ...stretch(e) })),
      trainingPosts: v.trainingPosts.map((e) => ({ institution: e.institution, ...stretch(e) })),
      taught: v.taught.map((e) => ({ classId: e.classId, ...stretch(e) })),
      // A tie on file is kept by its place: its number is masked here.
      ties: v.ties.map((tie, i) => ({
        keep: String(i),
        kind: tie.kind,
        documentNumber: tie.to.who === 'person' ? tie.to.documentNumber : '',
        cardNumber: tie.to.who === 'examiner' ? tie.to.cardNumber : '',
        otherName: tie.to.who === 'examiner' ? tie.to.name : '',
      })),
    },
    incomplete: v.incomplete,
  };
}

const trimmed = (cell: Row[string] | undefined) => String(cell ?? '').trim();
const orNull = (cell: Row[string] | undefined) => trimmed(cell) || null;

const isText = (value: string) => value !== '';
/** A day of the calendar, or nothing. */
const isDay = (value: string | null) =>
  value === null || (/^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value));
const isYear = (value: number) => Number.isInteger(value) && value >= 1990 && value <= 2100;
const isNumber = (value: string) => /^[A-Z0-9]{5,24}$/.test(value);

const stretchOf = (r: Row) => ({ from: orNull(r.from), until: orNull(r.until) });
const goodStretch = ({ from, until }: ReturnType<typeof stretchOf>) =>
  isDay(from) && isDay(until) && (from === null || until === null || from <= until);

/** A typed row as the station takes it; null where something in it is unfinished or wrong. The station judges it again. */
const rowValue: Record<EditableList, (row: Row) => unknown> = {
  scope: (r) =>
    isText(trimmed(r.occupation)) && { occupation: trimmed(r.occupation), levels: r.levels?.length ? r.levels : null },
  appraisals: (r) => isYear(Number(r.year)) && r.result !== undefined && { year: Number(r.year), result: r.result },
  trainingHours: (r) =>
    isYear(Number(r.year)) && /^\d{1,4}$/.test(trimmed(r.hours)) && { year: Number(r.year), hours: Number(r.hours) },
  employers: (r) => isText(trimmed(r.name)) && goodStretch(stretchOf(r)) && { name: trimmed(r.name), ...stretchOf(r) },
  trainingPosts: (r) =>
    isText(trimmed(r.institution)) &&
    goodStretch(stretchOf(r)) && { institution: trimmed(r.institution), ...stretchOf(r) },
  taught: (r) =>
    isText(trimmed(r.classId)) && goodStretch(stretchOf(r)) && { classId: trimmed(r.classId), ...stretchOf(r) },
  ties: tieOf,
};

function tieOf(r: Row): unknown {
  if (r.keep !== undefined) return { keep: Number(r.keep) };
  if (r.kind === undefined) return null;
  const documentNumber = trimmed(r.documentNumber).toUpperCase();
  const [cardNumber, name] = [trimmed(r.cardNumber), trimmed(r.otherName)];
  if (documentNumber !== '') return isNumber(documentNumber) && { kind: r.kind, to: { who: 'person', documentNumber } };
  return isText(cardNumber) && isText(name) && { kind: r.kind, to: { who: 'examiner', cardNumber, name } };
}

export type EditResult = { ok: true; edit: DossierEdit } | { ok: false; bad: ReadonlySet<string> };

/** The whole draft as an edit, or the places that are unfinished or wrong: `name`, `employers.2`. */
export function editOf({ scalars, grade, pool, lists, incomplete }: Draft): EditResult {
  const bad = new Set<string>();
  const text = (key: 'name' | 'cardNumber') => {
    if (!isText(scalars[key].trim())) bad.add(key);
    return scalars[key].trim();
  };
  const day = (key: 'cardFrom' | 'cardUntil' | 'supervisorFrom') => {
    if (!isDay(orNull(scalars[key]))) bad.add(key);
    return orNull(scalars[key]);
  };
  const number = scalars.documentNumber.trim().toUpperCase();
  if (number !== '' && !isNumber(number)) bad.add('documentNumber');
  const rows = (Object.keys(lists) as EditableList[]).map((list) => {
    const values = lists[list].map((row, i) => {
      const value = rowValue[list](row);
      if (!value) bad.add(`${list}.${i}`);
      return value;
    });
    return [list, values] as const;
  });
  const edit = {
    name: text('name'),
    cardNumber: text('cardNumber'),
    ...(number !== '' && { documentNumber: number }),
    cardFrom: day('cardFrom'),
    cardUntil: day('cardUntil'),
    supervisorFrom: day('supervisorFrom'),
    grade,
    pool,
    ...Object.fromEntries(rows),
    incomplete,
  };
  // Each row was judged above; their types are told apart by the station.
  return bad.size > 0 ? { ok: false, bad } : { ok: true, edit: edit as DossierEdit };
}
