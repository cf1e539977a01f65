import type { CoverageFact } from '../coverage/standing.ts';
import type { RubricItem } from '../plan/plan-schema.ts';
import type { RuleValues } from '../rules/rule-values.ts';
import { conferenceInForce, countedSheets, type DecisionFacts, type SheetFacts, vetoStanding } from './counted.ts';
import type { CandidateResult, Obstacle } from './results-contract.ts';

/** One examiner's locked marks: tenths by anonymous number, then by item. */
export type LockedMarks = Readonly<Record<string, Readonly<Record<string, number>>>>;
/** What one examiner found that fails outright, by anonymous number; nobody without one is in it. */
export type LockedVetoes = Readonly<Record<string, readonly string[]>>;

export const totalOf = (marks: Readonly<Record<string, number>>): number =>
  Object.values(marks).reduce((sum, tenths) => sum + tenths, 0);

/** Highest minus lowest; 0 of none. */
export const spreadOf = (totals: readonly number[]): number =>
  totals.length === 0 ? 0 : Math.max(...totals) - Math.min(...totals);

/**
 * One score out of several examiners' totals, in tenths, half a tenth rounded up. Integers all the way: a score is a
 * decimal and never passes through binary fractions. Rule pack: scoring.combine, a parameter of site and centre, since
 * no official averaging rule is known.
 *
 * @param totals  at least one
 */
export function combineTotals(totals: readonly number[], how: RuleValues['scoring.combine']): number {
  const sorted = [...totals].sort((a, b) => a - b);
  if (how === 'median') {
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle]! : halfUp(sorted[middle - 1]! + sorted[middle]!, 2);
  }
  const counted = how === 'trimmed-mean' && sorted.length >= 3 ? sorted.slice(1, -1) : sorted;
  return halfUp(
    counted.reduce((a, b) => a + b, 0),
    counted.length,
  );
}

/** dividend / divisor to the nearest integer, halves up; both non-negative. */
const halfUp = (dividend: number, divisor: number): number => Math.floor((2 * dividend + divisor) / (2 * divisor));

/** Why a panel may not mark, as the examiners' rules say it. */
export interface PanelFault {
  ruleId: string;
  facts: Readonly<Record<string, string>>;
}

export type ScoringRules = Pick<
  RuleValues,
  'scoring.combine' | 'scoring.spread-limit-tenths' | 'scoring.item-spread-percent' | 'scoring.min-examiners'
>;

interface CommonFacts {
  anonymousNumber: string;
  admitted: boolean;
  coverage: CoverageFact;
  /** Everything decided about this candidate after the lock, oldest first. */
  decisions: readonly DecisionFacts[];
  passTenths: number;
}

export interface ResultFacts extends CommonFacts {
  /** In the order of the panel, lead first; who has not locked is not in it. */
  sheets: readonly SheetFacts[];
  items: readonly Pick<RubricItem, 'itemId' | 'maxTenths'>[];
  panelFaults: readonly PanelFault[];
  rules: ScoringRules;
}

/**
 * The result of one candidate. Every obstacle is listed; while one stands, no score is stated, so that nothing can be
 * copied as final. Pass rule: each part at 60.0 of 100 or the rubric's own bar (国家职业技能标准).
 */
export function candidateResult(f: ResultFacts): CandidateResult {
  const counted = countedSheets(f.sheets, f.decisions);
  const conference = conferenceInForce(f.decisions);
  const decided = conference?.items ?? {};
  const totals = f.sheets.map((sheet, i) => {
    const [totalTenths, now] = [totalOf(sheet.marks), totalOf(counted[i]!.marks)];
    return { examiner: sheet.name, totalTenths, correctedTenths: now === totalTenths ? null : now };
  });
  const spreadTenths = spreadOf(counted.map((s) => totalOf(s.marks)));
  const { standing, disputed } = vetoStanding(counted, conference?.vetoes ?? {});
  const base = {
    anonymousNumber: f.anonymousNumber,
    totals,
    spreadTenths,
    decidedItems: f.items.map((i) => i.itemId).filter((id) => decided[id] !== undefined),
    vetoes: standing,
  };
  const coded = withoutScore(f);
  if (coded) return { ...base, scoreTenths: null, result: coded, obstacles: [] };

  const obstacles: Obstacle[] = commonObstacles(f);
  for (const fault of f.panelFaults) obstacles.push(obstacle('panel-unlawful', fault.ruleId, { ...fault.facts }));
  const needs = f.rules['scoring.min-examiners'];
  if (counted.length < needs) {
    const facts = { has: String(counted.length), needs: String(needs) };
    obstacles.push(obstacle('panel-too-small', 'scoring.min-examiners', facts));
  }
  // What the lead has marked is the same for everybody.
  const values = counted.map((s) => totalOf({ ...s.marks, ...decided }));
  const limit = f.rules['scoring.spread-limit-tenths'];
  if (spreadOf(values) > limit) {
    const facts = { spread: String(spreadOf(values)), limit: String(limit) };
    obstacles.push(obstacle('spread-over-limit', 'scoring.spread-limit-tenths', facts));
  }
  if (disputed.length > 0) obstacles.push(obstacle('veto-disputed', 'scoring.veto', { vetoes: disputed.join('、') }));
  const unsigned = f.sheets.filter((s) => !s.signed);
  if (unsigned.length > 0)
    obstacles.push(obstacle('not-signed', 'scoring.signed', { missing: String(unsigned.length) }));

  if (obstacles.length > 0 || values.length === 0) {
    return { ...base, scoreTenths: null, result: 'not-confirmed', obstacles };
  }
  const scoreTenths = combineTotals(values, f.rules['scoring.combine']);
  const passed = scoreTenths >= f.passTenths && standing.length === 0;
  return { ...base, scoreTenths, result: passed ? 'passed' : 'failed', obstacles };
}

export interface TheoryFacts extends CommonFacts {
  /** The accepted mark; null while none is. */
  tenths: number | null;
}

/** The result of one candidate of a theory session: the accepted mark, as corrected last. */
export function theoryResult(f: TheoryFacts): CandidateResult {
  const corrected = f.decisions.findLast((d) => d.state === 'agreed' && d.body.kind === 'theory-correction');
  const now = corrected?.body.kind === 'theory-correction' ? corrected.body.tenths : f.tenths;
  const totals =
    f.tenths === null ? [] : [{ examiner: '', totalTenths: f.tenths, correctedTenths: now === f.tenths ? null : now }];
  const base = { anonymousNumber: f.anonymousNumber, totals, spreadTenths: 0, decidedItems: [], vetoes: [] };
  const coded = withoutScore(f);
  if (coded) return { ...base, scoreTenths: null, result: coded, obstacles: [] };
  const obstacles = commonObstacles(f);
  if (now === null) obstacles.push(obstacle('no-marks', 'scoring.two-typists', {}));
  if (now === null || obstacles.length > 0) return { ...base, scoreTenths: null, result: 'not-confirmed', obstacles };
  return { ...base, scoreTenths: now, result: now >= f.passTenths ? 'passed' : 'failed', obstacles };
}

const obstacle = (code: string, ruleId: string, facts: Record<string, string>): Obstacle => ({ code, ruleId, facts });

/** A code in force comes before everything; whoever was never admitted was absent. */
function withoutScore(f: CommonFacts): 'irregular' | 'void' | 'absent' | null {
  const last = f.decisions.findLast((d) => d.state === 'agreed' && d.body.kind === 'code');
  if (last?.body.kind === 'code' && last.body.code !== 'lifted') return last.body.code;
  return f.admitted ? null : 'absent';
}

function commonObstacles(f: CommonFacts): Obstacle[] {
  const found: Obstacle[] = [];
  if (f.coverage.kind === 'not-covered') {
    const seconds = String(Math.ceil(f.coverage.missingMs / 1000));
    found.push(obstacle('not-covered', 'recording.every-room', { seconds }));
  }
  const open = f.decisions.filter((d) => d.state === 'open');
  if (open.length > 0) found.push(obstacle('decision-open', 'scoring.correction', { count: String(open.length) }));
  return found;
}
