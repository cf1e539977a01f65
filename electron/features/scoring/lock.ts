import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { ok, type Result } from '../../lib/result.ts';
import { admissionWindow } from '../session/rules.ts';
import { checkCodeOf } from './check-code.ts';
import type { MarkingSheet } from './contract.ts';
import { scoringEvents } from './events.ts';
import { openSheet, refuse, type ScoringDeps, type SheetError, type Where } from './open-sheet.ts';
import { totalOf } from './rules.ts';
import { draftOf, presentNumbers, sheetView } from './sheet.ts';
import { insertLocked, lockedSheets, notesOf } from './store.ts';

export type LockError =
  | SheetError
  | { code: 'LOCKED' }
  | { code: 'TOO_EARLY'; data: { endsAtMs: number } }
  | { code: 'INCOMPLETE'; data: { missing: number } }
  | { code: 'SOMEBODY_WAITS'; data: { waiting: number } };

/**
 * Locks the caller's marks for good. Waits until nobody new can come: the late limit has passed, and who came in time
 * and was set aside, or stands at the door, has been settled or the session closed. Otherwise they would go in and have
 * nobody left to mark them.
 */
export function lockSheet(deps: ScoringDeps, caller: Caller, where: Where): Result<MarkingSheet, LockError> {
  const open = openSheet(deps, caller, where);
  if (!open.ok) return open;
  const { key, panel, rubric, book } = open.value;
  const { sessionId, roomId, examinerId } = key;
  const result = inTransaction(deps.db, (w): Result<true, LockError> => {
    const state = deps.sessionState(sessionId);
    if (state === 'sealed') return refuse(deps, w, caller, where, 'lock', { code: 'SESSION_SEALED' });
    const { lateAtMs } = admissionWindow(book.session(sessionId)!.startsAtMs, deps.rules(sessionId));
    if (state !== 'closed' && deps.clock.wallMs() <= lateAtMs) {
      return refuse(deps, w, caller, where, 'lock', { code: 'TOO_EARLY', data: { endsAtMs: lateAtMs } });
    }
    const locked = lockedSheets(w, sessionId, roomId);
    if (locked.some((s) => s.examinerId === examinerId))
      return refuse(deps, w, caller, where, 'lock', { code: 'LOCKED' });
    const { marks: drafted, vetoes: found } = draftOf(w, key, rubric);
    const present = presentNumbers(w, sessionId, roomId).map((n) => n.number);
    const missing = present.filter((n) => rubric.items.some((i) => drafted[n]?.[i.itemId] === undefined)).length;
    if (missing > 0) return refuse(deps, w, caller, where, 'lock', { code: 'INCOMPLETE', data: { missing } });
    const waiting = state === 'closed' ? 0 : deps.stillToEnter(sessionId, roomId);
    if (waiting > 0) return refuse(deps, w, caller, where, 'lock', { code: 'SOMEBODY_WAITS', data: { waiting } });

    const marks = Object.fromEntries(present.map((n) => [n, drafted[n]!]));
    const vetoes = Object.fromEntries(present.flatMap((n) => (found[n] ? [[n, found[n]]] : [])));
    const notes = Object.fromEntries(notesOf(w, key).map((n) => [n.number, n.note]));
    const { checkCode, marksSha256 } = checkCodeOf(marks, vetoes);
    insertLocked(w, { ...key, marks, vetoes, notes, checkCode, lockedAtMs: deps.clock.wallMs() });
    const totals = Object.fromEntries(Object.entries(marks).map(([n, m]) => [n, totalOf(m)]));
    const actor = actorOf(caller, 'examiner');
    deps.journal.append(
      w,
      actor,
      scoringEvents.locked,
      { roomId, examinerId, checkCode, marksSha256, totals },
      sessionId,
    );
    const lockedNow = new Set([...locked.map((l) => l.examinerId), examinerId]);
    if (panel.every((p) => lockedNow.has(p.examinerId))) {
      deps.journal.append(w, { kind: 'station' }, scoringEvents.revealed, { roomId }, sessionId);
    }
    return ok(true);
  });
  if (!result.ok) return result;
  deps.changed();
  return ok(sheetView(deps.db, book, key, panel, rubric));
}
