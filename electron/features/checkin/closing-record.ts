import { actorOf, type Caller } from '../../contract/caller.ts';
import type { WriteDb } from '../../db/database.ts';
import type { EvidenceId, StaffId } from '../../lib/ids.ts';
import type { Sealed } from '../../vault/vault.ts';
import type { Attempt, ManualReason } from './contract.ts';
import type { DoorDeps } from './deps.ts';
import { backgroundOf } from './door.ts';
import { checkinEvents } from './events.ts';
import { factsOf } from './facts.ts';
import type { OpenAttempt } from './open-attempt.ts';
import type { AttemptRecord } from './store.ts';
import { whatElseDecided } from './what-decided.ts';
import type { Seen } from './what-was-seen.ts';

/** What the persons beside the machine said, where there were any. */
export type Said =
  | { kind: 'by-hand'; reason: ManualReason; note: string; checks: string[]; second: StaffId; saw: Seen[] }
  | { kind: 'held'; staffId: StaffId; note: string }
  | { kind: 'set-aside'; note: string };

/** What is put on record besides the attempt itself. */
export interface Closing {
  said: Said | null;
  evidence: Sealed[];
}

/** The attempt as it stands closed, with what it rests on. */
export function recordOf(
  deps: DoorDeps,
  a: OpenAttempt,
  closed: Attempt,
  caller: Caller,
  { said, evidence }: Closing,
): AttemptRecord {
  const engine = deps.engine();
  const { pass, near } = factsOf(a, backgroundOf(deps, a)).face;
  return {
    attempt: closed,
    by: caller.member?.staffId ?? '',
    second: said?.kind === 'by-hand' ? said.second : said?.kind === 'held' ? said.staffId : null,
    manual:
      said?.kind === 'by-hand' ? { reason: said.reason, note: said.note, checks: said.checks, saw: said.saw } : null,
    engine: engine && {
      name: engine.name,
      models: engine.models.map(({ file, sha256 }) => ({ file, sha256 })),
      pass,
      near,
    },
    frameSha256: closed.consent?.face === 'declined' ? [] : a.frames.map((f) => f.sha256),
    ...whatElseDecided(a),
    evidence: evidence.map(({ kind, evidenceId, sha256 }) => ({ kind, evidenceId: evidenceId as EvidenceId, sha256 })),
  };
}

/** The journal entry of a closing, under the event its outcome has. */
export function journalClosing(
  deps: DoorDeps,
  w: WriteDb,
  caller: Caller,
  a: OpenAttempt,
  record: AttemptRecord,
  said: Said | null,
): void {
  const closed = record.attempt;
  const data = {
    attemptId: closed.attemptId,
    candidateId: closed.candidateId,
    roomId: a.roomId,
    lane: a.lane,
    seat: closed.place?.seat ?? null,
    decision: closed.decision.kind,
    edges: closed.edges,
    documentBy: closed.documentBy,
    ticketPresented: a.ticket !== null,
    consent: closed.consent?.face ?? null,
    liveness: closed.liveness.kind,
    turn: record.turn,
    like: record.like,
    engine: record.engine?.name ?? null,
    frameSha256: record.frameSha256,
    evidence: record.evidence,
  };
  const sessionId = a.session?.sessionId ?? null;
  const actor = actorOf(caller);
  switch (closed.outcome) {
    case 'admitted':
    case 'readmitted': {
      const definition = closed.outcome === 'admitted' ? checkinEvents.admitted : checkinEvents.readmitted;
      deps.journal.append(w, actor, definition, data, sessionId);
      return;
    }
    case 'admitted-by-hand':
    case 'readmitted-by-hand': {
      if (said?.kind !== 'by-hand') throw new Error('admitted by hand, and nobody looked');
      const { reason, note, checks, saw, second: secondStaffId } = said;
      const byHand = { ...data, reason, note, checks, secondStaffId, saw };
      const definition =
        closed.outcome === 'admitted-by-hand' ? checkinEvents.admittedByHand : checkinEvents.readmittedByHand;
      deps.journal.append(w, actor, definition, byHand, sessionId);
      return;
    }
    case 'held': {
      if (said?.kind !== 'held') throw new Error('held, and nobody decided it');
      const { staffId: leadStaffId, note } = said;
      deps.journal.append(w, actor, checkinEvents.held, { ...data, leadStaffId, note }, sessionId);
      return;
    }
    case 'set-aside': {
      const note = said?.kind === 'set-aside' ? said.note : '';
      deps.journal.append(w, actor, checkinEvents.setAside, { ...data, note }, sessionId);
      return;
    }
    case 'sent-elsewhere': {
      const elsewhere = { ...data, toRoomId: closed.place?.roomId ?? '' };
      deps.journal.append(w, actor, checkinEvents.sentElsewhere, elsewhere, sessionId);
      return;
    }
    case 'refused': {
      const { decision } = closed;
      if (decision.kind !== 'refuse') throw new Error('refused without a rule');
      const { ruleId, facts } = decision.rule;
      deps.journal.append(w, actor, checkinEvents.refused, { ...data, ruleId, facts }, sessionId);
      return;
    }
    default:
      deps.journal.append(w, actor, checkinEvents.abandoned, data, sessionId);
  }
}
