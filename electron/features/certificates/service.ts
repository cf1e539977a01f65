import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { maskDocumentNumber } from '../identity/document-number.ts';
import type { PlanProblem } from '../plan/contract.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { dayOf } from '../scoring/score-board.ts';
import type { SessionState } from '../session/contract.ts';
import { readCertificateFile, writeCertificateFile } from './certificate-file.ts';
import type { CertificateRow, CertificatesView } from './contract.ts';
import { certificatesEvents } from './events.ts';
import { type CertificateData, type CertificateFacts, type CheckedCertificates, checkCertificates } from './rules.ts';
import { type CertificateFile, certificateFiles, insertCertificateFile } from './store.ts';

export interface CertificatesDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  book: () => PlanBook | null;
  sessionState: (sessionId: string) => SessionState | null;
  /** Candidates of a session who passed it and have every part of the whole. */
  qualified: (sessionId: string) => readonly string[];
  changed: () => void;
}

export interface SessionCertificates extends CheckedCertificates {
  facts: CertificateFacts;
  file: CertificateFile | null;
}

/** The certificate data of a session as it stands: of the last file, or prepared from the results. */
export function certificatesOf(deps: CertificatesDeps, book: PlanBook, sessionId: string): SessionCertificates {
  const { startsAtMs, occupation, level } = book.session(sessionId)!;
  const people = deps.qualified(sessionId).map((id) => book.candidate(id)!);
  const files = certificateFiles(deps.db);
  const file = files.get(sessionId) ?? null;
  const facts: CertificateFacts = {
    filing: book.plan.filing ?? null,
    onDay: dayOf(startsAtMs),
    occupation,
    level,
    qualified: new Map(people.map((c) => [c.documentNumber, c.name])),
    taken: new Set([...files].flatMap(([id, f]) => (id === sessionId ? [] : f.rows.flatMap((r) => r.number ?? [])))),
  };
  const prepared = people.map(
    ({ name, documentNumber }): CertificateData => ({ line: 0, name, documentNumber, occupation, level, number: null }),
  );
  return { ...checkCertificates(file?.rows ?? prepared, facts), facts, file };
}

const shown = (row: CertificateData): CertificateRow => ({
  ...row,
  documentNumber: maskDocumentNumber(row.documentNumber),
});

function viewOf(deps: CertificatesDeps, book: PlanBook, sessionId: string): CertificatesView {
  const { rows, refused, lacking, facts, file } = certificatesOf(deps, book, sessionId);
  return {
    sessionId: book.session(sessionId)!.sessionId,
    rows: rows.map(shown),
    refused: refused.map((r) => ({ ...shown(r), problems: r.problems })),
    lacking: lacking.map((document) => facts.qualified.get(document) ?? ''),
    file: file && { name: file.fileName, byName: file.byName, atMs: file.atMs },
    filingKnown: facts.filing !== null,
  };
}

type NoSession = { code: 'NO_SUCH_SESSION' };

export function readCertificates(deps: CertificatesDeps, sessionId: string): Result<CertificatesView, NoSession> {
  const book = deps.book();
  return book?.session(sessionId) ? ok(viewOf(deps, book, sessionId)) : err({ code: 'NO_SUCH_SESSION' });
}

export type CheckError =
  | NoSession
  | { code: 'WRONG_STATE'; data: { state: SessionState } }
  | { code: 'CERTIFICATE_FILE_UNREADABLE'; data: { problems: PlanProblem[] } };

/** Takes a file in; what of it is in order is judged anew whenever it is asked, since results may still change. */
export async function checkCertificateFile(
  deps: CertificatesDeps,
  caller: Caller,
  wish: { sessionId: string; name: string; bytes: Uint8Array },
): Promise<Result<CertificatesView, CheckError>> {
  const { sessionId } = wish;
  const book = deps.book();
  const stateNow = () => deps.sessionState(sessionId);
  const state = stateNow();
  if (!book || state === null) return err({ code: 'NO_SUCH_SESSION' });
  const refuse = (error: CheckError): Result<CertificatesView, CheckError> => {
    const data = { code: error.code };
    inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), certificatesEvents.refused, data, sessionId));
    return err(error);
  };
  if (state !== 'closed') return refuse({ code: 'WRONG_STATE', data: { state } });
  const read = await readCertificateFile(wish.bytes);
  if (!read.ok) return refuse({ code: 'CERTIFICATE_FILE_UNREADABLE', data: { problems: read.error.slice(0, 200) } });
  const late = stateNow();
  if (late !== 'closed') return refuse({ code: 'WRONG_STATE', data: { state: late! } });
  const fileSha256 = createHash('sha256').update(wish.bytes).digest('hex');
  const view = inTransaction(deps.db, (w) => {
    const { staffId: byStaff, name: byName } = caller.member!;
    const at = { fileName: wish.name.slice(0, 120), fileSha256, byStaff, byName, atMs: deps.clock.wallMs() };
    insertCertificateFile(w, { sessionId, rows: read.value, ...at });
    const { rows, refused, lacking } = certificatesOf(deps, book, sessionId);
    const reasons: Record<string, number> = {};
    for (const problem of refused.flatMap((r) => r.problems)) reasons[problem] = (reasons[problem] ?? 0) + 1;
    const data = { fileSha256, rows: rows.length, refused: reasons, lacking: lacking.length };
    deps.journal.append(w, actorOf(caller), certificatesEvents.checked, data, sessionId);
    return viewOf(deps, book, sessionId);
  });
  deps.changed();
  return ok(view);
}

/** Everybody who qualified, with the number where there is one: to be filled in. */
export async function certificateTemplate(
  deps: CertificatesDeps,
  sessionId: string,
): Promise<Result<Uint8Array, NoSession>> {
  const book = deps.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const { facts, rows } = certificatesOf(deps, book, sessionId);
  const { occupation, level } = facts;
  const numberOf = new Map(rows.map((r) => [r.documentNumber, r.number]));
  const people = [...facts.qualified].map(([documentNumber, name]): CertificateData => {
    const number = numberOf.get(documentNumber) ?? null;
    return { line: 0, name, documentNumber, occupation, level, number };
  });
  return ok(await writeCertificateFile(people));
}

/** Rows in order, as a workbook or as JSON; that they left the station, and which bytes, is journaled. */
export async function exportCertificates(
  deps: CertificatesDeps,
  caller: Caller,
  { sessionId, format }: { sessionId: string; format: 'xlsx' | 'json' },
): Promise<Result<Uint8Array, NoSession>> {
  const book = deps.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const { rows } = certificatesOf(deps, book, sessionId);
  const data = rows.map(({ line: _, ...row }) => row);
  const bytes =
    format === 'json'
      ? Buffer.from(canonicalJson({ format: 'kaodian-certificates/1', sessionId, rows: data }))
      : await writeCertificateFile(rows);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  inTransaction(deps.db, (w) => {
    const fact = { format, rows: rows.length, sha256 };
    deps.journal.append(w, actorOf(caller), certificatesEvents.exported, fact, sessionId);
  });
  return ok(bytes);
}

/** What the fifth volume says (`kaodian-certificates/1`): the data, what was refused and why, and what it was judged by. */
export function certificatesDocument(deps: CertificatesDeps, book: PlanBook, sessionId: string) {
  const { rows, refused, lacking, facts, file } = certificatesOf(deps, book, sessionId);
  const { filing, onDay, occupation, level } = facts;
  const source = file && { fileSha256: file.fileSha256, byName: file.byName, atMs: file.atMs };
  const judgedBy = { filing, onDay, occupation, level, qualified: [...facts.qualified.keys()].sort() };
  return { format: 'kaodian-certificates/1', source, judgedBy, rows, refused, lacking };
}
