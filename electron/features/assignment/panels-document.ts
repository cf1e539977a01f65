import type { ReadDb } from '../../db/database.ts';
import type { AssignmentFacts } from '../examiners/assignment-facts.ts';
import { clauseOutcomes } from '../examiners/evaluated-clauses.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { evaluationsOf } from './evaluation-store.ts';
import { changesIn } from './store.ts';

/**
 * Who sat in which panel and what the rules said of it (`kaodian-panels/1`): the proof that marks came from lawful panels.
 * Each evaluation names its facts by their hash, and facts that several rest on stand once.
 *
 * @param planDigest  changes made under an earlier plan are no part of what is in force
 */
export function panelsDocument(db: ReadDb, book: PlanBook, planDigest: string, sessionId: string) {
  const evaluations = evaluationsOf(db, sessionId);
  const changes = changesIn(db, sessionId).filter((c) => c.planDigest === planDigest);
  return {
    format: 'kaodian-panels/1',
    rooms: book.roomsOf(sessionId).map(({ roomId }) => ({
      roomId,
      planned: book.plannedPanel(sessionId, roomId).map(({ examinerId, duty }) => ({ examinerId, duty })),
      /** Each the whole panel after it; before the first the planned one was in force. */
      changes: changes
        .filter((c) => c.roomId === roomId)
        .map(({ version, panel, act, reason, byStaffId, atMs, seq }) => ({
          version,
          panel,
          act,
          reason,
          byStaffId,
          atMs,
          seq,
        })),
      evaluations: evaluations
        .filter((e) => e.roomId === roomId)
        .map(({ facts: _facts, roomId: _room, sessionId: _session, ...e }) => ({
          ...e,
          clauses: clauseOutcomes(e.findings),
        })),
    })),
    facts: Object.fromEntries(evaluations.map((e) => [e.factsSha256, JSON.parse(e.facts) as AssignmentFacts])),
  };
}
