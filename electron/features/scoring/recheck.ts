import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import type { Role } from '../staff/roles.ts';
import type { Strokes } from './contract.ts';
import { type Decision, findDecision, insertCheck } from './decision-store.ts';
import { decisionView } from './decisions.ts';
import type { DecisionBody, DecisionView } from './decisions-contract.ts';
import { scoringEvents } from './events.ts';
import { sitsOn } from './lead-decisions.ts';
import { refuse, type ScoringDeps } from './open-sheet.ts';
import { sealStrokes } from './sealed-strokes.ts';

export type RecheckError =
  | PinError
  | { code: 'NO_SUCH_DECISION' }
  | { code: 'ALREADY_CHECKED' }
  | { code: 'SESSION_SEALED' }
  | { code: 'SAME_PERSON' }
  | { code: 'NOT_THE_RECHECKER' }
  | { code: 'CHECK_CODE_DIFFERS' }
  | { code: 'NOTE_NEEDED' };

/** Whose second signature a decision needs: the panel's for marks, a supervisor's for codes, a score keeper's for theory. */
export const recheckerOf = (kind: DecisionBody['kind']): Role =>
  kind === 'code' ? 'supervisor' : kind === 'theory-correction' ? 'score-keeper' : 'examiner';

/** The second person signs a decision, which is then in force; or does not agree and says why, and it never is. */
export async function recheckDecision(
  deps: ScoringDeps,
  caller: Caller,
  wish: { decisionId: string; checkCode: string; agrees: boolean; note: string; pin: string; strokes: Strokes },
): Promise<Result<DecisionView, RecheckError>> {
  const decision = findDecision(deps.db, wish.decisionId);
  if (!decision) return err({ code: 'NO_SUCH_DECISION' });
  const role = recheckerOf(decision.body.kind);
  const early = inTransaction(deps.db, (w) => {
    const found = recheckViolation(deps, w, caller, decision, wish);
    return found && refuse(deps, w, caller, decision, 'recheck', found);
  });
  if (early) return early;
  const member = caller.member!;
  const checked = await deps.checkPin(member.staffId, wish.pin, 'sign-recheck', actorOf(caller, role));
  if (!checked.ok) return checked;
  const atMs = deps.clock.wallMs();
  const subject = member.examinerId ?? member.staffId;
  const { sessionId, decisionId, checkCode } = decision;
  const about = { decisionId, signs: wish.agrees ? 'recheck' : 'disagreement', subject };
  const sealed = await sealStrokes(deps, { sessionId, subject, checkCode, atMs, strokes: wish.strokes, about });
  const done = inTransaction(deps.db, (w): Result<true, RecheckError> => {
    const found = recheckViolation(deps, w, caller, findDecision(w, decisionId)!, wish);
    if (found) return refuse(deps, w, caller, decision, 'recheck', found);
    const { evidenceId, sha256 } = sealed;
    deps.vault.keep(w, sealed);
    const { agrees, note } = wish;
    const { staffId, name, examinerId } = member;
    insertCheck(w, decisionId, { staffId, name, examinerId, atMs, evidenceId, agrees, note });
    const data = { decisionId, agrees, checkCode, evidenceId, sha256 };
    deps.journal.append(w, actorOf(caller, role), scoringEvents.decisionChecked, data, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(decisionView(findDecision(deps.db, decisionId)!));
}

function recheckViolation(
  deps: ScoringDeps,
  _db: ReadDb,
  caller: Caller,
  d: Decision,
  wish: { checkCode: string; agrees: boolean; note: string },
): Exclude<RecheckError, PinError> | null {
  if (deps.sessionState(d.sessionId) === 'sealed') return { code: 'SESSION_SEALED' };
  if (d.check !== null) return { code: 'ALREADY_CHECKED' };
  const member = caller.member!;
  if (member.staffId === d.by.staffId) return { code: 'SAME_PERSON' };
  const role = recheckerOf(d.body.kind);
  const may = member.roles.includes(role) && (role !== 'examiner' || sitsOn(deps, caller, d));
  if (!may) return { code: 'NOT_THE_RECHECKER' };
  if (d.checkCode !== wish.checkCode) return { code: 'CHECK_CODE_DIFFERS' };
  return wish.agrees || wish.note.trim() !== '' ? null : { code: 'NOTE_NEEDED' };
}
