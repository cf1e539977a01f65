import { type CertificateData, type CertificateFacts, checkCertificates } from '../../certificates/rules.ts';
import { dayOf } from '../../scoring/score-board.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import {
  CANDIDATES_PATH,
  CertificatePlan,
  PLAN_PATH,
  RESULTS_PATH,
  ResultsDocument,
  SeatedCandidates,
  StandingOfParts,
} from './certificate-documents.ts';
import { linesAbout, sameJson } from './journal-lines.ts';
import { PARTS_PATH } from './parts-claims.ts';
import { CERTIFICATES_PATH, CertificatesDocument } from './volume-documents.ts';

const CHECKED: Question = {
  id: 'certificates.1',
  title: {
    zh: '证书数据逐行合规，都是本场合格的人',
    en: 'Every row of certificate data is in order and of somebody who passed',
  },
};

/** Judges the certificate data again by the plan and the results of the bundle itself. */
export const certificateClaims: ContentClaim = async (_index, readJson, readLines): Promise<Claim[]> => {
  const document = CertificatesDocument.safeParse(await readJson(CERTIFICATES_PATH));
  const plan = CertificatePlan.safeParse(await readJson(PLAN_PATH));
  const results = ResultsDocument.safeParse(await readJson(RESULTS_PATH));
  const people = SeatedCandidates.safeParse(await readJson(CANDIDATES_PATH));
  if (!document.success || !plan.success || !results.success || !people.success) {
    return [notPresent(CHECKED, '包里没有证书数据。', 'The bundle has no certificate data.')];
  }
  const { rows, refused, judgedBy } = document.data;
  const { session, filing = null } = plan.data;
  const { occupation, level } = session;
  const failed = (zh: string, en: string) => [fail(CHECKED, zh, en, [CERTIFICATES_PATH])];
  const onDay = dayOf(session.startsAtMs);
  const { qualified: named, ...by } = judgedBy;
  if (!sameJson(by, { filing, onDay, occupation, level })) {
    return failed('依据的备案、日期、职业或等级与计划不一致。', 'What it was judged by is not what the plan says.');
  }
  const checked = (await linesAbout(readLines, 'certificates.checked')).at(-1);
  if ((checked?.data.fileSha256 ?? null) !== (document.data.source?.fileSha256 ?? null)) {
    return failed('不是日志里最后预检的那个文件。', 'It is not of the file that the journal has as checked last.');
  }
  const passed = new Set(
    results.data.rooms.flatMap((r) => r.results.filter((x) => x.result === 'passed').map((x) => x.candidateId)),
  );
  const parts = StandingOfParts.safeParse(await readJson(PARTS_PATH)).data?.candidates ?? [];
  const whole = new Set(parts.flatMap((c) => (c.qualified && passed.has(c.candidateId) ? [c.candidateId] : [])));
  const left = people.data.filter((c) => whole.has(c.candidateId) && !named.includes(c.documentNumber));
  const among = new Set(named);
  const qualified = new Map(
    people.data
      .filter((c) => passed.has(c.candidateId) && among.has(c.documentNumber))
      .map((c) => [c.documentNumber, c.name]),
  );
  const facts = { filing, onDay, occupation, level, qualified };
  const { wrong, lacking } = judgedAgain(document.data, facts);
  const names = [...wrong, ...left].slice(0, 10).map((r) => printable(r.name));
  if (names.length > 0) {
    return failed(`重新核对不符：${names.join('、')}。`, `Checked again, these do not agree: ${names.join(', ')}.`);
  }
  if (among.size !== qualified.size || !sameJson(lacking.toSorted(), document.data.lacking.toSorted())) {
    return failed('合格的人与成绩不一致。', 'Who qualified is not who passed.');
  }
  const scope =
    filing === null
      ? ['备案范围没有提供，没有核', 'what the site is filed for was not given and not checked']
      : ['在备案范围内', 'within what the site is filed for'];
  return [
    pass(
      CHECKED,
      `${rows.length} 行，${scope[0]}；退回 ${refused.length} 行。`,
      `${rows.length} rows, ${scope[1]}; ${refused.length} refused.`,
    ),
  ];
};

/**
 * Rows that should not be there, and rows that were refused for other reasons than they have. Whether a number stands in
 * another session only the station could see: of a refused row that is believed.
 */
function judgedAgain(
  { rows, refused }: CertificatesDocument,
  facts: Omit<CertificateFacts, 'taken'>,
): { wrong: CertificateData[]; lacking: string[] } {
  const given: CertificateData[] = [...rows, ...refused].sort((a, b) => a.line - b.line);
  const once = new Map<string | null, number>();
  for (const { number } of given) once.set(number, (once.get(number) ?? 0) + 1);
  const elsewhere = refused.filter((r) => r.problems.includes('number-twice') && once.get(r.number) === 1);
  const taken = new Set(elsewhere.flatMap((r) => r.number ?? []));
  const again = checkCertificates(given, { ...facts, taken });
  const inOrder = new Set(again.rows);
  const refusedAgain = given.filter((r) => !inOrder.has(r));
  const problems = new Map(refusedAgain.map((r, i) => [r, again.refused[i]?.problems.toSorted()]));
  const wrong = [
    ...rows.filter((r) => !inOrder.has(r)),
    ...refused.filter((r) => !sameJson(problems.get(r) ?? [], r.problems.toSorted())),
  ];
  return { wrong, lacking: again.lacking };
}
