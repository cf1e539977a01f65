import type { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { inspectionDifference } from '../../inspections/published-inspection.ts';
import { resultViolation } from '../../inspections/record-result.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { INSPECTIONS_PATH, InspectionsDocument, JournalLine } from './documents.ts';
import { isJournalRoot } from './journal-root.ts';

const DRAWN: Question = {
  id: 'inspection.1',
  title: {
    zh: '抽查谁去、查哪个考场、查哪些考生，可由日志的根重算，一次不少',
    en: 'Who inspected which room and whom follows from the root of the journal, and no draw is left out',
  },
};
const FOUND: Question = {
  id: 'inspection.2',
  title: {
    zh: '抽查记录都由抽中的督导员记下，抽中的考生一个不少，由另一人签字',
    en: 'Every record of an inspection is the drawn supervisor’s, names all candidates drawn, and is signed by another',
  },
};

type Inspections = z.infer<typeof InspectionsDocument>['inspections'];
type Line = z.infer<typeof JournalLine>;

/** Repeats every draw of an inspection from the journal, and holds its record against it. */
export const inspectionClaims: ContentClaim = async (_index, readJson, readLines, readBytes): Promise<Claim[]> => {
  const document = InspectionsDocument.safeParse(await readJson(INSPECTIONS_PATH));
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  if (!document.success || !lines) {
    return [DRAWN, FOUND].map((q) => notPresent(q, '包里没有抽查记录。', 'The bundle has no record of inspections.'));
  }
  const { inspections } = document.data;
  const wrong: string[] = [];
  for (const { inspectionId, drawn, seq } of inspections) {
    const entry = entryOf(lines, seq, 'inspections.drawn', inspectionId);
    const { format: _format, sessionId: _session, ...said } = drawn;
    const same = entry !== undefined && Object.entries(said).every(([key, value]) => equal(entry.data[key], value));
    const seeded = seq === drawn.size && (await isJournalRoot(readBytes, drawn));
    if (!same || !seeded || inspectionDifference(drawn) !== null) wrong.push(inspectionId);
  }
  if (lines.filter((l) => l.event === 'inspections.drawn').length !== inspections.length) wrong.push('journal');
  if (inspections.some((i, n) => i.drawn.nth !== n + 1)) wrong.push('order');
  const files = [INSPECTIONS_PATH, ENTRIES_PATH];
  const drawn =
    wrong.length === 0
      ? pass(DRAWN, `抽了 ${inspections.length} 次，都相符。`, `${inspections.length} drawn, all agree.`)
      : fail(DRAWN, `对不上：${named(wrong)}。`, `These do not agree: ${named(wrong)}.`, files);
  const unsound = inspections.filter((i) => !isSound(i, lines)).map((i) => i.inspectionId);
  const recorded = inspections.filter((i) => i.result !== null).length;
  const found =
    unsound.length === 0
      ? pass(FOUND, `有结果的 ${recorded} 次，都站得住。`, `${recorded} have a result, all hold.`)
      : fail(FOUND, `站不住：${named(unsound)}。`, `These do not hold: ${named(unsound)}.`, files);
  return [drawn, found];
};

function isSound({ inspectionId, drawn, result, signed }: Inspections[number], lines: readonly Line[]): boolean {
  if (result === null) return signed === null;
  const entry = entryOf(lines, result.seq, 'inspections.recorded', inspectionId);
  const kept = equal(entry?.data.result, result.found) && result.byStaffId === drawn.inspectorId;
  const whole = resultViolation(drawn.candidateIds, result.found) === null;
  const by = signed === null || signed.byStaffId !== drawn.inspectorId;
  const signature = signed === null || entryOf(lines, signed.seq, 'inspections.signed', inspectionId) !== undefined;
  return kept && whole && by && signature;
}

const entryOf = (lines: readonly Line[], seq: number, event: string, inspectionId: string): Line | undefined =>
  lines.find((l) => l.seq === seq && l.event === event && l.data.inspectionId === inspectionId);

const equal = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

const named = (ids: readonly string[]): string => ids.map(printable).join('、');
