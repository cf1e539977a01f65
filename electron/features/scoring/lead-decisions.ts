import type { Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import type { ExaminerId } from '../../lib/ids.ts';
import type { Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import { marksOfCandidate, unsignedOf } from './conference.ts';
import type { Strokes } from './contract.ts';
import { isOpen, makeDecision } from './decisions.ts';
import type { DecisionView } from './decisions-contract.ts';
import { type CellError, cellViolation } from './draft.ts';
import { vetoOf } from './marks-contract.ts';
import { type OpenSheet, openSheet, refuse, type ScoringDeps, type SheetError, type Where } from './open-sheet.ts';
import { waitingFor } from './reveal.ts';

type LeadError =
  | SheetError
  | PinError
  | CellError
  | { code: 'NOT_REVEALED'; data: { waitingFor: number } }
  | { code: 'NOT_THE_PANEL_LEAD' }
  | { code: 'NOT_ALL_SIGNED'; data: { missing: number } }
  | { code: 'NO_SUCH_CANDIDATE' }
  | { code: 'DECISION_OPEN' };
interface Act extends Where {
  number: string;
  reason: string;
  pin: string;
  strokes: Strokes;
}

/** What keeps the lead from deciding anything about this candidate now. */
function leadViolation(deps: ScoringDeps, db: ReadDb, open: OpenSheet, number: string): LeadError | null {
  const { sessionId, roomId, examinerId } = open.key;
  if (deps.sessionState(sessionId) === 'sealed') return { code: 'SESSION_SEALED' };
  const isLead = open.panel.some((p) => p.examinerId === examinerId && p.duty === 'lead');
  if (!isLead) return { code: 'NOT_THE_PANEL_LEAD' };
  const waiting = waitingFor(deps, open.book, open.key);
  if (waiting > 0) return { code: 'NOT_REVEALED', data: { waitingFor: waiting } };
  const missing = unsignedOf(db, open);
  if (missing > 0) return { code: 'NOT_ALL_SIGNED', data: { missing } };
  if (isOpen(db, sessionId, roomId, number)) return { code: 'DECISION_OPEN' };
  return marksOfCandidate(deps, db, open, number) === null ? { code: 'NO_SUCH_CANDIDATE' } : null;
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && new Set([...a, ...b]).size === a.length;

export type DecideError = LeadError | { code: 'NOT_THESE_ITEMS'; data: { toDecide: string[] } };

/**
 * The lead's marks after a conference: for exactly the items and vetoes that are to be decided. The panel's own marks all
 * stay; no average is shown as official before both have signed.
 */
export async function decideConference(
  deps: ScoringDeps,
  caller: Caller,
  wish: Act & { items: Record<string, number>; vetoes: Record<string, boolean> },
): Promise<Result<DecisionView, DecideError>> {
  const open = openSheet(deps, caller, { sessionId: wish.sessionId, roomId: wish.roomId });
  if (!open.ok) return open;
  const { items, vetoes } = wish;
  const body = { kind: 'conference' as const, items, vetoes };
  return makeDecision(deps, caller, { ...wish, body, role: 'examiner' }, (db): DecideError | null => {
    const violation = leadViolation(deps, db, open.value, wish.number);
    if (violation) return violation;
    const { toDecide, vetoesToDecide } = marksOfCandidate(deps, db, open.value, wish.number)!;
    const nothing = toDecide.length + vetoesToDecide.length === 0;
    if (nothing || !sameSet(Object.keys(items), toDecide) || !sameSet(Object.keys(vetoes), vetoesToDecide)) {
      return { code: 'NOT_THESE_ITEMS', data: { toDecide: [...toDecide, ...vetoesToDecide] } };
    }
    for (const [itemId, tenths] of Object.entries(items)) {
      const wrong = cellViolation(open.value.rubric, itemId, tenths);
      if (wrong) return wrong;
    }
    return null;
  });
}

export type CorrectError = LeadError | { code: 'NOTHING_CHANGES' };

/** One examiner's mark that was written down wrong: a new entry beside the old one, which stays. */
export async function correctMark(
  deps: ScoringDeps,
  caller: Caller,
  wish: Act & { examinerId: ExaminerId; cellId: string; tenths: number | null },
): Promise<Result<DecisionView, CorrectError>> {
  const open = openSheet(deps, caller, { sessionId: wish.sessionId, roomId: wish.roomId });
  if (!open.ok) return open;
  const { number, examinerId, cellId, tenths } = wish;
  const standing = (db: ReadDb): number | null => {
    const sheet = marksOfCandidate(deps, db, open.value, number)?.counted.find((s) => s.examinerId === examinerId);
    const veto = vetoOf(cellId);
    if (veto !== null) return sheet?.vetoes.includes(veto) ? 1 : null;
    return sheet?.marks[cellId] ?? null;
  };
  const body = { kind: 'correction' as const, examinerId, cellId, before: standing(deps.db), tenths };
  return makeDecision(deps, caller, { ...wish, body, role: 'examiner' }, (db): CorrectError | null => {
    const violation = leadViolation(deps, db, open.value, number);
    if (violation) return violation;
    const marks = marksOfCandidate(deps, db, open.value, number)!;
    if (!marks.sheets.some((s) => s.examinerId === examinerId)) return { code: 'NO_SUCH_CANDIDATE' };
    const wrong = cellViolation(open.value.rubric, cellId, tenths);
    if (wrong) return wrong;
    // An item always keeps a mark.
    if (tenths === null && vetoOf(cellId) === null) return { code: 'NO_SUCH_CELL' };
    // Another correction may have come between: what was before is part of what is signed.
    return standing(db) === tenths || standing(db) !== body.before ? { code: 'NOTHING_CHANGES' } : null;
  });
}

/** Whether the caller sits on the panel of a room now. */
export const sitsOn = (deps: ScoringDeps, caller: Caller, where: Where): boolean =>
  deps
    .book()
    ?.panel(where.sessionId, where.roomId)
    .some((p) => p.examinerId === caller.member?.examinerId) ?? false;

export const refuseIn =
  (deps: ScoringDeps, caller: Caller, where: Where, step: string) =>
  <const E extends { code: string }>(error: E) =>
    inTransaction(deps.db, (w) => refuse(deps, w, caller, where, step, error));
