import type { ReadDb } from '../../db/database.ts';
import type { CandidateId, ExaminerId, RoomId, SiteId } from '../../lib/ids.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedCandidate, PlannedExaminer } from '../plan/plan-schema.ts';
import type { ExaminerPerson } from '../staff/store.ts';
import { type CandidateFacts, type Dossier, DossierList, type Tie } from './assignment-facts.ts';
import type { DeclaredTie, DossierRecord } from './dossier-record.ts';
import { allServed, currentDossiers, personsByDossier, type ServedRow } from './store.ts';

/**
 * The dossiers of everybody whom the plan names as examiner, in the plan's order and under the plan's ids. Who has none on
 * file gets a thin one: what the plan says, and everything else not known. Sessions served stand in all, also in thin ones.
 *
 * `recusedFrom` is empty here: who has recused themselves on the day is known to the assignment.
 */
export function dossiersNow(db: ReadDb, book: PlanBook): Dossier[] {
  const files = filesByPerson(db);
  const served = Map.groupBy(allServed(db), keyOf);
  const idOf = new Map(book.plan.examiners.map((e) => [keyOf(e), e.examinerId]));
  return book.plan.examiners.map((examiner) => {
    const file = files.get(keyOf(examiner));
    const persons = file?.persons ?? [examiner];
    const rows = persons.flatMap((p) => served.get(keyOf(p)) ?? []);
    const dossier = file ? dossierOfRecord(examiner, file.record, book, idOf, files) : thinDossier(examiner);
    return { ...dossier, served: servedFacts(rows) };
  });
}

/** One examiner's dossier as in `dossiersNow`; null where the plan does not name them. */
export const dossierOf = (db: ReadDb, book: PlanBook, examinerId: string): Dossier | null =>
  book.examiner(examinerId) ? dossiersNow(db, book).find((d) => d.examinerId === examinerId)! : null;

/** First day as internal supervisor by the dossier of this person; null where none says so. */
export function supervisorSince(db: ReadDb, person: ExaminerPerson): string | null {
  return filesByPerson(db).get(keyOf(person))?.record.supervisorFrom ?? null;
}

/** Who marked in this room of this site in the last session there before `startsAtMs`, by the plan's ids. */
export function panelBefore(
  db: ReadDb,
  book: PlanBook,
  { siteId, roomId, startsAtMs }: { siteId: string; roomId: string; startsAtMs: number },
): ExaminerId[] {
  const here = allServed(db).filter(
    (s) => s.siteId === siteId && s.roomId === roomId && s.startsAtMs < startsAtMs && s.duty !== 'reserve',
  );
  const last = here.at(-1);
  if (!last) return [];
  const files = filesByPerson(db);
  const persons = here
    .filter((s) => s.sessionId === last.sessionId)
    .map((s) => files.get(keyOf(s))?.persons ?? [s])
    .map((all) => new Set(all.map(keyOf)));
  return book.plan.examiners.filter((e) => persons.some((p) => p.has(keyOf(e)))).map((e) => e.examinerId);
}

/** What the plan says of a candidate as far as ties are found from it; what it leaves out is not known. */
export function candidateFacts(candidate: PlannedCandidate): CandidateFacts {
  const { employer, classId, trainedBy } = candidate;
  const said = { employer, classId, trainedBy };
  const notKnown = (Object.keys(said) as (keyof typeof said)[]).filter((part) => said[part] === undefined);
  return {
    candidateId: candidate.candidateId as CandidateId,
    employer: employer ?? null,
    classId: classId ?? null,
    trainedBy: trainedBy ?? null,
    notKnown,
  };
}

/** Of an examiner nobody has a file on, the plan alone: nothing else is taken for good. */
export const thinDossier = (e: PlannedExaminer): Dossier => ({
  examinerId: e.examinerId,
  grade: e.grade,
  scope: e.occupations.map((occupation) => ({ occupation, levels: null })),
  card: { number: e.cardNumber, validFrom: null, validUntil: null },
  pool: null,
  appraisals: [],
  trainingHours: [],
  employers: [{ name: e.employer, from: null, until: null }],
  trainingPosts: [],
  taught: [],
  ties: [],
  served: [],
  recusedFrom: [],
  incomplete: DossierList.options.filter((list) => list !== 'scope'),
});

interface File {
  record: DossierRecord;
  persons: ExaminerPerson[];
}

/** Names hold no line break, card numbers neither. */
const keyOf = ({ cardNumber, name }: ExaminerPerson): string => `${cardNumber}\n${name}`;

function filesByPerson(db: ReadDb): Map<string, File> {
  const persons = personsByDossier(db);
  const files = new Map<string, File>();
  for (const { dossierId, record } of currentDossiers(db)) {
    const file = { record, persons: persons.get(dossierId)! };
    for (const person of file.persons) files.set(keyOf(person), file);
  }
  return files;
}

function dossierOfRecord(
  examiner: PlannedExaminer,
  r: DossierRecord,
  book: PlanBook,
  idOf: ReadonlyMap<string, ExaminerId>,
  files: ReadonlyMap<string, File>,
): Dossier {
  const { grade, scope, pool, appraisals, trainingHours, employers, trainingPosts, taught, incomplete } = r;
  return {
    examinerId: examiner.examinerId,
    grade,
    scope,
    card: { number: r.cardNumber, validFrom: r.cardFrom, validUntil: r.cardUntil },
    pool,
    appraisals,
    trainingHours,
    employers,
    trainingPosts,
    taught,
    ties: r.ties.flatMap((tie) => tiesInPlan(tie, book, idOf, files)),
    served: [],
    recusedFrom: [],
    incomplete,
  };
}

/** A declared tie by the plan's ids: one for each place the plan has for the person; none where it does not name them. */
function tiesInPlan(
  { kind, to }: DeclaredTie,
  book: PlanBook,
  idOf: ReadonlyMap<string, ExaminerId>,
  files: ReadonlyMap<string, File>,
): Tie[] {
  const tieTo = (persons: readonly ExaminerPerson[]): Tie[] =>
    persons.flatMap((p) => idOf.get(keyOf(p)) ?? []).map((id) => ({ kind, to: { who: 'examiner', id } }));
  if (to.who === 'examiner') return tieTo(files.get(keyOf(to))?.persons ?? [to]);
  const candidates = book.placesByDocument(to.documentNumber).map((c): Tie => {
    return { kind, to: { who: 'candidate', id: c.candidateId } };
  });
  const examiners = new Set([...files.values()].filter((f) => f.record.documentNumber === to.documentNumber));
  return [...candidates, ...[...examiners].flatMap((f) => tieTo(f.persons))];
}

const servedFacts = (rows: readonly ServedRow[]): Dossier['served'] =>
  rows
    .filter((s) => s.duty !== 'reserve')
    .sort((a, b) => a.startsAtMs - b.startsAtMs)
    .map(({ sessionId, siteId, roomId, startsAtMs }) => ({
      sessionId,
      siteId: siteId as SiteId,
      roomId: roomId as RoomId,
      startsAtMs,
    }));
