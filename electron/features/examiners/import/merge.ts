import { DossierRecord, NEW_DOSSIER } from '../dossier-record.ts';
import type { ServedRow } from '../store.ts';
import type { ReadDossiers } from './read-dossiers.ts';
import { listOfWord } from './sheets.ts';

/**
 * What a file makes of a dossier. An empty cell and a sheet that is not in the file leave what is on file; a sheet that is
 * there takes the place of the whole list, and makes it complete unless the column 未核实 names it.
 *
 * @param before  what is on file; null for somebody new, of whom all that the file does not say is not known
 * @throws ZodError when the rows were not judged by `dossierViolations` first
 */
export function mergeDossier(
  person: ReadDossiers['persons'][number],
  rows: ReadDossiers,
  before: DossierRecord | null,
): DossierRecord {
  const on = before ?? NEW_DOSSIER;
  const mine = <T extends { cardNumber: string }>(all: readonly T[]) =>
    all.filter((r) => r.cardNumber === person.cardNumber);
  const stretch = (r: { from: string | undefined; until: string | undefined }) => ({
    from: r.from ?? null,
    until: r.until ?? null,
  });
  const given = (Object.keys(rows) as (keyof ReadDossiers)[]).filter((t) => t !== 'persons');
  const named = person.incomplete?.map(listOfWord);
  const still = on.incomplete.filter((list) => !given.includes(list) && named === undefined);
  return DossierRecord.parse({
    name: person.name,
    cardNumber: person.cardNumber,
    documentNumber: person.documentNumber ?? on.documentNumber,
    grade: person.grade ?? on.grade,
    scope: rows.scope
      ? mine(rows.scope).map(({ occupation, levels }) => ({ occupation, levels: levels ?? null }))
      : on.scope,
    cardFrom: person.cardFrom ?? on.cardFrom,
    cardUntil: person.cardUntil ?? on.cardUntil,
    pool: person.pool ?? on.pool,
    appraisals: rows.appraisals ? mine(rows.appraisals).map(({ year, result }) => ({ year, result })) : on.appraisals,
    trainingHours: rows.trainingHours
      ? mine(rows.trainingHours).map(({ year, hours }) => ({ year, hours }))
      : on.trainingHours,
    employers: rows.employers ? mine(rows.employers).map((r) => ({ name: r.name, ...stretch(r) })) : on.employers,
    trainingPosts: rows.trainingPosts
      ? mine(rows.trainingPosts).map((r) => ({ institution: r.institution, ...stretch(r) }))
      : on.trainingPosts,
    taught: rows.taught ? mine(rows.taught).map((r) => ({ classId: r.classId, ...stretch(r) })) : on.taught,
    ties: rows.ties ? mine(rows.ties).map(({ kind, ...to }) => ({ kind, to: otherOf(to) })) : on.ties,
    supervisorFrom: person.supervisorFrom ?? on.supervisorFrom,
    incomplete: [...new Set([...still, ...(named ?? []), ...(named ? missingLists(before, given) : [])])],
  });
}

/** For somebody new, a list of which no sheet is in the file is not known, whatever the column 未核实 says. */
const missingLists = (before: DossierRecord | null, given: readonly string[]) =>
  before === null ? NEW_DOSSIER.incomplete.filter((list) => !given.includes(list)) : [];

const otherOf = (to: {
  documentNumber: string | undefined;
  otherCard: string | undefined;
  otherName: string | undefined;
}) =>
  to.documentNumber === undefined
    ? { who: 'examiner' as const, cardNumber: to.otherCard, name: to.otherName }
    : { who: 'person' as const, documentNumber: to.documentNumber };

/** The sessions served that a file tells of. */
export function servedRows(rows: ReadDossiers): ServedRow[] {
  const names = new Map(rows.persons.map((p) => [p.cardNumber, p.name]));
  return (rows.served ?? []).map(({ cardNumber, duty, ...at }) => ({
    cardNumber,
    name: names.get(cardNumber)!,
    ...at,
    duty: duty ?? null,
    source: 'import',
  }));
}
