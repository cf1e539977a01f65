import { inTransaction, type ReadDb } from '../../db/database.ts';
import { newId } from '../../lib/new-id.ts';
import { declinedFaces } from '../checkin/known-faces.ts';
import { framesNeeded } from '../checkin/open-attempt.ts';
import { findAdmission, findRecord } from '../checkin/store.ts';
import { journalSeed } from '../draw/journal-seed.ts';
import { admissionWindow } from '../session/rules.ts';
import type { Recheck, RecheckState } from './contract.ts';
import type { PresenceDeps } from './deps.ts';
import { presenceEvents } from './events.ts';
import { drawRechecks, type Round, recheckCount } from './recheck-draw.ts';
import {
  drawsIn,
  findRecheck,
  insertDraw,
  insertRecheck,
  type RecheckResult,
  type RecheckRow,
  rechecksIn,
  resultsOf,
} from './store.ts';
import { insideOf, whereIs } from './where.ts';

/**
 * Draws the re-checks that are to be drawn by now: at a session's start from those present, once the late limit has passed
 * from those who came in since. Called every second; each round is drawn once, in one commit with its entry.
 */
export function drawWhenDue(deps: PresenceDeps): void {
  for (const session of deps.book()?.plan.sessions ?? []) {
    const { sessionId } = session;
    if (deps.sessionState(sessionId) !== 'running') continue;
    const done = drawsIn(deps.db, sessionId).length;
    if (done === 0) drawRound(deps, sessionId, 1);
    const { lateAtMs } = admissionWindow(session.startsAtMs, deps.rules(sessionId));
    if (done < 2 && deps.clock.wallMs() > lateAtMs) drawRound(deps, sessionId, 2);
  }
}

function drawRound(deps: PresenceDeps, sessionId: string, round: Round): void {
  const { endsAtMs } = deps.book()!.session(sessionId)!;
  const beginMs = deps.clock.wallMs();
  inTransaction(deps.db, (w) => {
    const before = drawsIn(w, sessionId);
    const stood = new Set(before.flatMap((d) => d.present));
    const pool = insideOf(deps, w, sessionId).filter((a) => !stood.has(a.candidateId));
    const present = pool.map((a) => a.candidateId).sort((a, b) => (a < b ? -1 : 1));
    const count = recheckCount(present.length, deps.rules(sessionId), rechecksIn(w, sessionId).length);
    const seed = journalSeed(deps.journal);
    const drawn = drawRechecks({ root: seed.root, sessionId, round, present, count, beginMs, endsAtMs }).map((d) => ({
      recheckId: newId('K'),
      ...d,
    }));
    const data = { round, ...seed, present, endsAtMs, drawn };
    deps.journal.append(w, { kind: 'station' }, presenceEvents.rechecksDrawn, data, sessionId);
    insertDraw(w, sessionId, { round, ...seed, present, atMs: beginMs, endsAtMs });
    for (const { recheckId, candidateId, dueAtMs } of drawn) {
      const { roomId, attemptId: admission } = pool.find((a) => a.candidateId === candidateId)!;
      insertRecheck(w, { recheckId, sessionId, round, roomId, candidateId, admission, dueAtMs });
    }
  });
  deps.changed();
}

/** Whether the admission a re-check was drawn from still stands: of one taken back nothing is to be done. */
export const stands = (db: ReadDb, r: RecheckRow): boolean =>
  findAdmission(db, r.candidateId)?.attemptId === r.admission;

/** A re-check that is due by now and of somebody still admitted; null for any other. */
export function dueRecheck(deps: PresenceDeps, db: ReadDb, recheckId: string): RecheckRow | null {
  const row = findRecheck(db, recheckId);
  return row && row.dueAtMs <= deps.clock.wallMs() && stands(db, row) ? row : null;
}

/** Re-checks of a session that stand and that nobody has decided. */
export const undoneRechecks = (db: ReadDb, sessionId: string): RecheckRow[] =>
  rechecksIn(db, sessionId).filter((r) => stands(db, r) && !resultsOf(db, r.recheckId).some(decides));

export const decides = ({ kind }: RecheckResult): boolean => kind !== 'face-missed';

export function stateOfRecheck(deps: PresenceDeps, db: ReadDb, r: RecheckRow): RecheckState {
  const results = resultsOf(db, r.recheckId);
  const decided = results.find(decides);
  if (decided) {
    return {
      kind: 'done',
      by: decided.kind === 'face-same' ? 'face' : 'eye',
      verdict: decided.kind === 'eye-doubt' ? 'doubt' : 'same',
      atMs: decided.atMs,
      ...scoreOf(decided),
    };
  }
  if (deps.consentOf(r.candidateId)?.face === 'declined' || saidNo(db, r)) return byEye('declines-face');
  const missed = results.find((result) => result.kind === 'face-missed');
  if (missed) return { ...byEye('faces-differ'), ...scoreOf(missed) };
  const references = deps.open.get(r.recheckId)?.references;
  return references && references.plan === null && references.admission === null
    ? byEye('nothing-to-compare')
    : { kind: 'due' };
}

/** Declined by word to the two persons who admitted them: nothing is compared in the room either. */
function saidNo(db: ReadDb, { admission }: RecheckRow): boolean {
  const record = findRecord(db, admission);
  return record !== null && declinedFaces(record);
}

const byEye = (reason: 'declines-face' | 'nothing-to-compare' | 'faces-differ') => ({
  kind: 'by-eye' as const,
  reason,
  score: null,
  threshold: null,
});

/** The lower of the two scores: it is the one that has to reach the threshold. */
function scoreOf({ comparison }: RecheckResult): { score: number | null; threshold: number | null } {
  if (comparison === null) return { score: null, threshold: null };
  const scores = [comparison.planScore, comparison.admissionScore].filter((s) => s !== null);
  return { score: scores.length === 0 ? null : Math.min(...scores), threshold: comparison.threshold };
}

/** Re-checks of a session that stand and that two persons doubted: an alarm until the session ends. */
export function doubtsIn(deps: PresenceDeps, sessionId: string) {
  return rechecksIn(deps.db, sessionId).flatMap((r) => {
    const doubted = resultsOf(deps.db, r.recheckId).find(({ kind }) => kind === 'eye-doubt');
    if (!doubted || !stands(deps.db, r)) return [];
    const { recheckId, roomId, name, seat } = recheckView(deps, r);
    return [{ recheckId, roomId, atMs: doubted.atMs, name, seat }];
  });
}

export function recheckView(deps: PresenceDeps, r: RecheckRow): Recheck {
  const book = deps.book()!;
  const candidate = book.candidate(r.candidateId)!;
  const admission = findAdmission(deps.db, r.candidateId);
  return {
    recheckId: r.recheckId,
    candidateId: candidate.candidateId,
    roomId: candidate.roomId,
    name: candidate.name,
    seat: book.seat(candidate),
    dueAtMs: r.dueAtMs,
    inside: admission !== null && whereIs(deps, admission).kind === 'inside',
    state: stateOfRecheck(deps, deps.db, r),
    frames: { good: deps.open.get(r.recheckId)?.frames.length ?? 0, needed: framesNeeded },
  };
}
