import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type ReadDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CandidateId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Vault } from '../../vault/vault.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { Strokes } from '../scoring/contract.ts';
import type { SessionState } from '../session/contract.ts';
import type { Consent, ConsentText, FaceConsent } from './contract.ts';
import { consentEvents } from './events.ts';
import { isHandwriting } from './rules.ts';
import { type ConsentRecord, insertConsent } from './store.ts';

export interface ConsentDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  book: () => PlanBook | null;
  /** As it stands now, the names of site and centre filled in. */
  text: () => ConsentText;
  sessionState: (sessionId: string) => SessionState | null;
  isAdmitted: (db: ReadDb, candidateId: string) => boolean;
  /** A candidate has declined: what the doors hold of their face goes. */
  forgetFaces: (candidateId: string) => void;
  changed: () => void;
}

type Violation =
  | { code: 'PERSON_UNKNOWN' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } }
  | { code: 'ALREADY_ADMITTED' }
  | { code: 'NO_SIGNATURE' }
  | { code: 'TEXT_CHANGED'; data: { sha256: string } };
export type SignConsentError = Violation | { code: 'DISK_FULL' };

interface SignWish {
  candidateId: CandidateId;
  face: FaceConsent;
  textSha256: string;
  strokes: Strokes;
  lane: number;
}

/** What stands against taking this signing now; null for nothing. */
function violationOf(deps: ConsentDeps, db: ReadDb, wish: SignWish): Violation | null {
  const candidate = deps.book()?.candidate(wish.candidateId);
  if (!candidate) return { code: 'PERSON_UNKNOWN' };
  const state = deps.sessionState(candidate.sessionId)!;
  if (state !== 'open' && state !== 'running') return { code: 'WRONG_STATE', data: { state } };
  if (deps.isAdmitted(db, wish.candidateId)) return { code: 'ALREADY_ADMITTED' };
  if (!isHandwriting(wish.strokes)) return { code: 'NO_SIGNATURE' };
  const { sha256 } = deps.text();
  return sha256 === wish.textSha256 ? null : { code: 'TEXT_CHANGED', data: { sha256 } };
}

/**
 * Takes what a candidate has signed: strokes into the vault, record and journal entry in one commit. A changed mind is
 * another signing.
 */
export async function signConsent(
  deps: ConsentDeps,
  caller: Caller,
  wish: SignWish,
): Promise<Result<Consent, SignConsentError>> {
  const early = violationOf(deps, deps.db, wish);
  if (early) return refuse(deps, caller, wish, early);
  const { candidateId, face, lane } = wish;
  const { sessionId } = deps.book()!.candidate(candidateId)!;
  const text = deps.text();
  const atMs = deps.clock.wallMs();
  const signature = { format: 'kaodian-consent-signature/1', candidateId, face, text, atMs, strokes: wish.strokes };
  const sealed = await deps.vault.write(Buffer.from(JSON.stringify(signature)), {
    sessionId,
    kind: 'consent-signature',
    subject: candidateId,
    mediaType: 'application/json',
    beginMs: atMs,
    endMs: atMs,
  });
  if (!sealed.ok) return refuse(deps, caller, wish, { code: 'DISK_FULL' });
  const { evidenceId, sha256 } = sealed.value;
  const signed = inTransaction(deps.db, (w): Result<ConsentRecord, Violation> => {
    // Another lane may have admitted them while the strokes were written.
    const violation = violationOf(deps, w, wish);
    if (violation) return err(violation);
    const record: ConsentRecord = {
      consentId: newId('N'),
      candidateId,
      face,
      textSha256: text.sha256,
      atMs,
      byName: caller.member?.name ?? '',
      byStaffId: caller.member?.staffId ?? '',
      evidenceId,
      evidenceSha256: sha256,
      lane,
    };
    deps.vault.keep(w, sealed.value);
    insertConsent(w, sessionId, text, record);
    const { consentId, textSha256 } = record;
    deps.journal.append(
      w,
      actorOf(caller),
      consentEvents.signed,
      { consentId, candidateId, face, textSha256, lane, evidenceId, sha256 },
      sessionId,
    );
    return ok(record);
  });
  if (!signed.ok) return refuse(deps, caller, wish, signed.error);
  if (face === 'declined') deps.forgetFaces(candidateId);
  deps.changed();
  return ok(consentOf(signed.value));
}

/** A signing as desks see it. */
export function consentOf({ consentId, candidateId, face, textSha256, atMs, byName }: ConsentRecord): Consent {
  return { consentId, candidateId, face, textSha256, atMs, byName };
}

function refuse<const E extends SignConsentError>(deps: ConsentDeps, caller: Caller, wish: SignWish, error: E) {
  const { candidateId } = wish;
  const sessionId = deps.book()?.candidate(candidateId)?.sessionId ?? null;
  // Nothing is added to the record of a sealed session.
  const onRecord = sessionId !== null && deps.sessionState(sessionId) !== 'sealed' ? sessionId : null;
  const data = { candidateId, code: error.code };
  inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), consentEvents.refused, data, onRecord));
  return err(error);
}
