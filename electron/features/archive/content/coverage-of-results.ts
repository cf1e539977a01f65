import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { CoverageFact } from '../../coverage/standing.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ReadJson } from '../verify-bundle.ts';
import { RESULTS_PATH, ResultsDocument } from './documents.ts';

export const OF_RESULTS: Question = {
  id: 'coverage.4',
  title: {
    zh: '每个成绩所据的录像覆盖就是重算的覆盖；录像不足又无人接受的，成绩不予确认',
    en: 'Every result rests on the coverage computed again; where video is short and nobody accepted it, none is confirmed',
  },
};

/**
 * Holds what each result says of its candidate's video to what follows from the index of the video. What differs is named by
 * the number that the result stands under.
 *
 * @param facts  of everybody whose admission stands, by candidate id
 */
export async function coverageOfResultsClaim(
  readJson: ReadJson,
  facts: ReadonlyMap<string, CoverageFact>,
): Promise<Claim> {
  const results = ResultsDocument.safeParse(await readJson(RESULTS_PATH));
  if (!results.success) return notPresent(OF_RESULTS, '包里没有可读的成绩。', 'The bundle has no readable results.');
  const all = results.data.rooms.flatMap((r) => r.results);
  const wrong = all.flatMap(({ candidateId, anonymousNumber, coverage, result }) => {
    const should = facts.get(candidateId) ?? { kind: 'not-judged' as const };
    const isScored = result === 'passed' || result === 'failed';
    const unlawful = isScored && should.kind === 'not-covered';
    if (unlawful) return `${anonymousNumber} recording.every-room`;
    return canonicalJson(coverage) === canonicalJson(should) ? [] : `${anonymousNumber} coverage`;
  });
  if (wrong.length > 0) {
    const names = wrong.slice(0, 40).map(printable);
    return fail(OF_RESULTS, `对不上：${names.join('、')}。`, `These do not agree: ${names.join(', ')}.`, [
      RESULTS_PATH,
    ]);
  }
  const tally = (kind: CoverageFact['kind']) => [...facts.values()].filter((f) => f.kind === kind).length;
  const [covered, accepted, short] = [tally('covered'), tally('accepted'), tally('not-covered')];
  return pass(
    OF_RESULTS,
    `覆盖 ${covered} 人，两人接受 ${accepted} 人，录像不足 ${short} 人。`,
    `${covered} covered, ${accepted} accepted by two, ${short} short.`,
  );
}
