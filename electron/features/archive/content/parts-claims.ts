import { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { partStandings } from '../../scoring/parts.ts';
import { Part, PartStanding, ResultKind } from '../../scoring/results-contract.ts';
import { dayOf } from '../../scoring/score-board.ts';
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
  RulePackDocument,
} from './documents.ts';

export const PARTS_PATH = 'data/4-results/parts.json.age';

const PARTS: Question = {
  id: 'marks.7',
  title: {
    zh: '各科合格情况由本场成绩和有效期内的已合格科目重算，逐人相符',
    en: 'How the parts stand follows from this session and from earlier passes within their validity, one by one',
  },
};

const text = z.string().max(200);
const Document = z.object({
  format: z.literal('kaodian-parts/1'),
  onDay: z.iso.date(),
  carryMonths: z.int().min(0),
  candidates: z.array(
    z.object({
      candidateId: text,
      passes: z.array(z.object({ part: Part, passedOn: z.iso.date(), source: text, from: text })),
      elsewhere: z.array(z.object({ sessionId: text, part: Part, result: ResultKind })),
      parts: z.array(PartStanding),
      qualified: z.boolean(),
    }),
  ),
});
const SessionOf = z.object({ session: z.object({ part: Part, level: text, startsAtMs: z.number() }) });
const Enrolled = z.array(z.object({ candidateId: text, ticketNumber: text }));

/**
 * Parts passed before count only while they are valid, and came by the plan or by a file that the journal knows. Results of other
 * sessions are taken as they are said: each is proved by its own bundle. What differs is named by ticket number.
 */
export const partsClaims: ContentClaim = async (_index, readJson, readLines): Promise<Claim[]> => {
  const said = Document.safeParse(await readJson(PARTS_PATH));
  const plan = SessionOf.safeParse(await readJson(PLAN_PATH));
  const results = ResultsDocument.safeParse(await readJson(RESULTS_PATH));
  const enrolled = Enrolled.safeParse(await readJson(CANDIDATES_PATH));
  const pack = RulePackDocument.safeParse(await readJson(RULE_PACK_PATH));
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  if (!said.success || !plan.success || !results.success || !enrolled.success || !pack.success || !lines) {
    return [notPresent(PARTS, '包里没有可读的各科合格情况。', 'The bundle has no readable standing of the parts.')];
  }
  const { session } = plan.data;
  const { onDay, carryMonths, candidates } = said.data;
  const wrong: string[] = [];
  if (carryMonths !== pack.data.clauses.find((c) => c.id === 'scoring.carry-over-months')?.value) {
    wrong.push('scoring.carry-over-months');
  }
  if (onDay !== dayOf(session.startsAtMs)) wrong.push('onDay');
  const resultOf = new Map(results.data.rooms.flatMap((r) => r.results.map((x) => [x.candidateId, x.result] as const)));
  const files = new Set(lines.filter((l) => l.event === 'scoring.part-passes-added').map((l) => l.data.fileSha256));
  const listed = new Map(candidates.map((c) => [c.candidateId, c]));
  for (const { candidateId, ticketNumber } of enrolled.data) {
    const c = listed.get(candidateId);
    const own = resultOf.get(candidateId);
    const facts = c && {
      level: session.level,
      results: [...c.elsewhere, ...(own === undefined ? [] : [{ part: session.part, result: own }])],
      passes: c.passes,
      onDay,
      carryMonths,
    };
    const again = facts && partStandings(facts);
    if (!c || !again || canonicalJson(again) !== canonicalJson({ parts: c.parts, qualified: c.qualified })) {
      wrong.push(ticketNumber);
    }
    for (const { from } of c?.passes ?? [])
      if (from !== 'plan' && !files.has(from)) wrong.push(`${ticketNumber} ${from}`);
  }
  if (listed.size !== enrolled.data.length) wrong.push(`${listed.size} / ${enrolled.data.length}`);
  if (wrong.length > 0) {
    const names = wrong.slice(0, 40).map(printable);
    return [fail(PARTS, `对不上：${names.join('、')}。`, `These do not agree: ${names.join(', ')}.`, [PARTS_PATH])];
  }
  const carried = candidates.filter((c) => c.parts.some((p) => p.standing === 'carried')).length;
  const qualified = candidates.filter((c) => c.qualified).length;
  return [
    pass(
      PARTS,
      `${candidates.length} 人都相符：带入已合格科目 ${carried} 人，各科都合格 ${qualified} 人。`,
      `All ${candidates.length} agree: ${carried} bring a part passed before, ${qualified} have passed every part.`,
    ),
  ];
};
