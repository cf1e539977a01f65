import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { AssignmentFacts } from '../../examiners/assignment-facts.ts';
import { evaluatePanel, examinerLimits } from '../../examiners/evaluate.ts';
import { clauseOutcomes } from '../../examiners/evaluated-clauses.ts';
import type { Violation } from '../../examiners/violation.ts';
import type { RulePack } from '../../rules/rule-pack.ts';
import { checkRuleValues } from '../../rules/rule-values.ts';
import type { JournalLine } from './documents.ts';
import type { Evaluation, RoomPanels } from './panels-document.ts';

type Line = z.infer<typeof JournalLine>;

/** What speaks against one evaluation: the clause, or the thing, it is about, and whom it concerns. */
export interface EvaluationFault {
  /** Id of a clause, or `facts`, `rule-pack`, `journal`, `evaluation` where it is no clause that fails. */
  clause: string;
  /** Candidates the finding names; empty: everybody the panel marked. */
  candidateIds: string[];
  zh: string;
  en: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What evaluations are held to. */
export interface ProofGround {
  pack: RulePack;
  facts: Record<string, unknown>;
  /** The session's journal by sequence number. */
  journal: ReadonlyMap<number, Line>;
}

/**
 * Repeats one evaluation from its facts and the rule pack in the bundle, with the code the station used, and holds it to the
 * journal's entry of it. Empty means that it stands as it was recorded.
 */
export function evaluationFaults(room: RoomPanels, e: Evaluation, ground: ProofGround): EvaluationFault[] {
  const faults: EvaluationFault[] = [];
  const add = (clause: string, zh: string, en: string, candidateIds: string[] = []) =>
    faults.push({ clause, candidateIds, zh, en });
  if (sha256(canonicalJson(ground.pack)) !== e.packSha256) {
    add('rule-pack', '不是评价时的规则包', 'not the rule pack it was judged by');
  }
  const json = ground.facts[e.factsSha256];
  const facts = AssignmentFacts.safeParse(json);
  if (!facts.success) {
    add('facts', '事实缺失或不可读', 'facts missing or unreadable');
    return faults;
  }
  const altered = sha256(canonicalJson(json)) !== e.factsSha256;
  const entry = ground.journal.get(e.seq);
  if (!entry || !journalTells(entry, room, e))
    add('journal', '日志里没有这次评价', 'the journal has no such evaluation');
  const values = checkRuleValues(ground.pack);
  if (!values.ok) {
    add('rule-pack', '规则包的参数不全', 'the rule pack lacks values');
    return faults;
  }
  const again = evaluatePanel(facts.data, examinerLimits(values.value), ground.pack);
  const differing = differences(e.findings, again);
  for (const f of differing) {
    add(f.ruleId, '重算与记录不符', 'recomputed otherwise than recorded', candidatesOf(f));
  }
  const said = new Map(e.clauses.map((c) => [c.ruleId, c.outcome]));
  const outcomes = clauseOutcomes(e.findings).filter((c) => said.get(c.ruleId) !== c.outcome);
  for (const { ruleId } of outcomes)
    add(ruleId, '条款结论与记录不符', 'outcome of the clause differs from its findings');
  if (altered && differing.length === 0) add('facts', '事实与其哈希不符', 'facts differ from their hash');
  return faults;
}

/** Whether the journal's entry of an evaluation, or of the change it was made for, tells the same. */
function journalTells({ event, data }: Line, room: RoomPanels, e: Evaluation): boolean {
  const told = data.evaluation as { factsSha256?: unknown; packSha256?: unknown; findings?: unknown } | undefined;
  return (
    (event === 'assignment.evaluated' || event === 'assignment.changed') &&
    data.roomId === room.roomId &&
    data.version === e.version &&
    (event === 'assignment.changed' || (data.stage === e.stage && data.examinerId === e.examinerId)) &&
    told?.factsSha256 === e.factsSha256 &&
    told.packSha256 === e.packSha256 &&
    canonicalJson(told.findings ?? null) === canonicalJson(e.findings)
  );
}

/** Findings that stand in one of two lists alone. */
function differences(recorded: readonly Violation[], again: readonly Violation[]): Violation[] {
  const spelled = (list: readonly Violation[]) => new Set(list.map((v) => canonicalJson(v)));
  const [a, b] = [spelled(recorded), spelled(again)];
  const only = [...recorded.filter((v) => !b.has(canonicalJson(v))), ...again.filter((v) => !a.has(canonicalJson(v)))];
  return [...new Map(only.map((v) => [`${v.ruleId} ${v.examinerId}`, v])).values()];
}

/** Candidate ids that a finding names among its facts. */
export const candidatesOf = ({ facts }: Violation): string[] =>
  [facts.candidates, facts.with].flatMap((ids) => ids?.split(' ') ?? []);

/** A finding that forbids this examiner to mark, or the panel as a whole; `null` where there is none. */
export const blockFor = (findings: readonly Violation[], examinerId: string): Violation | null =>
  findings.find((f) => f.severity === 'block' && (f.examinerId === null || f.examinerId === examinerId)) ?? null;
