import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PanelSeat, Rubric } from '../plan/plan-schema.ts';
import type { RuleValues } from '../rules/rule-values.ts';
import type { SessionState } from '../session/contract.ts';
import { admissionWindow } from '../session/rules.ts';
import type { CheckPin, PinError } from '../staff/pin.ts';
import type { Role } from '../staff/roles.ts';
import type { MarkingSheet, Revealed, Strokes } from './contract.ts';
import { drawNumbers } from './draw-numbers.ts';
import { scoringEvents } from './events.ts';
import { roomResults } from './results.ts';
import { totalOf } from './rules.ts';
import { checkCodeOf, draftMarks, presentNumbers, sheetView } from './sheet.ts';
import {
  draftsOf,
  insertLocked,
  insertSignature,
  lockedSheets,
  notesOf,
  type SheetKey,
  saveDraft,
  saveNote,
  signaturesIn,
} from './store.ts';

export interface ScoringDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  book: () => PlanBook | null;
  rules: () => RuleValues;
  sessionState: (sessionId: string) => SessionState | null;
  /** How many of a room could still be admitted although the late limit has passed: see `stillToEnter` of checkin. */
  stillToEnter: (sessionId: string, roomId: string) => number;
  checkPin: CheckPin;
  changed: () => void;
}

export interface Where {
  sessionId: string;
  roomId: string;
}

export type SheetError = { code: 'NOT_ON_PANEL' } | { code: 'NO_SUCH_SESSION' } | { code: 'SESSION_SEALED' };

interface OpenSheet {
  key: SheetKey;
  panel: PanelSeat[];
  rubric: Rubric;
  book: PlanBook;
}

/** The caller's own sheet in a room, drawing the room's anonymous numbers where they are still to be drawn. */
function openSheet(deps: ScoringDeps, caller: Caller, where: Where): Result<OpenSheet, SheetError> {
  const book = deps.book();
  const session = book?.session(where.sessionId);
  const rubric = session && book?.rubric(session.rubricId);
  if (!book || !session || !rubric) return err({ code: 'NO_SUCH_SESSION' });
  const panel = book.panel(where.sessionId, where.roomId);
  const examinerId = caller.member?.examinerId;
  if (!examinerId || !panel.some((p) => p.examinerId === examinerId)) {
    return inTransaction(deps.db, (w) => refuse(deps, w, caller, where, 'open', { code: 'NOT_ON_PANEL' }));
  }
  drawNumbers(deps, book, where);
  return ok({ key: { ...where, examinerId }, panel, rubric, book });
}

function refuse<const E extends { code: string }>(
  deps: ScoringDeps,
  w: WriteDb,
  caller: Caller,
  where: Where,
  step: string,
  error: E,
) {
  const { roomId, sessionId } = where;
  deps.journal.append(
    w,
    actorOf(caller, step === 'look' ? undefined : 'examiner'),
    scoringEvents.refused,
    { step, code: error.code, roomId },
    sessionId,
  );
  return err(error);
}

export function readSheet(deps: ScoringDeps, caller: Caller, where: Where): Result<MarkingSheet, SheetError> {
  const open = openSheet(deps, caller, where);
  if (!open.ok) return open;
  const { key, panel, rubric, book } = open.value;
  return ok(sheetView(deps.db, book, key, panel, rubric));
}

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
    const { lateAtMs } = admissionWindow(book.session(sessionId)!.startsAtMs, deps.rules());
    if (state !== 'closed' && deps.clock.wallMs() <= lateAtMs) {
      return refuse(deps, w, caller, where, 'lock', { code: 'TOO_EARLY', data: { endsAtMs: lateAtMs } });
    }
    const locked = lockedSheets(w, sessionId, roomId);
    if (locked.some((s) => s.examinerId === examinerId))
      return refuse(deps, w, caller, where, 'lock', { code: 'LOCKED' });
    const drafted = draftMarks(w, key);
    const present = presentNumbers(w, sessionId, roomId).map((n) => n.number);
    const missing = present.filter((n) => rubric.items.some((i) => drafted[n]?.[i.itemId] === undefined)).length;
    if (missing > 0) return refuse(deps, w, caller, where, 'lock', { code: 'INCOMPLETE', data: { missing } });
    const waiting = state === 'closed' ? 0 : deps.stillToEnter(sessionId, roomId);
    if (waiting > 0) return refuse(deps, w, caller, where, 'lock', { code: 'SOMEBODY_WAITS', data: { waiting } });

    const marks = Object.fromEntries(present.map((n) => [n, drafted[n]!]));
    const { checkCode, marksSha256 } = checkCodeOf(marks);
    insertLocked(w, { ...key, marks, notes: notesOf(w, key), checkCode, lockedAtMs: deps.clock.wallMs() });
    const totals = Object.fromEntries(Object.entries(marks).map(([n, m]) => [n, totalOf(m)]));
    const actor = actorOf(caller, 'examiner');
    deps.journal.append(
      w,
      actor,
      scoringEvents.locked,
      { roomId, examinerId, checkCode, marksSha256, totals },
      sessionId,
    );
    if (locked.length + 1 === panel.length) {
      deps.journal.append(w, { kind: 'station' }, scoringEvents.revealed, { roomId }, sessionId);
    }
    return ok(true);
  });
  if (!result.ok) return result;
  deps.changed();
  return ok(sheetView(deps.db, book, key, panel, rubric));
}

export type RevealedError = SheetError | { code: 'NOT_REVEALED'; data: { waitingFor: number } };

/** Who may look at a room's marks once they lie open, besides the panel itself. */
const READERS: readonly Role[] = ['score-keeper', 'supervisor', 'site-lead'];

/** What the panel sees once everyone has locked. Another room's examiner sees none of it, whatever else they are. */
export function readRevealed(deps: ScoringDeps, caller: Caller, where: Where): Result<Revealed, RevealedError> {
  const book = deps.book();
  if (!book?.session(where.sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const { roles, examinerId } = caller.member!;
  const onPanel = book.panel(where.sessionId, where.roomId).some((p) => p.examinerId === examinerId);
  const refused = (error: RevealedError) =>
    inTransaction(deps.db, (w) => refuse(deps, w, caller, where, 'look', error));
  if (!onPanel && !roles.some((r) => READERS.includes(r))) return refused({ code: 'NOT_ON_PANEL' });
  const waiting = waitingFor(deps, book, where);
  if (waiting > 0) return refused({ code: 'NOT_REVEALED', data: { waitingFor: waiting } });
  const rules = deps.rules();
  const { results, passTenths } = roomResults(deps.db, book, rules, where.sessionId, where.roomId);
  return ok({
    results: results.map(({ candidateId: _hidden, ...shown }) => shown),
    passTenths,
    spreadLimitTenths: rules['scoring.spread-limit-tenths'],
  });
}

/** How many of the panel have not locked yet; nothing is revealed before that is none. */
export function waitingFor(deps: ScoringDeps, book: PlanBook, where: Where): number {
  const locked = lockedSheets(deps.db, where.sessionId, where.roomId);
  const panel = book.panel(where.sessionId, where.roomId);
  return panel.filter((p) => !locked.some((s) => s.examinerId === p.examinerId)).length;
}

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
  const signature = {
    format: 'kaodian-signature/1',
    examinerId,
    roomId,
    checkCode: wish.checkCode,
    atMs: nowMs,
    strokes: wish.strokes,
  };
  const sealed = await deps.vault.write(Buffer.from(JSON.stringify(signature)), {
    sessionId,
    kind: 'signature',
    subject: examinerId,
    mediaType: 'application/json',
    beginMs: nowMs,
    endMs: nowMs,
  });
  if (!sealed.ok) throw new Error(`a signature could not be stored: ${sealed.error.code}`);
  const done = inTransaction(deps.db, (w): Result<true, SignError> => {
    const violation = signViolation(deps, w, book, key, wish.checkCode);
    if (violation) return refuse(deps, w, caller, where, 'sign', violation);
    const { evidenceId, sha256 } = sealed.value;
    deps.vault.keep(w, sealed.value);
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
