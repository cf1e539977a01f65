import { createHash } from 'node:crypto';
import type { Caller } from '../../contract/caller.ts';
import type { ReadDb } from '../../db/database.ts';
import { err, type Result } from '../../lib/result.ts';
import type { Sealed } from '../../vault/vault.ts';
import type { PinError } from '../staff/pin.ts';
import type { Strokes } from './contract.ts';
import { decisionsIn } from './decision-store.ts';
import { isOpen, makeDecision } from './decisions.ts';
import type { DecisionBody, DecisionView } from './decisions-contract.ts';
import { drawNumbers } from './draw-numbers.ts';
import type { ScoringDeps } from './open-sheet.ts';
import { numberOfCandidate } from './store.ts';

const MAX_MIB = 20;
type Code = Extract<DecisionBody, { kind: 'code' }>;

export type SetCodeError =
  | PinError
  | { code: 'NO_SUCH_CANDIDATE' }
  | { code: 'SESSION_SEALED' }
  | { code: 'NOT_OPENED' }
  | { code: 'NOTHING_CHANGES' }
  | { code: 'DECISION_OPEN' }
  | { code: 'EVIDENCE_TOO_LARGE'; data: { maxMib: number } };

/**
 * 违纪 or 作废, or its lifting, by the site lead with the written decision and what proves it (沪人社职〔2024〕120号: 过程、决定、
 * 佐证材料). In force once a supervisor has signed it.
 */
export async function setCode(
  deps: ScoringDeps,
  caller: Caller,
  wish: {
    candidateId: string;
    code: Code['code'];
    severity: Code['severity'];
    document: string;
    reason: string;
    evidence: readonly { name: string; bytes: Uint8Array; mediaType: string }[];
    pin: string;
    strokes: Strokes;
  },
): Promise<Result<DecisionView, SetCodeError>> {
  const book = deps.book();
  const candidate = book?.candidate(wish.candidateId);
  const session = candidate && book?.session(candidate.sessionId);
  if (!book || !candidate || !session) return err({ code: 'NO_SUCH_CANDIDATE' });
  const { sessionId, roomId, candidateId, ticketNumber } = candidate;
  if (wish.evidence.reduce((n, e) => n + e.bytes.length, 0) > MAX_MIB * 1024 * 1024) {
    return err({ code: 'EVIDENCE_TOO_LARGE', data: { maxMib: MAX_MIB } });
  }
  const marked = session.rubricId !== null;
  if (marked) drawNumbers(deps, book, { sessionId, roomId });
  const number = marked ? numberOfCandidate(deps.db, sessionId, candidateId) : ticketNumber;
  const violation = (db: ReadDb): Exclude<SetCodeError, PinError> | null => {
    const state = deps.sessionState(sessionId);
    if (state === 'sealed') return { code: 'SESSION_SEALED' };
    if (state === 'preparing' || number === null) return { code: 'NOT_OPENED' };
    if (isOpen(db, sessionId, roomId, number)) return { code: 'DECISION_OPEN' };
    return codeInForce(db, sessionId, roomId, number) === wish.code ? { code: 'NOTHING_CHANGES' } : null;
  };
  const early = violation(deps.db);
  const attached: Sealed[] = [];
  for (const file of early ? [] : wish.evidence) attached.push(await storeFile(deps, sessionId, candidateId, file));
  const { code, severity, document } = wish;
  const evidence = attached.map((s, i) => ({
    name: wish.evidence[i]!.name.slice(0, 120),
    sha256: createHash('sha256').update(wish.evidence[i]!.bytes).digest('hex'),
    evidenceId: s.evidenceId,
  }));
  const body: Code = { kind: 'code', code, severity, document, evidence };
  const { reason, pin, strokes } = wish;
  const act = {
    sessionId,
    roomId,
    number: number ?? '',
    body,
    reason,
    pin,
    strokes,
    role: 'site-lead' as const,
    attached,
  };
  return makeDecision(deps, caller, act, violation);
}

/** `lifted` where no code stands. */
function codeInForce(db: ReadDb, sessionId: string, roomId: string, number: string): Code['code'] {
  const bodies = decisionsIn(db, sessionId, roomId).flatMap((d) =>
    d.number === number && d.check?.agrees && d.body.kind === 'code' ? [d.body.code] : [],
  );
  return bodies.at(-1) ?? 'lifted';
}

async function storeFile(
  deps: ScoringDeps,
  sessionId: string,
  subject: string,
  { bytes, mediaType }: { bytes: Uint8Array; mediaType: string },
): Promise<Sealed> {
  const label = { sessionId, kind: 'decision-evidence' as const, subject, mediaType, beginMs: null, endMs: null };
  const sealed = await deps.vault.write(bytes, label);
  if (!sealed.ok) throw new Error(`evidence of a decision could not be stored: ${sealed.error.code}`);
  return sealed.value;
}
