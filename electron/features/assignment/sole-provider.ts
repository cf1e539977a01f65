import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import { boardOf } from './board.ts';
import type { AssignmentBoard } from './contract.ts';
import type { AssignmentDeps } from './deps.ts';
import { assignmentEvents } from './events.ts';
import { approvalFor, insertApproval, insertOfficialSignOn } from './exception-store.ts';
import { dayOf } from './facts.ts';
import { openGround, type PlaceError, refuse } from './refuse.ts';

const MAX_FILE_BYTES = 20 * 1024 * 1024;

export type ApproveError =
  | PlaceError
  | PinError
  | { code: 'SAME_PERSON' }
  | { code: 'FILE_TOO_LARGE'; data: { maxBytes: number } }
  | { code: 'DISK_FULL' };

/**
 * Puts the approval of a sole provider on record: its number, its file by hash and sealed as evidence, and the official who
 * will watch on the day, confirmed by their own PIN (云人社通〔2022〕50号 11). On the day the official signs on; before that the
 * exception does not hold.
 */
export async function approveSoleProvider(
  deps: AssignmentDeps,
  caller: Caller,
  wish: {
    sessionId: string;
    number: string;
    file: { name: string; bytes: Uint8Array; type: string };
    official: { staffId: string; pin: string };
  },
): Promise<Result<AssignmentBoard, ApproveError>> {
  const { sessionId, number, file, official } = wish;
  const at = { step: 'sole-provider', sessionId, roomId: '' };
  const person = deps.staff().find((m) => m.staffId === official.staffId);
  const early = inTransaction(deps.db, (w) => {
    const opened = openGround(deps, w, sessionId);
    if (!opened.ok) return refuse(deps, w, caller, at, opened.error);
    if (official.staffId === caller.member!.staffId) return refuse(deps, w, caller, at, { code: 'SAME_PERSON' });
    if (file.bytes.length > MAX_FILE_BYTES) {
      return refuse(deps, w, caller, at, { code: 'FILE_TOO_LARGE', data: { maxBytes: MAX_FILE_BYTES } });
    }
    return null;
  });
  if (early) return early;
  const checked = await deps.checkPin(official.staffId, official.pin, 'sole-provider', actorOf(caller, 'site-lead'));
  if (!checked.ok) return checked;
  const atMs = deps.clock.wallMs();
  const sealed = await deps.vault.write(file.bytes, {
    sessionId,
    kind: 'approval-document',
    subject: number.slice(0, 40),
    mediaType: file.type || 'application/octet-stream',
    beginMs: atMs,
    endMs: atMs,
  });
  if (!sealed.ok) {
    if (sealed.error.code !== 'disk-full') throw new Error(`the approval could not be stored: ${sealed.error.code}`);
    return err({ code: 'DISK_FULL' });
  }
  const done = inTransaction(deps.db, (w): Result<true, ApproveError> => {
    const opened = openGround(deps, w, sessionId);
    if (!opened.ok) return refuse(deps, w, caller, at, opened.error);
    deps.vault.keep(w, sealed.value);
    const fileSha256 = createHash('sha256').update(file.bytes).digest('hex');
    const { evidenceId } = sealed.value;
    const data = {
      number,
      officialStaffId: official.staffId,
      fileName: file.name.slice(0, 120),
      fileSha256,
      evidenceId,
    };
    const seq = deps.journal.append(
      w,
      actorOf(caller, 'site-lead'),
      assignmentEvents.soleProviderApproved,
      data,
      sessionId,
    );
    const byStaffId = caller.member!.staffId;
    insertApproval(w, sessionId, { ...data, officialName: person?.name.slice(0, 40) ?? '', byStaffId, atMs, seq });
    return ok(true);
  });
  if (!done.ok) return done;
  // By their PIN they are here; on the day of the session that is their sign-on.
  officialSignsOn(deps, { ...caller, member: person ?? null });
  deps.changed();
  return ok(boardOf(deps, deps.db, sessionId)!);
}

/** Somebody has signed in: where they are the official of a session of this day, they are there from now on. */
export function officialSignsOn(deps: AssignmentDeps, caller: Caller): void {
  const staffId = caller.member?.staffId;
  const book = deps.shelf.book();
  if (!staffId || !book) return;
  const today = dayOf(deps.clock.wallMs());
  const sessions = book.plan.sessions.filter((s) => dayOf(s.startsAtMs) === today);
  inTransaction(deps.db, (w) => {
    for (const { sessionId } of sessions) {
      const approval = approvalFor(w, sessionId);
      if (approval?.officialStaffId !== staffId || approval.signedOnMs !== null) continue;
      if (deps.sessionState(sessionId) === 'sealed') continue;
      const seq = deps.journal.append(w, actorOf(caller), assignmentEvents.officialThere, { staffId }, sessionId);
      insertOfficialSignOn(w, { sessionId, staffId, atMs: deps.clock.wallMs(), seq });
    }
  });
}
