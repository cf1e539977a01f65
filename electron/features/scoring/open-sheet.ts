import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PanelSeat, Rubric } from '../plan/plan-schema.ts';
import type { RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin } from '../staff/pin.ts';
import type { MarkingSheet } from './contract.ts';
import { drawNumbers } from './draw-numbers.ts';
import { scoringEvents } from './events.ts';
import type { HeldChecks } from './held-checks.ts';
import type { ResultPorts } from './results.ts';
import { sheetView } from './sheet.ts';
import type { SheetKey } from './store.ts';

export interface ScoringDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  book: () => PlanBook | null;
  rules: RulesOf;
  sessionState: (sessionId: string) => SessionState | null;
  /** How many of a room could still be admitted although the late limit has passed: see `stillToEnter` of checkin. */
  stillToEnter: (sessionId: string, roomId: string) => number;
  checkPin: CheckPin;
  panelFaults: ResultPorts['panelFaults'];
  coverageIn: ResultPorts['coverageIn'];
  /** Posts that keep a person from keeping scores: training posts known of them, by name. */
  trainingPostsOf: (name: string) => string[];
  /** A person's name by their account. */
  nameOf: (staffId: string) => string;
  /** Files that were read and found good, until somebody adopts them. */
  checks: HeldChecks;
  changed: () => void;
}

/** What results are computed from; null without a plan. */
export function resultPorts(
  deps: Pick<ScoringDeps, 'db' | 'book' | 'rules' | 'panelFaults' | 'coverageIn'>,
): ResultPorts | null {
  const book = deps.book();
  return book && { ...deps, book };
}

export interface Where {
  sessionId: string;
  roomId: string;
}

export type SheetError = { code: 'NOT_ON_PANEL' } | { code: 'NO_SUCH_SESSION' } | { code: 'SESSION_SEALED' };

export interface OpenSheet {
  key: SheetKey;
  panel: PanelSeat[];
  rubric: Rubric;
  book: PlanBook;
}

/** The caller's own sheet in a room, drawing the room's anonymous numbers where they are still to be drawn. */
export function openSheet(deps: ScoringDeps, caller: Caller, where: Where): Result<OpenSheet, SheetError> {
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

export function refuse<const E extends { code: string }>(
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
