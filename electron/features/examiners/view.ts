import type { ReadDb } from '../../db/database.ts';
import { maskDocumentNumber } from '../identity/document-number.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { ExaminerPerson } from '../staff/store.ts';
import type { DossierDetail, DossierRow, DossierView } from './contract.ts';
import { changedFields, type DossierField } from './dossier-changes.ts';
import type { DossierRecord } from './dossier-record.ts';
import { dossierWarnings } from './dossier-warnings.ts';
import { allServed, currentDossiers, dossierHistory, personsByDossier, type ServedRow } from './store.ts';

export interface ViewDeps {
  db: ReadDb;
  book: () => PlanBook | null;
  /** Calendar day at the site. */
  today: () => string;
  /** Hours of training the rule pack in force asks for in the year before; 0 for none. */
  hoursWanted: () => number;
  staffName: (staffId: string) => string;
}

/** Everybody who has a dossier or whom the plan names: those the plan names first, each by card number. */
export function dossierRows({ db, book, today, hoursWanted }: ViewDeps): DossierRow[] {
  const persons = personsByDossier(db);
  const served = Map.groupBy(allServed(db), keyOf);
  const planned = new Map((book()?.plan.examiners ?? []).map((e) => [keyOf(e), e]));
  const sessions = (all: readonly ExaminerPerson[]) => all.reduce((n, p) => n + (served.get(keyOf(p))?.length ?? 0), 0);
  const filed = currentDossiers(db).map(({ dossierId, record, atMs }): DossierRow => {
    const all = persons.get(dossierId)!;
    const inPlan = all.flatMap((p) => planned.get(keyOf(p)) ?? [])[0];
    if (inPlan) planned.delete(keyOf(inPlan));
    const { name, cardNumber, grade, cardUntil, pool } = record;
    return {
      dossierId,
      examinerId: inPlan?.examinerId ?? null,
      name,
      cardNumber,
      grade,
      occupations: record.scope.map((s) => s.occupation),
      cardUntil,
      pool,
      served: sessions(all),
      warnings: dossierWarnings(record, today(), hoursWanted()),
      changedAtMs: atMs,
    };
  });
  const without = [...planned.values()].map((e): DossierRow => {
    const { examinerId, name, cardNumber, grade, occupations } = e;
    const person = { examinerId, name, cardNumber, grade, occupations, served: sessions([e]) };
    const nothing = { dossierId: null, cardUntil: null, pool: null, changedAtMs: null };
    return { ...person, ...nothing, warnings: [{ code: 'no-dossier', level: 'look' }] };
  });
  return [...without, ...filed].sort(
    (a, b) => Number(b.examinerId !== null) - Number(a.examinerId !== null) || (a.cardNumber < b.cardNumber ? -1 : 1),
  );
}

export function dossierDetail(deps: ViewDeps, dossierId: string): DossierDetail | null {
  const versions = dossierHistory(deps.db, dossierId);
  const [newest] = versions;
  if (!newest) return null;
  const own = new Set(personsByDossier(deps.db).get(dossierId)!.map(keyOf));
  return {
    dossierId,
    versionId: newest.versionId,
    view: dossierView(newest.record),
    warnings: dossierWarnings(newest.record, deps.today(), deps.hoursWanted()),
    served: allServed(deps.db)
      .filter((s) => own.has(keyOf(s)))
      .map(servedView)
      .toReversed(),
    history: versions.map((v, i) => ({
      ...changeOf(versions[i + 1]?.record ?? null, v.record),
      versionId: v.versionId,
      atMs: v.atMs,
      by: deps.staffName(v.byStaffId),
      source: v.source,
      reason: v.reason,
    })),
  };
}

const servedView = ({ sessionId, siteId, roomId, startsAtMs, duty, source }: ServedRow) => ({
  sessionId,
  siteId,
  roomId,
  startsAtMs,
  duty,
  source,
});

/** What a change makes of a dossier, field by field, as a desk may see it. */
export function changeOf(before: DossierRecord | null, after: DossierRecord) {
  const fields = changedFields(before, after);
  const only = (record: DossierRecord): Partial<DossierView> => {
    const view = dossierView(record);
    return Object.fromEntries(fields.map((f: DossierField) => [f, view[f]]));
  };
  return { fields, before: before && only(before), after: only(after) };
}

export const dossierView = (r: DossierRecord): DossierView => ({
  ...r,
  documentNumber: r.documentNumber && maskDocumentNumber(r.documentNumber),
  ties: r.ties.map(({ kind, to }) => ({
    kind,
    to: to.who === 'person' ? { ...to, documentNumber: maskDocumentNumber(to.documentNumber) } : to,
  })),
});

const keyOf = ({ cardNumber, name }: ExaminerPerson): string => `${cardNumber}\n${name}`;
