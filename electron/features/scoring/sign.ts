import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PinError } from '../staff/pin.ts';
import type { MarkingSheet, Strokes } from './contract.ts';
import { scoringEvents } from './events.ts';
import { openSheet, refuse, type ScoringDeps, type SheetError, type Where } from './open-sheet.ts';
import { waitingFor } from './reveal.ts';
import { sealStrokes } from './sealed-strokes.ts';
import { sheetView } from './sheet.ts';
import { insertSignature, lockedSheets, type SheetKey, signaturesIn } from './store.ts';

export type SignError =
  | SheetError
  | PinError
  | { code: 'NOT_REVEALED'; data: { waitingFor: number } }
  | { code: 'ALREADY_SIGNED' }
  | { code: 'CHECK_CODE_DIFFERS' };

/**
 * PIN and handwriting beside the totals signed. Impossible before the reveal: nobody signs in advance, and a printed
 * name is no signature (云人社通〔2022〕50号).
 */
export async function signSheet(
  deps: ScoringDeps,
  caller: Caller,
  wish: Where & { pin: string; strokes: Strokes; checkCode: string },
): Promise<Result<MarkingSheet, SignError>> {
  const where = { sessionId: wish.sessionId, roomId: wish.roomId };
  const open = openSheet(deps, caller, where);
  if (!open.ok) return open;
  const { key, panel, rubric, book } = open.value;
  const { sessionId, roomId, examinerId } = key;
  const early = inTransaction(deps.db, (w) => {
    const violation = signViolation(deps, w, book, key, wish.checkCode);
    return violation && refuse(deps, w, caller, where, 'sign', violation);
  });
  if (early) return early;
  const checked = await deps.checkPin(caller.member!.staffId, wish.pin, 'sign-marks', actorOf(caller, 'examiner'));
  if (!checked.ok) return checked;

  const nowMs = deps.clock.wallMs();
  const sealed = await sealStrokes(deps, {
    sessionId,
    subject: examinerId,
    checkCode: wish.checkCode,
    atMs: nowMs,
    strokes: wish.strokes,
    about: { examinerId, roomId },
  });
  const done = inTransaction(deps.db, (w): Result<true, SignError> => {
    const violation = signViolation(deps, w, book, key, wish.checkCode);
    if (violation) return refuse(deps, w, caller, where, 'sign', violation);
    const { evidenceId, sha256 } = sealed;
    deps.vault.keep(w, sealed);
    insertSignature(w, { ...key, checkCode: wish.checkCode, evidenceId, signedAtMs: nowMs });
    const data = { roomId, examinerId, checkCode: wish.checkCode, evidenceId, sha256 };
    deps.journal.append(w, actorOf(caller, 'examiner'), scoringEvents.signed, data, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(sheetView(deps.db, book, key, panel, rubric));
}

function signViolation(
  deps: ScoringDeps,
  w: WriteDb,
  book: PlanBook,
  key: SheetKey,
  checkCode: string,
): Exclude<SignError, PinError> | null {
  if (deps.sessionState(key.sessionId) === 'sealed') return { code: 'SESSION_SEALED' };
  const waiting = waitingFor(deps, book, key);
  if (waiting > 0) return { code: 'NOT_REVEALED', data: { waitingFor: waiting } };
  if (signaturesIn(w, key.sessionId, key.roomId).some((s) => s.examinerId === key.examinerId))
    return { code: 'ALREADY_SIGNED' };
  const own = lockedSheets(w, key.sessionId, key.roomId).find((s) => s.examinerId === key.examinerId);
  return own?.checkCode === checkCode ? null : { code: 'CHECK_CODE_DIFFERS' };
}
