import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { Strokes } from '../scoring/contract.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin, PinError } from '../staff/pin.ts';
import type { SupervisorRecords, SupervisorWords } from './contract.ts';
import { supervisorRecordEvents } from './events.ts';
import { insertSupervisorRecord, supervisorRecordsIn } from './store.ts';

export interface SupervisorRecordDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  book: () => PlanBook | null;
  sessionState: (sessionId: string) => SessionState | null;
  checkPin: CheckPin;
  changed: () => void;
}

/** From the opening until the seal. */
const mayWriteIn = (state: SessionState): boolean => state === 'open' || state === 'running' || state === 'closed';

export function readRecords(
  deps: SupervisorRecordDeps,
  sessionId: string,
): Result<SupervisorRecords, { code: 'NO_SUCH_SESSION' }> {
  const book = deps.book();
  const session = book?.session(sessionId);
  const state = deps.sessionState(sessionId);
  if (!book || !session || state === null) return err({ code: 'NO_SUCH_SESSION' });
  const { centre } = book.plan;
  return ok({
    sessionId: session.sessionId,
    recipient: centre.supervisionRecipient ?? null,
    centre: centre.name,
    open: mayWriteIn(state),
    records: supervisorRecordsIn(deps.db, sessionId).map(({ recordId, byName, atMs, storedSha256, bytes }) => ({
      recordId,
      byName,
      atMs,
      storedSha256,
      bytes,
    })),
  });
}

type Violation =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } }
  | { code: 'NO_SUPERVISION_KEY'; data: { centre: string } }
  | { code: 'REMARK_NEEDED' }
  | { code: 'DISK_FULL' };

function violation(deps: SupervisorRecordDeps, sessionId: string, words: SupervisorWords): Violation | null {
  const book = deps.book();
  const state = deps.sessionState(sessionId);
  if (!book || state === null) return { code: 'NO_SUCH_SESSION' };
  if (!mayWriteIn(state)) return { code: 'WRONG_STATE', data: { state } };
  const { centre } = book.plan;
  if (centre.supervisionRecipient === undefined) return { code: 'NO_SUPERVISION_KEY', data: { centre: centre.name } };
  const unexplained = words.findings.some((f) => f.judgement === 'problem' && f.note.length < 2);
  return unexplained ? { code: 'REMARK_NEEDED' } : null;
}

/**
 * Keeps what the supervisor wrote, signed by PIN and hand, encrypted to the supervision's key and to nobody else: neither
 * the site nor the station can open it from then on. Source: 企业内职业技能鉴定成绩管理细则 (督导记录单独封存).
 */
export async function writeRecord(
  deps: SupervisorRecordDeps,
  caller: Caller,
  wish: { sessionId: string; words: SupervisorWords; pin: string; strokes: Strokes },
): Promise<Result<SupervisorRecords, Violation | PinError>> {
  const { sessionId, words } = wish;
  const actor = actorOf(caller, 'supervisor');
  const refuse = (error: Violation): Result<never, Violation> => {
    if (error.code !== 'NO_SUCH_SESSION') {
      const data = { code: error.code };
      inTransaction(deps.db, (w) => deps.journal.append(w, actor, supervisorRecordEvents.refused, data, sessionId));
    }
    return err(error);
  };
  const early = violation(deps, sessionId, words);
  if (early) return refuse(early);
  const { staffId: byStaff, name: byName } = caller.member!;
  const checked = await deps.checkPin(byStaff, wish.pin, 'supervisor-record', actor);
  if (!checked.ok) return checked;
  const recipient = deps.book()!.plan.centre.supervisionRecipient!;
  const atMs = deps.clock.wallMs();
  const recordId = newId('SR');
  const text = JSON.stringify({
    format: 'kaodian-supervisor-record/1',
    recordId,
    sessionId,
    by: byStaff,
    byName,
    atMs,
    ...words,
    strokes: wish.strokes,
  });
  const label = {
    sessionId,
    kind: 'supervisor-record',
    subject: null,
    mediaType: 'application/json',
    beginMs: atMs,
    endMs: atMs,
  } as const;
  const sealed = await deps.vault.writeFor([recipient], Buffer.from(text), label);
  if (!sealed.ok) {
    if (sealed.error.code === 'disk-full') return refuse({ code: 'DISK_FULL' });
    throw new Error(`a supervisor's record could not be stored: ${sealed.error.code}`);
  }
  const { evidenceId, storedSha256 } = sealed.value;
  const late = inTransaction(deps.db, (w): Violation | null => {
    const found = violation(deps, sessionId, words);
    if (found) return found;
    deps.vault.keep(w, sealed.value);
    insertSupervisorRecord(w, sessionId, { recordId, evidenceId, recipient, byStaff, byName, atMs });
    const data = { recordId, evidenceId, storedSha256, recipient };
    deps.journal.append(w, actor, supervisorRecordEvents.sealedApart, data, sessionId);
    return null;
  });
  if (late) return refuse(late);
  deps.changed();
  return readRecords(deps, sessionId);
}
