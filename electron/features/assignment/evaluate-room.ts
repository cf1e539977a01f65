import { createHash } from 'node:crypto';
import type { WriteDb } from '../../db/database.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { newId } from '../../lib/new-id.ts';
import { AssignmentFacts } from '../examiners/assignment-facts.ts';
import { evaluatePanel } from '../examiners/evaluate.ts';
import type { Violation } from '../examiners/violation.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { type EvaluationStage, insertEvaluation, type RecordedEvaluation } from './evaluation-store.ts';
import { factsFor, type Ground } from './facts.ts';
import type { AssignedSeat } from './store.ts';

export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const packHashes = new WeakMap<RulePack, string>();

/** SHA-256 over the canonical JSON of a whole pack: which rules something was judged by. */
export function packHash(pack: RulePack): string {
  const hash = packHashes.get(pack) ?? sha256Hex(canonicalJson(pack));
  packHashes.set(pack, hash);
  return hash;
}

/** What the rules say about a panel in a room; the same as `evaluateRoom`, of which nothing is kept. */
export const findingsAbout = (ground: Ground, roomId: string, panel: readonly AssignedSeat[]): Violation[] =>
  evaluatePanel(factsFor(ground, roomId, panel), ground.limits, ground.pack);

/** What the rules say about a panel in a room, and the very facts they were asked about. */
export interface Evaluated {
  facts: string;
  factsSha256: string;
  packSha256: string;
  findings: Violation[];
}

/** @throws ZodError when the station's own records make no sound facts: a defect */
export function evaluateRoom(ground: Ground, roomId: string, panel: readonly AssignedSeat[]): Evaluated {
  const facts = AssignmentFacts.parse(factsFor(ground, roomId, panel));
  const spelled = canonicalJson(facts);
  return {
    facts: spelled,
    factsSha256: sha256Hex(spelled),
    packSha256: packHash(ground.pack),
    findings: evaluatePanel(facts, ground.limits, ground.pack),
  };
}

/** What stands in the journal of an evaluation: everything but the facts, which the hash names. */
export const evaluationData = ({ factsSha256, packSha256, findings }: Evaluated) => ({
  factsSha256,
  packSha256,
  findings,
});

/** Keeps an evaluation beside the journal entry that reports it. */
export function keepEvaluation(
  w: WriteDb,
  evaluated: Evaluated,
  at: { sessionId: string; roomId: string; stage: EvaluationStage; version: number; examinerId?: string | null },
  { atMs, seq }: { atMs: number; seq: number },
): RecordedEvaluation {
  const evaluation = { evaluationId: newId('V'), examinerId: null, ...at, ...evaluated, atMs, seq };
  insertEvaluation(w, evaluation);
  return { ...evaluation, decisions: [] };
}
