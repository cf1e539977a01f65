import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { SessionState } from '../session/contract.ts';
import type { PinError } from '../staff/pin.ts';
import { closingView, missingOf, stateDigest } from './closing.ts';
import type { Closing, MissingItem } from './contract.ts';
import { standingSignature } from './declaration-signature.ts';
import type { ArchiveDeps } from './deps.ts';
import { archiveEvents } from './events.ts';
import { insertDeclaration, insertSignOff } from './store.ts';
import { beginPapers } from './volume/bundle-papers.ts';

export type ClosingError = { code: 'NO_SUCH_SESSION' } | { code: 'WRONG_STATE'; data: { state: SessionState } };

/** The plan, when the session exists and is closed but not yet sealed. */
export function closableSession(deps: ArchiveDeps, sessionId: string): Result<PlanBook, ClosingError> {
  const book = deps.shelf.book();
  const state = deps.sessionState(sessionId);
  if (!book || state === null) return err({ code: 'NO_SUCH_SESSION' });
  return state === 'closed' ? ok(book) : err({ code: 'WRONG_STATE', data: { state } });
}

/**
 * Stations that are sealing now. Two clicks or two desks seal once, two sessions one after the other, since each bundle
 * names the one before; and nothing is signed that comes too late for the bundle being written.
 */
const sealing = new WeakSet<Db>();
export const sealingUnderway = (db: Db): boolean => sealing.has(db);

/** @throws Error when this station is sealing already: look before */
export async function whileSealing<T>(db: Db, work: () => Promise<T>): Promise<T> {
  if (sealing.has(db)) throw new Error('this station is sealing already');
  sealing.add(db);
  try {
    return await work();
  } finally {
    sealing.delete(db);
  }
}

export function readClosing(deps: ArchiveDeps, sessionId: string): Result<Closing, { code: 'NO_SUCH_SESSION' }> {
  const book = deps.shelf.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  return ok(closingView(deps, book, sessionId));
}

export function declareMissing(
  deps: ArchiveDeps,
  caller: Caller,
  wish: { sessionId: string; itemId: string; reason: string },
): Result<Closing, ClosingError | { code: 'NO_SUCH_ITEM' }> {
  const { sessionId, itemId, reason } = wish;
  const actor = actorOf(caller, 'site-lead');
  const refuse = <const E extends { code: string }>(error: E) => {
    const refused = { itemId, code: error.code };
    inTransaction(deps.db, (w) => deps.journal.append(w, actor, archiveEvents.declareRefused, refused, sessionId));
    return err(error);
  };
  const closable = closableSession(deps, sessionId);
  if (!closable.ok) return closable.error.code === 'WRONG_STATE' ? refuse(closable.error) : closable;
  const item = missingOf(deps, closable.value, sessionId).find((m) => m.itemId === itemId);
  if (!item) return refuse({ code: 'NO_SUCH_ITEM' });
  inTransaction(deps.db, (w) => {
    insertDeclaration(w, sessionId, { itemId, reason, byName: caller.member?.name ?? '', atMs: deps.clock.wallMs() });
    deps.journal.append(w, actor, archiveEvents.declared, { itemId, code: item.code, reason }, sessionId);
  });
  deps.changed();
  return ok(closingView(deps, closable.value, sessionId));
}

export type Undeclared = { code: 'UNDECLARED'; data: { missing: MissingItem[] } };

export const undeclaredOf = (deps: ArchiveDeps, book: PlanBook, sessionId: string): MissingItem[] =>
  missingOf(deps, book, sessionId).filter((m) => m.declared === null);

export type SignOffError =
  | ClosingError
  | PinError
  | Undeclared
  | { code: 'SEALING_UNDERWAY' }
  | { code: 'DECLARATIONS_NOT_SIGNED' }
  | { code: 'STATE_CHANGED' };

/** What forbids to sign now; looked at again in the commit, since checking the PIN and storing the strokes take a while. */
function signOffViolation(deps: ArchiveDeps, sessionId: string): Exclude<SignOffError, PinError> | null {
  const closable = closableSession(deps, sessionId);
  if (!closable.ok) return closable.error;
  if (sealingUnderway(deps.db)) return { code: 'SEALING_UNDERWAY' };
  const missing = undeclaredOf(deps, closable.value, sessionId);
  if (missing.length > 0) return { code: 'UNDECLARED', data: { missing } };
  const declared = missingOf(deps, closable.value, sessionId).length > 0;
  return declared && !standingSignature(deps.db, sessionId) ? { code: 'DECLARATIONS_NOT_SIGNED' } : null;
}

/** The lead signs for the state as it is at this moment, named by its digest. */
export async function signOff(
  deps: ArchiveDeps,
  caller: Caller,
  wish: { sessionId: string; pin: string; strokes: number[][][] },
): Promise<Result<Closing, SignOffError>> {
  const { sessionId } = wish;
  const actor = actorOf(caller, 'site-lead');
  const refuse = (w: WriteDb, error: Exclude<SignOffError, PinError>): Result<never, SignOffError> => {
    if (error.code !== 'NO_SUCH_SESSION') {
      deps.journal.append(w, actor, archiveEvents.signOffRefused, { code: error.code }, sessionId);
    }
    return err(error);
  };
  const settling = deps.settleVideo(sessionId);
  if (settling !== null) await settling;
  const early = signOffViolation(deps, sessionId);
  if (early) return inTransaction(deps.db, (w) => refuse(w, early));
  const book = deps.shelf.book()!;
  deps.evaluatePanels(sessionId);
  const stateSha256 = stateDigest(deps, book, sessionId);
  const checked = await deps.checkPin(caller.member!.staffId, wish.pin, 'sign-off', actor);
  if (!checked.ok) return checked;

  const atMs = deps.clock.wallMs();
  const byName = caller.member!.name;
  const signature = {
    format: 'kaodian-signature/1',
    by: caller.member!.staffId,
    stateSha256,
    atMs,
    strokes: wish.strokes,
  };
  const sealed = await deps.vault.write(Buffer.from(JSON.stringify(signature)), {
    sessionId,
    kind: 'signature',
    subject: 'site-lead',
    mediaType: 'application/json',
    beginMs: atMs,
    endMs: atMs,
  });
  if (!sealed.ok) throw new Error(`a signature could not be stored: ${sealed.error.code}`);
  const done = inTransaction(deps.db, (w): Result<true, SignOffError> => {
    const violation = signOffViolation(deps, sessionId);
    if (violation) return refuse(w, violation);
    if (stateDigest(deps, book, sessionId) !== stateSha256) return refuse(w, { code: 'STATE_CHANGED' });
    const { evidenceId, sha256 } = sealed.value;
    deps.vault.keep(w, sealed.value);
    insertSignOff(w, sessionId, { stateSha256, byName, evidenceId, atMs });
    deps.journal.append(w, actor, archiveEvents.signedOff, { stateSha256, evidenceId, sha256 }, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  beginPapers(deps, book, sessionId);
  deps.changed();
  return ok(closingView(deps, book, sessionId));
}
