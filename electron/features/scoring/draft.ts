import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { Rubric } from '../plan/plan-schema.ts';
import { scoringEvents } from './events.ts';
import { vetoOf } from './marks-contract.ts';
import { type OpenSheet, openSheet, refuse, type ScoringDeps, type SheetError, type Where } from './open-sheet.ts';
import { totalOf } from './rules.ts';
import { draftOf, presentNumbers } from './sheet.ts';
import { draftAt, lockedSheets, notesOf, saveDraft, saveNote } from './store.ts';

interface Elsewhere<T> {
  code: 'CHANGED_ELSEWHERE';
  data: { now: T; version: number; desk: string; savedAtMs: number };
}
export type CellError =
  | { code: 'NO_SUCH_CELL' }
  | { code: 'OVER_MAXIMUM'; data: { maxTenths: number } }
  | { code: 'OFF_STEP'; data: { stepTenths: number } };
type DraftError = SheetError | { code: 'LOCKED' } | { code: 'NO_SUCH_CELL' };
export type MarkError = DraftError | CellError | Elsewhere<number | null>;
export type NoteError = DraftError | Elsewhere<string>;

/** What a rubric says against this mark in this cell; null where nothing. A veto is 1 or, not found, null. */
export function cellViolation(rubric: Rubric, cellId: string, tenths: number | null): CellError | null {
  const veto = vetoOf(cellId);
  if (veto !== null) {
    if (!rubric.vetoes?.some((v) => v.vetoId === veto)) return { code: 'NO_SUCH_CELL' };
    return tenths === null || tenths === 1 ? null : { code: 'OVER_MAXIMUM', data: { maxTenths: 1 } };
  }
  const item = rubric.items.find((i) => i.itemId === cellId);
  if (!item) return { code: 'NO_SUCH_CELL' };
  if (tenths === null) return null;
  if (tenths > item.maxTenths) return { code: 'OVER_MAXIMUM', data: { maxTenths: item.maxTenths } };
  const stepTenths = item.stepTenths ?? 1;
  return tenths % stepTenths === 0 ? null : { code: 'OFF_STEP', data: { stepTenths } };
}

/** What forbids a change of the draft, inside the commit that would make it. */
function draftViolation(deps: ScoringDeps, w: WriteDb, open: OpenSheet, number: string): DraftError | null {
  const { sessionId, roomId, examinerId } = open.key;
  if (deps.sessionState(sessionId) === 'sealed') return { code: 'SESSION_SEALED' };
  if (lockedSheets(w, sessionId, roomId).some((s) => s.examinerId === examinerId)) return { code: 'LOCKED' };
  return presentNumbers(w, sessionId, roomId).some((n) => n.number === number) ? null : { code: 'NO_SUCH_CELL' };
}

export interface MarkWish extends Where {
  anonymousNumber: string;
  itemId: string;
  tenths: number | null;
  version: number;
}
type Marked = { savedAtMs: number; totalTenths: number; version: number };

/**
 * Sets or clears one cell of the caller's draft. The desk names the version it has seen; where another desk of the same
 * examiner was there since, nothing is written and the desk is told what stands.
 */
export function markCell(deps: ScoringDeps, caller: Caller, wish: MarkWish): Result<Marked, MarkError> {
  const open = openSheet(deps, caller, { sessionId: wish.sessionId, roomId: wish.roomId });
  if (!open.ok) return open;
  const { key, rubric } = open.value;
  const { anonymousNumber: number, itemId, tenths } = wish;
  return inTransaction(deps.db, (w): Result<Marked, MarkError> => {
    const violation = draftViolation(deps, w, open.value, number) ?? cellViolation(rubric, itemId, tenths);
    if (violation) return refuse(deps, w, caller, wish, 'mark', violation);
    const stands = draftAt(w, key, number, itemId);
    if ((stands?.version ?? 0) !== wish.version) {
      const { tenths: now = null, version = 0, desk = '', savedMs: savedAtMs = 0 } = stands ?? {};
      const data = { now, version, desk, savedAtMs };
      return refuse(deps, w, caller, wish, 'mark', { code: 'CHANGED_ELSEWHERE', data });
    }
    const savedMs = deps.clock.wallMs();
    const version = wish.version + 1;
    saveDraft(w, key, { number, itemId, tenths, savedMs, version, desk: caller.desk });
    const { roomId, examinerId } = key;
    deps.journal.append(
      w,
      actorOf(caller, 'examiner'),
      scoringEvents.marked,
      { roomId, examinerId, number, itemId, tenths, before: stands?.tenths ?? null },
      key.sessionId,
    );
    return ok({ savedAtMs: savedMs, totalTenths: totalOf(draftOf(w, key, rubric).marks[number] ?? {}), version });
  });
}

export function writeNote(
  deps: ScoringDeps,
  caller: Caller,
  wish: Where & { anonymousNumber: string; note: string; version: number },
): Result<{ savedAtMs: number; version: number }, NoteError> {
  const open = openSheet(deps, caller, { sessionId: wish.sessionId, roomId: wish.roomId });
  if (!open.ok) return open;
  const { key } = open.value;
  const { anonymousNumber: number, note } = wish;
  return inTransaction(deps.db, (w): Result<{ savedAtMs: number; version: number }, NoteError> => {
    const violation = draftViolation(deps, w, open.value, number);
    if (violation) return refuse(deps, w, caller, wish, 'note', violation);
    const stands = notesOf(w, key).find((n) => n.number === number);
    if ((stands?.version ?? 0) !== wish.version) {
      const data = {
        now: stands?.note ?? '',
        version: stands?.version ?? 0,
        desk: stands?.desk ?? '',
        savedAtMs: stands?.savedMs ?? 0,
      };
      return refuse(deps, w, caller, wish, 'note', { code: 'CHANGED_ELSEWHERE', data });
    }
    const savedAtMs = deps.clock.wallMs();
    const version = wish.version + 1;
    saveNote(w, key, { number, note, savedMs: savedAtMs, version, desk: caller.desk });
    const { roomId, examinerId } = key;
    const data = { roomId, examinerId, number };
    deps.journal.append(w, actorOf(caller, 'examiner'), scoringEvents.noted, data, key.sessionId);
    return ok({ savedAtMs, version });
  });
}
