import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { ok, type Result } from '../../lib/result.ts';
import { scoringEvents } from './events.ts';
import { type OpenSheet, openSheet, refuse, type ScoringDeps, type SheetError, type Where } from './open-sheet.ts';
import { totalOf } from './rules.ts';
import { draftMarks, presentNumbers } from './sheet.ts';
import { draftsOf, lockedSheets, saveDraft, saveNote } from './store.ts';

export type DraftError = SheetError | { code: 'LOCKED' } | { code: 'NO_SUCH_CELL' };
export type MarkError = DraftError | { code: 'OVER_MAXIMUM'; data: { maxTenths: number } };

/** What forbids a change of the draft, inside the commit that would make it. */
function draftViolation(deps: ScoringDeps, w: WriteDb, open: OpenSheet, number: string): DraftError | null {
  const { sessionId, roomId, examinerId } = open.key;
  if (deps.sessionState(sessionId) === 'sealed') return { code: 'SESSION_SEALED' };
  if (lockedSheets(w, sessionId, roomId).some((s) => s.examinerId === examinerId)) return { code: 'LOCKED' };
  return presentNumbers(w, sessionId, roomId).some((n) => n.number === number) ? null : { code: 'NO_SUCH_CELL' };
}

export function markCell(
  deps: ScoringDeps,
  caller: Caller,
  wish: Where & { anonymousNumber: string; itemId: string; tenths: number | null },
): Result<{ savedAtMs: number; totalTenths: number }, MarkError> {
  const open = openSheet(deps, caller, { sessionId: wish.sessionId, roomId: wish.roomId });
  if (!open.ok) return open;
  const { key, rubric } = open.value;
  const { anonymousNumber: number, itemId, tenths } = wish;
  const item = rubric.items.find((i) => i.itemId === itemId);
  return inTransaction(deps.db, (w): Result<{ savedAtMs: number; totalTenths: number }, MarkError> => {
    const violation = draftViolation(deps, w, open.value, number) ?? (item ? null : { code: 'NO_SUCH_CELL' as const });
    if (violation) return refuse(deps, w, caller, wish, 'mark', violation);
    if (tenths !== null && tenths > item!.maxTenths) {
      return refuse(deps, w, caller, wish, 'mark', { code: 'OVER_MAXIMUM', data: { maxTenths: item!.maxTenths } });
    }
    const before = draftsOf(w, key).find((d) => d.number === number && d.itemId === itemId)?.tenths ?? null;
    const savedMs = deps.clock.wallMs();
    saveDraft(w, key, { number, itemId, tenths, savedMs });
    const { roomId, examinerId } = key;
    deps.journal.append(
      w,
      actorOf(caller, 'examiner'),
      scoringEvents.marked,
      { roomId, examinerId, number, itemId, tenths, before },
      key.sessionId,
    );
    return ok({ savedAtMs: savedMs, totalTenths: totalOf(draftMarks(w, key)[number] ?? {}) });
  });
}

export function writeNote(
  deps: ScoringDeps,
  caller: Caller,
  wish: Where & { anonymousNumber: string; note: string },
): Result<{ savedAtMs: number }, DraftError> {
  const open = openSheet(deps, caller, { sessionId: wish.sessionId, roomId: wish.roomId });
  if (!open.ok) return open;
  const { key } = open.value;
  return inTransaction(deps.db, (w) => {
    const violation = draftViolation(deps, w, open.value, wish.anonymousNumber);
    if (violation) return refuse(deps, w, caller, wish, 'note', violation);
    const savedAtMs = deps.clock.wallMs();
    saveNote(w, key, wish.anonymousNumber, wish.note, savedAtMs);
    const { roomId, examinerId } = key;
    const data = { roomId, examinerId, number: wish.anonymousNumber };
    deps.journal.append(w, actorOf(caller, 'examiner'), scoringEvents.noted, data, key.sessionId);
    return ok({ savedAtMs });
  });
}
