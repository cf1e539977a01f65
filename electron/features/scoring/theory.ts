import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Sealed } from '../../vault/vault.ts';
import type { SessionState } from '../session/contract.ts';
import type { PinError } from '../staff/pin.ts';
import type { Strokes } from './contract.ts';
import { scoringEvents } from './events.ts';
import { type HeldCheck, holdCheck, takeCheck } from './held-checks.ts';
import { importProblem } from './import-problems.ts';
import { type KeeperError, keeperViolation } from './keeper.ts';
import { refuse, type ScoringDeps } from './open-sheet.ts';
import { sealStrokes } from './sealed-strokes.ts';
import type { TheoryCheck, TheoryView } from './theory-contract.ts';
import { readTheoryFile, type TheoryFacts } from './theory-file.ts';
import { codeOfMarks, type TheorySession, theorySession } from './theory-session.ts';
import { insertTheoryResult, type TheoryResult, theoryResultOf, theorySessionsOfFile } from './theory-store.ts';
import { theoryView } from './theory-view.ts';

export type TheoryError =
  | KeeperError
  | { code: 'NOT_A_THEORY_SESSION' }
  | { code: 'ALREADY_ACCEPTED' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } };

/** What keeps marks of a theory session from being taken now. They come once the session is over: nobody is let in any more. */
export function theoryViolation(deps: ScoringDeps, db: ReadDb, caller: Caller, sessionId: string): TheoryError | null {
  const keeper = keeperViolation(deps, db, caller, sessionId);
  if (keeper) return keeper;
  if (theorySession(deps, db, sessionId) === null) return { code: 'NOT_A_THEORY_SESSION' };
  const state = deps.sessionState(sessionId)!;
  if (state !== 'closed') return { code: 'WRONG_STATE', data: { state } };
  return theoryResultOf(db, sessionId) ? { code: 'ALREADY_ACCEPTED' } : null;
}

/** The refusal on record, where there is something to refuse. */
export function refused<E extends { code: string }>(
  deps: ScoringDeps,
  caller: Caller,
  sessionId: string,
  step: string,
  violation: (db: ReadDb) => E | null,
) {
  return inTransaction(deps.db, (w) => {
    const found = violation(w);
    return found && refuse(deps, w, caller, { sessionId, roomId: '' }, step, found);
  });
}

export function readTheory(deps: ScoringDeps, caller: Caller, sessionId: string): Result<TheoryView, TheoryError> {
  const found = theoryViolation(deps, deps.db, caller, sessionId);
  const bars = found && !['ALREADY_ACCEPTED', 'SESSION_SEALED', 'WRONG_STATE'].includes(found.code);
  if (bars) return err(found);
  const session = theorySession(deps, deps.db, sessionId);
  return session ? ok(theoryView(deps, caller, session)) : err({ code: 'NOT_A_THEORY_SESSION' });
}

interface HeldTheory extends HeldCheck {
  what: 'theory';
  sessionId: string;
  name: string;
  bytes: Uint8Array;
  sha256: string;
  marks: Record<string, number>;
  checkCode: string;
}

/** Reads a machine-marked file against the session and saves nothing. What was wrong with it is on record by code alone. */
export async function checkTheoryFile(
  deps: ScoringDeps,
  caller: Caller,
  wish: { sessionId: string; name: string; bytes: Uint8Array },
): Promise<Result<TheoryCheck, TheoryError>> {
  const { sessionId, bytes } = wish;
  const early = refused(deps, caller, sessionId, 'theory-file', (db) => theoryViolation(deps, db, caller, sessionId));
  if (early) return early;
  const session = theorySession(deps, deps.db, sessionId)!;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const read = await readTheoryFile(bytes, theoryFacts(session));
  const problems = read.ok ? [] : read.error;
  for (const other of theorySessionsOfFile(deps.db, sha256)) {
    problems.unshift(importProblem('', 0, 0, 'file-used', { session: session.book.session(other)?.label ?? other }));
  }
  if (!read.ok || problems.length > 0) {
    const codes = [...new Set(problems.map((p) => p.code))];
    const data = { what: 'theory', fileSha256: sha256, codes };
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller, 'score-keeper'), scoringEvents.fileRefused, data, sessionId),
    );
    return ok({ kind: 'problems', problems });
  }
  const { marks, absent } = read.value;
  const { checkCode } = codeOfMarks({ sessionId, source: 'machine', fileSha256: sha256, marks });
  const held: HeldTheory = {
    what: 'theory',
    sessionId,
    name: wish.name.slice(0, 120),
    bytes,
    sha256,
    marks,
    checkCode,
  };
  const values = Object.values(marks);
  const passTenths = deps.rules(sessionId)['scoring.pass-tenths'];
  const passed = values.filter((t) => t >= passTenths).length;
  const checkId = holdCheck(deps, held);
  return ok({ kind: 'ready', checkId, sha256, checkCode, marks: values.length, absent, passed });
}

function theoryFacts({ book, sessionId, candidates, admitted }: TheorySession): TheoryFacts {
  const others = book.plan.candidates.filter((c) => c.sessionId !== sessionId);
  return {
    sessionId,
    here: new Map(
      candidates.map((c) => [
        c.ticketNumber.toUpperCase(),
        { candidateId: c.candidateId, admitted: admitted.has(c.candidateId) },
      ]),
    ),
    elsewhere: new Map(
      others.map((c) => [c.ticketNumber.toUpperCase(), book.session(c.sessionId)?.label ?? c.sessionId]),
    ),
  };
}

export type AcceptError = TheoryError | PinError | { code: 'CHECK_EXPIRED' } | { code: 'CHECK_CODE_DIFFERS' };

/** Keeps a checked file and its marks, signed by the score keeper beside the count and code they saw. */
export async function acceptTheoryFile(
  deps: ScoringDeps,
  caller: Caller,
  wish: { checkId: string; pin: string; strokes: Strokes; checkCode: string },
): Promise<Result<TheoryView, AcceptError>> {
  const held = takeCheck<HeldTheory>(deps, wish.checkId, 'theory');
  if (!held) return err({ code: 'CHECK_EXPIRED' });
  const { sessionId, sha256, marks } = held;
  // Somebody may have been admitted or taken back since the file was read.
  const read = await readTheoryFile(held.bytes, theoryFacts(theorySession(deps, deps.db, sessionId)!));
  if (!read.ok) return err({ code: 'CHECK_EXPIRED' });
  const file = { name: held.name, sha256, bytes: held.bytes };
  return acceptMarks(deps, caller, {
    ...wish,
    result: { sessionId, source: 'machine', fileSha256: sha256, marks },
    file,
    second: null,
    violation: (db) => theoryViolation(deps, db, caller, sessionId),
  });
}

/** The marks of a whole session onto record in one commit, with the signature and, where they came in one, the file. */
export async function acceptMarks<E extends { code: string }>(
  deps: ScoringDeps,
  caller: Caller,
  wish: {
    result: Pick<TheoryResult, 'sessionId' | 'source' | 'fileSha256' | 'marks'>;
    file: { name: string; sha256: string; bytes: Uint8Array } | null;
    second: { staffId: string; name: string } | null;
    pin: string;
    strokes: Strokes;
    checkCode: string;
    violation: (db: ReadDb) => E | null;
  },
): Promise<Result<TheoryView, E | PinError | { code: 'CHECK_CODE_DIFFERS' }>> {
  const { sessionId, source, fileSha256, marks } = wish.result;
  const member = caller.member!;
  const { checkCode, sha256: marksSha256 } = codeOfMarks(wish.result);
  const early = refused(
    deps,
    caller,
    sessionId,
    'theory-accept',
    (db): E | { code: 'CHECK_CODE_DIFFERS' } | null =>
      wish.violation(db) ?? (checkCode === wish.checkCode ? null : { code: 'CHECK_CODE_DIFFERS' }),
  );
  if (early) return early;
  const actor = actorOf(caller, 'score-keeper');
  const checked = await deps.checkPin(member.staffId, wish.pin, 'sign-theory', actor);
  if (!checked.ok) return checked;
  const atMs = deps.clock.wallMs();
  const { file, second } = wish;
  const kept = file && (await storeFile(deps, sessionId, file));
  const about = { signs: 'theory', staffId: member.staffId };
  const sealed = await sealStrokes(deps, {
    sessionId,
    subject: member.staffId,
    checkCode,
    atMs,
    strokes: wish.strokes,
    about,
  });
  const done = inTransaction(deps.db, (w): Result<true, E> => {
    const found = wish.violation(w);
    if (found) return refuse(deps, w, caller, { sessionId, roomId: '' }, 'theory-accept', found);
    if (kept) deps.vault.keep(w, kept);
    deps.vault.keep(w, sealed);
    const { evidenceId, sha256 } = sealed;
    insertTheoryResult(w, {
      sessionId,
      source,
      fileName: file?.name ?? null,
      fileSha256,
      fileEvidence: kept?.evidenceId ?? null,
      marks,
      checkCode,
      byStaff: member.staffId,
      byName: member.name,
      secondStaff: second?.staffId ?? null,
      secondName: second?.name ?? null,
      atMs,
      evidenceId,
    });
    const count = Object.keys(marks).length;
    const data = { source, fileSha256, checkCode, marksSha256, marks: count, evidenceId, sha256 };
    deps.journal.append(w, actor, scoringEvents.theoryAccepted, data, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(theoryView(deps, caller, theorySession(deps, deps.db, sessionId)!));
}

async function storeFile(
  deps: ScoringDeps,
  sessionId: string,
  file: { name: string; bytes: Uint8Array },
): Promise<Sealed> {
  const mediaType = 'application/octet-stream';
  const label = { sessionId, kind: 'theory-file' as const, subject: null, mediaType, beginMs: null, endMs: null };
  const sealed = await deps.vault.write(file.bytes, label);
  if (!sealed.ok) throw new Error(`a theory file could not be stored: ${sealed.error.code}`);
  return sealed.value;
}
