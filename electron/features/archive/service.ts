import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { SessionState } from '../session/contract.ts';
import type { PinError } from '../staff/pin.ts';
import { closingView, missingOf, stateDigest } from './closing.ts';
import type { Closing, MissingItem } from './contract.ts';
import type { ArchiveDeps } from './deps.ts';
import { archiveEvents } from './events.ts';
import { insertDeclaration, insertSignOff } from './store.ts';

export type ClosingError = { code: 'NO_SUCH_SESSION' } | { code: 'WRONG_STATE'; data: { state: SessionState } };

/** The plan, when the session exists and is closed but not yet sealed. */
export function closableSession(deps: ArchiveDeps, sessionId: string): Result<PlanBook, ClosingError> {
  const book = deps.shelf.book();
  const state = deps.sessionState(sessionId);
  if (!book || state === null) return err({ code: 'NO_SUCH_SESSION' });
  return state === 'closed' ? ok(book) : err({ code: 'WRONG_STATE', data: { state } });
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
  const closable = closableSession(deps, sessionId);
  if (!closable.ok) return closable;
  const item = missingOf(deps, closable.value, sessionId).find((m) => m.itemId === itemId);
  if (!item) return err({ code: 'NO_SUCH_ITEM' });
  inTransaction(deps.db, (w) => {
    insertDeclaration(w, sessionId, { itemId, reason, byName: caller.member?.name ?? '', atMs: deps.clock.wallMs() });
    const actor = actorOf(caller, 'site-lead');
    deps.journal.append(w, actor, archiveEvents.declared, { itemId, code: item.code, reason }, sessionId);
  });
  deps.changed();
  return ok(closingView(deps, closable.value, sessionId));
}

export type Undeclared = { code: 'UNDECLARED'; data: { missing: MissingItem[] } };

export const undeclaredOf = (deps: ArchiveDeps, book: PlanBook, sessionId: string): MissingItem[] =>
  missingOf(deps, book, sessionId).filter((m) => m.declared === null);

/** The lead signs for the state as it is at this moment, named by its digest. */
export async function signOff(
  deps: ArchiveDeps,
  caller: Caller,
  wish: { sessionId: string; pin: string; strokes: number[][][] },
): Promise<Result<Closing, ClosingError | PinError | Undeclared>> {
  const { sessionId } = wish;
  const closable = closableSession(deps, sessionId);
  if (!closable.ok) return closable;
  const book = closable.value;
  const missing = undeclaredOf(deps, book, sessionId);
  if (missing.length > 0) return err({ code: 'UNDECLARED', data: { missing } });
  const actor = actorOf(caller, 'site-lead');
  const checked = await deps.checkPin(caller.member!.staffId, wish.pin, 'sign-off', actor);
  if (!checked.ok) return checked;

  const stateSha256 = stateDigest(deps, book, sessionId);
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
  inTransaction(deps.db, (w) => {
    const { evidenceId, sha256 } = sealed.value;
    deps.vault.keep(w, sealed.value);
    insertSignOff(w, sessionId, { stateSha256, byName, evidenceId, atMs });
    deps.journal.append(w, actor, archiveEvents.signedOff, { stateSha256, evidenceId, sha256 }, sessionId);
  });
  deps.changed();
  return ok(closingView(deps, book, sessionId));
}
