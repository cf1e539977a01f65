import { type CountState, countState, isSettled } from '../../paper/counting.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ReadJson, ReadLines } from '../verify-bundle.ts';
import { RULE_PACK_PATH, RulePackDocument } from './documents.ts';
import { type JournalEntry, linesAbout, sameJson } from './journal-lines.ts';
import { PAPER_PATH, PaperDocument, STAFF_PATH, StaffDocument, type VolumeIndexDocument } from './volume-documents.ts';

export const COUNTED: Question = {
  id: 'volumes.2',
  title: { zh: '纸质件数录了两遍，两遍一致', en: 'Pieces of paper were typed twice alike' },
};
const BY_OTHER = 'archive.second-count-by-other';
const VOLUMES = [1, 2, 3, 4, 5] as const;

type Paper = typeof PaperDocument._output;
type Entries = Paper['entries'];

/** Whether paper was counted by the rules: every entry as the journal has it, by whom the rule pack asks for. */
export async function countedPaper(
  indexes: readonly VolumeIndexDocument[],
  readJson: ReadJson,
  readLines: ReadLines,
): Promise<Claim> {
  const read = PaperDocument.safeParse(await readJson(PAPER_PATH));
  if (!read.success) return notPresent(COUNTED, '包里没有清点记录。', 'The bundle has no record of a count.');
  const paper = read.data;
  const failed = (zh: string, en: string) => fail(COUNTED, zh, en, [PAPER_PATH]);
  const lines = await linesAbout(readLines, 'paper.counted', 'paper.count-again');
  if (!isAsJournaled(paper, lines))
    return failed('清点记录与日志不一致。', 'The record of the count is not what the journal has.');
  const staff = StaffDocument.safeParse(await readJson(STAFF_PATH)).data ?? [];
  const nameOf = new Map(staff.map((s) => [s.staffId, s.name]));
  if (paper.entries.some((e) => nameOf.get(e.byStaff) !== e.byName)) {
    return failed('录入人的姓名与工作人员名单不一致。', 'Who counted is not named as in the list of staff.');
  }
  const entries = paper.entries.filter((e) => e.attempt === paper.restarts.length);
  const state = countState(paper.lines, entries);
  const wrong = indexes.filter((i) => !agrees(i, state)).map((i) => i.volume);
  if (wrong.length > 0) {
    const volumes = wrong.join('、');
    return failed(`卷 ${volumes} 的件数与清点记录不一致。`, `Volumes ${volumes} differ from the count.`);
  }
  const clauses = RulePackDocument.safeParse(await readJson(RULE_PACK_PATH)).data?.clauses ?? [];
  const asked = clauses.find((c) => c.id === BY_OTHER);
  if (asked && asked.value !== paper.otherPersonNeeded) {
    return failed(
      '要不要两人录，与规则包不一致。',
      'Whether two persons are asked for is not what the rule pack says.',
    );
  }
  if (!isSettled(state)) {
    return notPresent(
      COUNTED,
      '没有清点完，考点应已说明原因。',
      'Not counted to the end; the site should have said why.',
    );
  }
  if (paper.otherPersonNeeded && hasRoundByOne(entries)) {
    return failed('规则要求两人，有一轮是同一人录的。', 'The rules ask for two persons; one round is by one.');
  }
  const rounds = state.round - 1;
  const names = state.countedBy.map(printable).join('、');
  return pass(
    COUNTED,
    `${paper.lines.length} 行，${rounds} 轮，${names}。`,
    `${paper.lines.length} lines in ${rounds} rounds, by ${names}.`,
  );
}

/** Every entry and every new beginning, in order and nothing else; and every line that was counted is a line of the form. */
function isAsJournaled({ lines: form, entries, restarts }: Paper, lines: readonly JournalEntry[]): boolean {
  const told = (event: string) => lines.filter((l) => l.event === event).map((l) => l.data);
  const typed = entries.map(({ attempt, round, counts, byStaff }) => ({ attempt, round, counts, byStaff }));
  const begunAnew = restarts.map(({ reason }) => ({ reason }));
  const counted = entries.flatMap((e) => Object.keys(e.counts));
  return (
    sameJson(typed, told('paper.counted')) &&
    sameJson(begunAnew, told('paper.count-again')) &&
    [...counted, ...VOLUMES.map((n) => `volume:${n}`)].every((line) => form.includes(line))
  );
}

function agrees({ volume, paper }: VolumeIndexDocument, state: CountState): boolean {
  const pieces = isSettled(state) ? (state.agreed.get(`volume:${volume}`) ?? null) : null;
  if (pieces === null || paper === null) return pieces === paper;
  return paper.pieces === pieces && sameJson(paper.countedBy, state.countedBy);
}

const hasRoundByOne = (entries: Entries): boolean =>
  Object.values(Object.groupBy(entries, (e) => e.round)).some((round) => round?.[0]?.byStaff === round?.[1]?.byStaff);
