import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import type { RoomId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { Sealed } from '../../vault/vault.ts';
import type { PinError } from '../staff/pin.ts';
import type { Role } from '../staff/roles.ts';
import { checkCodeOver } from './check-code.ts';
import type { Strokes } from './contract.ts';
import { type Decision, decisionsIn, insertDecision } from './decision-store.ts';
import type { DecisionBody, DecisionView } from './decisions-contract.ts';
import { scoringEvents } from './events.ts';
import { refuse, type ScoringDeps } from './open-sheet.ts';
import { sealStrokes } from './sealed-strokes.ts';

/** What both persons sign: never a part of it. */
export const contentOf = (d: Pick<Decision, 'decisionId' | 'sessionId' | 'roomId' | 'number' | 'body' | 'reason'>) => ({
  decisionId: d.decisionId,
  sessionId: d.sessionId,
  roomId: d.roomId,
  number: d.number,
  body: d.body,
  reason: d.reason,
});

export interface DecisionWish {
  sessionId: string;
  roomId: string;
  number: string;
  body: DecisionBody;
  reason: string;
  pin: string;
  strokes: Strokes;
  /** In whose name the journal has it. */
  role: Role;
  /** Evidence the decision names, kept with it in one commit. */
  attached?: readonly Sealed[];
}

/**
 * Puts a decision on record, signed by its first person. It counts once the second one has signed (`recheckDecision`).
 *
 * @param violation  what forbids it, asked before the PIN and once more inside the commit
 */
export async function makeDecision<E extends { code: string }>(
  deps: ScoringDeps,
  caller: Caller,
  wish: DecisionWish,
  violation: (db: ReadDb) => E | null,
): Promise<Result<DecisionView, E | PinError>> {
  const { sessionId, roomId, number, body, reason } = wish;
  const early = inTransaction(deps.db, (w) => {
    const found = violation(w);
    return found && refuse(deps, w, caller, wish, body.kind, found);
  });
  if (early) return early;
  const member = caller.member!;
  const checked = await deps.checkPin(member.staffId, wish.pin, `sign-${body.kind}`, actorOf(caller, wish.role));
  if (!checked.ok) return checked;
  const atMs = deps.clock.wallMs();
  const decisionId = newId('D');
  const content = { decisionId, sessionId, roomId, number, body, reason };
  const { checkCode, sha256: contentSha256 } = checkCodeOver(content);
  const subject = member.examinerId ?? member.staffId;
  const about = { decisionId, signs: 'decision', subject };
  const sealed = await sealStrokes(deps, { sessionId, subject, checkCode, atMs, strokes: wish.strokes, about });
  const done = inTransaction(deps.db, (w): Result<true, E> => {
    const found = violation(w);
    if (found) return refuse(deps, w, caller, wish, body.kind, found);
    const { evidenceId, sha256 } = sealed;
    for (const file of wish.attached ?? []) deps.vault.keep(w, file);
    deps.vault.keep(w, sealed);
    const { staffId, name, examinerId } = member;
    insertDecision(w, { ...content, checkCode, by: { staffId, name, examinerId, atMs, evidenceId } });
    const data = { decisionId, kind: body.kind, roomId, number, checkCode, contentSha256, evidenceId, sha256 };
    deps.journal.append(w, actorOf(caller, wish.role), scoringEvents.decisionMade, data, sessionId);
    return ok(true);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(decisionView(decisionsIn(deps.db, sessionId).find((d) => d.decisionId === decisionId)!));
}

export function decisionView(d: Decision): DecisionView {
  const { decisionId, number, body, reason, checkCode, by, check } = d;
  return {
    decisionId,
    roomId: d.roomId as RoomId,
    number,
    body,
    reason,
    checkCode,
    by: { name: by.name, atMs: by.atMs },
    check: check && { name: check.name, atMs: check.atMs, agrees: check.agrees, note: check.note },
  };
}

/** Whether something decided about this candidate still waits for its second person. */
export const isOpen = (db: ReadDb, sessionId: string, roomId: string, number: string): boolean =>
  decisionsIn(db, sessionId, roomId).some((d) => d.number === number && d.check === null);
