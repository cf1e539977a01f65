import { z } from 'zod';
import { type BundleIndex, ENTRIES_PATH } from '../bundle-format.ts';
import type { ReadJson, ReadLines } from '../verify-bundle.ts';
import {
  ATTEMPTS_PATH,
  AttemptsDocument,
  admittedIn,
  CANDIDATES_PATH,
  DECISIONS_PATH,
  DecisionsDocument,
  PLAN_PATH,
  PlanDocument,
  RESULTS_PATH,
  ResultsDocument,
  RULE_PACK_PATH,
  RulePackDocument,
  SHEETS_PATH,
  SheetsDocument,
  UNDONE_PATH,
  UndoneDocument,
} from './documents.ts';
import { PANELS_PATH, PanelsDocument, panelsInForce } from './panels-document.ts';
import { THEORY_PATH, TheoryDocument } from './theory-document.ts';

const text = z.string().max(200);
const Line = z.object({
  seq: z.int(),
  event: z.string(),
  sessionId: z.string().nullish(),
  actor: z.unknown(),
  data: z.record(z.string(), z.unknown()),
});
export type MarksLine = z.infer<typeof Line>;

/** What is stored of a signature: see `sealStrokes` of scoring. */
const Signature = z.object({
  format: z.literal('kaodian-signature/1'),
  checkCode: text,
  strokes: z.array(z.array(z.tuple([z.number(), z.number(), z.number()])).min(1)).min(1),
});

export interface MarksDocuments {
  sessionId: string;
  plan: z.infer<typeof PlanDocument>;
  sheets: z.infer<typeof SheetsDocument>;
  decisions: z.infer<typeof DecisionsDocument>['decisions'];
  theory: z.infer<typeof TheoryDocument>;
  results: z.infer<typeof ResultsDocument>;
  candidates: { candidateId: string; roomId: string; ticketNumber: string }[];
  admitted: Set<string>;
  /** The value of a clause by the rule pack in the bundle. */
  ruleValue: (clauseId: string) => unknown;
  /** Panels in force at the end, lead first; where the bundle has no record of changes, the plan's. */
  panel: (roomId: string) => { examinerId: string; duty: string }[];
  /** Whether somebody ever sat on a room's panel. */
  everOn: (roomId: string, examinerId: string) => boolean;
  /** Journal entries of this session, in their order. */
  lines: MarksLine[];
  /** Whether the handwriting of this evidence lies in the bundle and stands under this code. */
  isSigned: (evidenceId: string, checkCode: string) => Promise<boolean>;
}

const CandidateRows = z.array(z.object({ candidateId: text, roomId: text, ticketNumber: text }));

/** Everything the claims about marks look at; null where it cannot be read. */
export async function readMarksDocuments(
  index: BundleIndex,
  readJson: ReadJson,
  readLines: ReadLines,
): Promise<MarksDocuments | null> {
  const paths = new Set(index.items.map((i) => i.path));
  // Bundles of earlier versions lack the later documents.
  const optional = async (path: string, otherwise: unknown) =>
    paths.has(path) ? ((await readJson(path)) ?? otherwise) : otherwise;
  const plan = PlanDocument.safeParse(await readJson(PLAN_PATH));
  const sheets = SheetsDocument.safeParse(await readJson(SHEETS_PATH));
  const results = ResultsDocument.safeParse(await readJson(RESULTS_PATH));
  const attempts = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  const candidates = CandidateRows.safeParse(await readJson(CANDIDATES_PATH));
  const undone = UndoneDocument.safeParse(await optional(UNDONE_PATH, []));
  const decisions = DecisionsDocument.safeParse(await optional(DECISIONS_PATH, { decisions: [] }));
  const theory = TheoryDocument.safeParse(await optional(THEORY_PATH, { accepted: null, typed: [], settled: [] }));
  const panels = PanelsDocument.safeParse(await optional(PANELS_PATH, null));
  const pack = RulePackDocument.safeParse(await readJson(RULE_PACK_PATH));
  if (!plan.success || !sheets.success || !results.success || !attempts.success) return null;
  if (!candidates.success || !undone.success || !decisions.success || !theory.success || !pack.success) return null;
  const { sessionId } = index.bundle;
  const lines = ((await readLines(ENTRIES_PATH)) ?? [])
    .flatMap((line) => Line.safeParse(line).data ?? [])
    .filter((line) => line.sessionId === sessionId)
    .sort((a, b) => a.seq - b.seq);
  const planned = plan.data.panels.filter((p) => p.duty !== 'reserve');
  const inForce = panels.success ? panelsInForce(panels.data) : planned;
  return {
    sessionId,
    plan: plan.data,
    sheets: sheets.data,
    decisions: decisions.data.decisions,
    theory: theory.data,
    results: results.data,
    candidates: candidates.data,
    admitted: admittedIn(attempts.data, undone.data),
    ruleValue: (clauseId) => pack.data.clauses.find((c) => c.id === clauseId)?.value,
    panel: (roomId) =>
      inForce.filter((p) => p.roomId === roomId).sort((a, b) => Number(b.duty === 'lead') - Number(a.duty === 'lead')),
    everOn: (roomId, examinerId) =>
      [...planned, ...inForce].some((p) => p.roomId === roomId && p.examinerId === examinerId) ||
      (panels.success &&
        panels.data.rooms.some(
          (r) => r.roomId === roomId && r.changes.some((c) => c.panel.some((p) => p.examinerId === examinerId)),
        )),
    lines,
    async isSigned(evidenceId, checkCode) {
      const path = `data/4-results/signatures/${evidenceId}.age`;
      if (!paths.has(path)) return false;
      const signature = Signature.safeParse(await readJson(path));
      return signature.success && signature.data.checkCode === checkCode;
    },
  };
}
