import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Strokes } from '../scoring/contract.ts';
import type { PinError } from '../staff/pin.ts';
import { closingView } from './closing.ts';
import type { Closing } from './contract.ts';
import { declarationsSha256 } from './declaration-signature.ts';
import type { ArchiveDeps } from './deps.ts';
import { archiveEvents } from './events.ts';
import { type ClosingError, closableSession, type Undeclared, undeclaredOf } from './service.ts';
import { declarationsIn } from './store.ts';

type SignError = ClosingError | PinError | Undeclared | { code: 'STATE_CHANGED' };

/** The lead signs for the reasons by PIN and hand, once every missing thing has one. */
export async function signDeclarations(
  deps: ArchiveDeps,
  caller: Caller,
  wish: { sessionId: string; pin: string; strokes: Strokes },
): Promise<Result<Closing, SignError>> {
  const { sessionId } = wish;
  const actor = actorOf(caller, 'site-lead');
  const violation = (): Exclude<SignError, PinError> | null => {
    const closable = closableSession(deps, sessionId);
    if (!closable.ok) return closable.error;
    const missing = undeclaredOf(deps, closable.value, sessionId);
    return missing.length > 0 ? { code: 'UNDECLARED', data: { missing } } : null;
  };
  const refuse = (w: WriteDb, error: Exclude<SignError, PinError>): Result<never, SignError> => {
    if (error.code !== 'NO_SUCH_SESSION') {
      deps.journal.append(w, actor, archiveEvents.signOffRefused, { code: error.code }, sessionId);
    }
    return err(error);
  };
  const early = violation();
  if (early) return inTransaction(deps.db, (w) => refuse(w, early));
  const { staffId, name: byName } = caller.member!;
  const digest = declarationsSha256([...declarationsIn(deps.db, sessionId).values()]);
  const checked = await deps.checkPin(staffId, wish.pin, 'sign-declarations', actor);
  if (!checked.ok) return checked;
  const atMs = deps.clock.wallMs();
  const text = { format: 'kaodian-signature/1', by: staffId, declarationsSha256: digest, atMs, strokes: wish.strokes };
  const sealed = await deps.vault.write(Buffer.from(JSON.stringify(text)), {
    sessionId,
    kind: 'signature',
    subject: 'declarations',
    mediaType: 'application/json',
    beginMs: atMs,
    endMs: atMs,
  });
  if (!sealed.ok) throw new Error(`a signature could not be stored: ${sealed.error.code}`);
  const done = inTransaction(deps.db, (w): Result<true, SignError> => {
    const late = violation();
    if (late) return refuse(w, late);
    if (declarationsSha256([...declarationsIn(w, sessionId).values()]) !== digest) {
      return refuse(w, { code: 'STATE_CHANGED' });
    }
    const { evidenceId, sha256 } = sealed.value;
    deps.vault.keep(w, sealed.value);
    w.prepare(
      `INSERT INTO declaration_signatures (session_id, declarations_sha256, by_staff, by_name, evidence_id, at_ms)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(sessionId, digest, staffId, byName, evidenceId, atMs);
    const data = { declarationsSha256: digest, evidenceId, sha256 };
    deps.journal.append(w, actor, archiveEvents.declarationsSigned, data, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(closingView(deps, deps.shelf.book()!, sessionId));
}
