import { z } from 'zod';
import type { PlannedCandidate } from '../../plan/plan-schema.ts';
import { RulePack } from '../../rules/rule-pack.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import {
  CANDIDATES_PATH,
  JournalLine,
  PLAN_PATH,
  RESULTS_PATH,
  ResultsDocument,
  RULE_PACK_PATH,
  SHEETS_PATH,
  SheetsDocument,
} from './documents.ts';
import { type Confirmed, evaluationsMissing, marksFaults, type RoomGround, type ScoreFault } from './lawful-marks.ts';
import { evaluationFaults } from './lawful-proof.ts';
import { PANELS_PATH, PanelsDocument } from './panels-document.ts';

const EVALUATED: Question = {
  id: 'lawful.1',
  title: {
    zh: '每个确认的成绩，其考评小组在评分前和封存前都按规则评价过',
    en: 'The panel behind every confirmed score was evaluated before it marked and before the sealing',
  },
};
const RECOMPUTED: Question = {
  id: 'lawful.2',
  title: {
    zh: '每次评价由包内的事实和规则包重算，逐条相符，与日志一致',
    en: 'Every evaluation, repeated from the facts and rule pack in the bundle, agrees clause by clause and with the journal',
  },
};
const MARKED: Question = {
  id: 'lawful.3',
  title: {
    zh: '每个分数都由当时合法的小组成员给出，未被改动',
    en: 'Every mark was given, as it stands, by a member of the panel lawful at that time',
  },
};
const QUESTIONS = [EVALUATED, RECOMPUTED, MARKED] as const;

/** Of the plan only whether there is a rubric, and so a panel. */
const PlanHead = z.object({ rubric: z.unknown() });
/** Ids and ties of a candidate; the rest of the enrolment is not looked at here. */
const Enrolled = z.array(
  z.object({
    candidateId: z.string(),
    employer: z.string().nullish(),
    classId: z.string().nullish(),
    trainedBy: z.string().nullish(),
  }),
);

/**
 * The lawful-group proof: for every confirmed score, that its panel was lawful by the rules in the bundle, recomputed with
 * the same code from the bundle alone. What fails is named by anonymous number and clause.
 */
export const lawfulClaims: ContentClaim = async (_index, readJson, readLines): Promise<Claim[]> => {
  const plan = PlanHead.safeParse(await readJson(PLAN_PATH));
  if (plan.success && plan.data.rubric === null) return none('本场次没有评分表。', 'This session has no rubric.');
  const panels = PanelsDocument.safeParse(await readJson(PANELS_PATH));
  const pack = RulePack.safeParse(await readJson(RULE_PACK_PATH));
  const results = ResultsDocument.safeParse(await readJson(RESULTS_PATH));
  const sheets = SheetsDocument.safeParse(await readJson(SHEETS_PATH));
  const enrolled = Enrolled.safeParse(await readJson(CANDIDATES_PATH));
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  if (!results.success || !sheets.success || !enrolled.success || !lines) {
    return none('包里没有可读的成绩记录。', 'The bundle has no readable results.');
  }
  const confirmed = results.data.rooms.flatMap((r) => r.results.filter(isConfirmed));
  if (confirmed.length === 0) return none('没有确认的成绩。', 'No score is confirmed.');
  if (!panels.success || !pack.success) {
    const numbers = confirmed.map((c) => c.anonymousNumber);
    return QUESTIONS.map((q) =>
      fail(
        q,
        `${numbers.length} 个确认的成绩没有可读的评价或规则包：${named(numbers)}。`,
        `${numbers.length} confirmed scores have no readable evaluation or rule pack: ${named(numbers)}.`,
        [panels.success ? RULE_PACK_PATH : PANELS_PATH],
      ),
    );
  }
  const common = {
    pack: pack.data,
    facts: panels.data.facts,
    journal: new Map(lines.map((line) => [line.seq, line])),
    lines,
    sheets: sheets.data.sheets,
    candidates: new Map(enrolled.data.map((c) => [c.candidateId, c as PlannedCandidate])),
  };
  const [evaluated, again, marked]: [ScoreFault[], ScoreFault[], ScoreFault[]] = [[], [], []];
  for (const { roomId, results: all } of results.data.rooms) {
    const scores = all.filter(isConfirmed);
    const room = panels.data.rooms.find((r) => r.roomId === roomId);
    if (!room) {
      for (const c of scores) evaluated.push(withoutRoom(c));
      continue;
    }
    const ground: RoomGround = { ...common, room };
    for (const c of scores) {
      evaluated.push(...evaluationsMissing(ground, c));
      marked.push(...marksFaults(ground, c));
    }
    again.push(...recomputed(ground, scores));
  }
  const tally = tallyOf(panels.data, confirmed.length);
  return [claimOf(EVALUATED, evaluated, tally), claimOf(RECOMPUTED, again, tally), claimOf(MARKED, marked, tally)];
};

const isConfirmed = (c: Confirmed): boolean => c.result === 'passed' || c.result === 'failed';
const none = (zh: string, en: string): Claim[] => QUESTIONS.map((q) => notPresent(q, zh, en));
const withoutRoom = (c: Confirmed): ScoreFault => ({
  number: c.anonymousNumber,
  clause: 'evaluation',
  zh: '本考场没有评价',
  en: 'the room has no evaluation',
});

/** What fails about the room's evaluations, for each candidate it concerns. */
function recomputed(ground: RoomGround, scores: readonly Confirmed[]): ScoreFault[] {
  const faults = ground.room.evaluations.flatMap((e) =>
    evaluationFaults(ground.room, e, ground).map((f) => ({
      ...f,
      zh: `${f.zh}（${e.stage}）`,
      en: `${f.en} (${e.stage})`,
    })),
  );
  return faults.flatMap(({ clause, candidateIds, zh, en }) => {
    const concerned = scores.filter((c) => candidateIds.includes(c.candidateId));
    return (concerned.length > 0 ? concerned : scores).map((c) => ({ number: c.anonymousNumber, clause, zh, en }));
  });
}

function tallyOf({ rooms }: PanelsDocument, scores: number) {
  const evaluations = rooms.flatMap((r) => r.evaluations);
  const outcome = (name: string) =>
    evaluations.reduce((n, e) => n + e.clauses.filter((c) => c.outcome === name).length, 0);
  return {
    scores,
    evaluations: evaluations.length,
    held: outcome('held'),
    warned: outcome('warned'),
    unknown: outcome('not-known'),
  };
}

function claimOf(question: Question, faults: readonly ScoreFault[], t: ReturnType<typeof tallyOf>): Claim {
  if (faults.length === 0) {
    return pass(
      question,
      `${t.scores} 个确认的成绩，评价 ${t.evaluations} 次：条款符合 ${t.held}，提醒 ${t.warned}，资料不全 ${t.unknown}。`,
      `${t.scores} confirmed scores, ${t.evaluations} evaluations: clauses held ${t.held}, warned ${t.warned}, not known ${t.unknown}.`,
    );
  }
  const groups = Map.groupBy(faults, (f) => `${f.number} ${f.clause}`);
  const first = [...groups.values()].map(([f]) => f!).slice(0, 40);
  const more = groups.size - first.length;
  return fail(
    question,
    `${groups.size} 处：${first.map((f) => `${printable(f.number)} ${printable(f.clause)}（${printable(f.zh)}）`).join('；')}${more > 0 ? `；另有 ${more} 处` : ''}。`,
    `${groups.size}: ${first.map((f) => `${printable(f.number)} ${printable(f.clause)} (${printable(f.en)})`).join('; ')}${more > 0 ? `; ${more} more` : ''}.`,
    [PANELS_PATH, RESULTS_PATH],
  );
}

const named = (numbers: readonly string[]): string => numbers.slice(0, 40).map(printable).join('、');
