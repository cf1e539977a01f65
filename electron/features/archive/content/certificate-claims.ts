import { checkCertificates } from '../../certificates/rules.ts';
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
} from './certificate-documents.ts';
import { CERTIFICATES_PATH, CertificatesDocument } from './volume-documents.ts';

const CHECKED: Question = {
  id: 'certificates.1',
  title: {
    zh: '证书数据逐行合规，都是本场合格的人',
    en: 'Every row of certificate data is in order and of somebody who passed',
  },
};

/** Judges the certificate data again by the plan and the results of the bundle itself. */
export const certificateClaims: ContentClaim = async (_index, readJson): Promise<Claim[]> => {
  const document = CertificatesDocument.safeParse(await readJson(CERTIFICATES_PATH));
  const plan = CertificatePlan.safeParse(await readJson(PLAN_PATH));
  const results = ResultsDocument.safeParse(await readJson(RESULTS_PATH));
  const people = SeatedCandidates.safeParse(await readJson(CANDIDATES_PATH));
  if (!document.success || !plan.success || !results.success || !people.success) {
    return [notPresent(CHECKED, '包里没有证书数据。', 'The bundle has no certificate data.')];
  }
  const { rows, refused } = document.data;
  const { session, filing = null } = plan.data;
  const passed = new Set(
    results.data.rooms.flatMap((r) => r.results.filter((x) => x.result === 'passed').map((x) => x.candidateId)),
  );
  const { rows: inOrder } = checkCertificates(rows, {
    filing,
    onDay: dayOf(session.startsAtMs),
    occupation: session.occupation,
    level: session.level,
    qualified: new Map(people.data.filter((c) => passed.has(c.candidateId)).map((c) => [c.documentNumber, c.name])),
    taken: new Set(),
  });
  const wrong = rows.filter((r) => !inOrder.includes(r));
  if (wrong.length > 0) {
    const lines = wrong
      .slice(0, 10)
      .map((r) => printable(r.name))
      .join('、');
    return [fail(CHECKED, `不该在内：${lines}。`, `These should not be there: ${lines}.`, [CERTIFICATES_PATH])];
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
