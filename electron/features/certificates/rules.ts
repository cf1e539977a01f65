import type { CertificateProblem } from './contract.ts';

/**
 * A certificate's number: letter, evaluating body (4), province (2), assessment site (6), year (2), level (1), serial (6):
 * 22 characters. Source: 职业技能等级证书编码规则 (reprint).
 */
const NUMBER = /^[A-Z]\d{4}\d{2}\d{6}\d{2}\d\d{6}$/;
export const ISSUER_LENGTH = 13;

export const isCertificateNumber = (text: string): boolean => NUMBER.test(text);

export interface NumberParts {
  /** Letter, evaluating body, province and site: the same in all numbers of a site. */
  issuer: string;
  /** Two digits. */
  year: string;
  level: string;
  serial: string;
}

/** @returns null where the number has another form */
export const certificateNumberParts = (text: string): NumberParts | null =>
  isCertificateNumber(text)
    ? { issuer: text.slice(0, 13), year: text.slice(13, 15), level: text.slice(15, 16), serial: text.slice(16) }
    : null;

export interface CertificateData {
  line: number;
  name: string;
  documentNumber: string;
  occupation: string;
  level: string;
  number: string | null;
}

/** What the site is filed for (备案), as the plan says it. */
export interface Filing {
  scope: readonly { occupation: string; levels: readonly string[] }[];
  /** The last day of the filing, such as 2027-12-31; absent where it does not end. */
  untilOn?: string | undefined;
  /** First 13 characters of every certificate number of this site. */
  certificateIssuer?: string | undefined;
}

export interface CertificateFacts {
  /** Null where the plan says nothing of it: scope, end and issuer are not judged then. */
  filing: Filing | null;
  /** The day of the session, such as 2026-03-01. */
  onDay: string;
  occupation: string;
  level: string;
  /** Names of who qualified, by document number. */
  qualified: ReadonlyMap<string, string>;
  /** Numbers that stand in other sessions of this station. */
  taken: ReadonlySet<string>;
}

/** How certificate data splits: what is in order, and what is refused with every reason. */
export interface CheckedCertificates {
  rows: CertificateData[];
  refused: (CertificateData & { problems: CertificateProblem[] })[];
  /** Document numbers of who qualified and has no row. */
  lacking: string[];
}

const firstLines = (rows: readonly CertificateData[], key: (row: CertificateData) => string | null) => {
  const first = new Map<string, CertificateData>();
  for (const row of rows) {
    const k = key(row);
    if (k !== null && !first.has(k)) first.set(k, row);
  }
  return (row: CertificateData): boolean => {
    const k = key(row);
    return k !== null && first.get(k) !== row;
  };
};

/**
 * Checks certificate data row by row; the first of two alike stands, the second is refused. A number that is not there yet
 * is no problem: the evaluating body gives it. Never throws.
 */
export function checkCertificates(given: readonly CertificateData[], f: CertificateFacts): CheckedCertificates {
  const secondNumber = firstLines(given, (r) => r.number);
  const secondPerson = firstLines(given, (r) => r.documentNumber);
  const checked: CheckedCertificates = { rows: [], refused: [], lacking: [] };
  for (const row of given) {
    const problems = [
      ...scopeProblems(row, f),
      ...numberProblems(row, f, secondNumber(row)),
      ...(secondPerson(row) ? (['person-twice'] as const) : []),
      ...personProblems(row, f),
    ];
    if (problems.length > 0) checked.refused.push({ ...row, problems });
    else checked.rows.push(row);
  }
  const there = new Set(given.map((r) => r.documentNumber));
  checked.lacking = [...f.qualified.keys()].filter((document) => !there.has(document));
  return checked;
}

function scopeProblems(row: CertificateData, { filing, onDay }: CertificateFacts): CertificateProblem[] {
  if (filing === null) return [];
  const problems: CertificateProblem[] = [];
  const filed = filing.scope.some((s) => s.occupation === row.occupation && s.levels.includes(row.level));
  if (!filed) problems.push('out-of-scope');
  if (filing.untilOn !== undefined && onDay > filing.untilOn) problems.push('filing-over');
  return problems;
}

function numberProblems(row: CertificateData, f: CertificateFacts, isSecond: boolean): CertificateProblem[] {
  if (row.number === null) return [];
  const parts = certificateNumberParts(row.number);
  if (parts === null) return ['bad-number'];
  const problems: CertificateProblem[] = [];
  const issuer = f.filing?.certificateIssuer;
  if (issuer !== undefined && parts.issuer !== issuer) problems.push('other-issuer');
  if (parts.year !== f.onDay.slice(2, 4)) problems.push('wrong-year');
  if (parts.level !== row.level) problems.push('wrong-level');
  if (isSecond || f.taken.has(row.number)) problems.push('number-twice');
  return problems;
}

function personProblems(row: CertificateData, f: CertificateFacts): CertificateProblem[] {
  const name = f.qualified.get(row.documentNumber);
  const problems: CertificateProblem[] = [];
  if (name === undefined) problems.push('not-qualified');
  else if (name !== row.name) problems.push('name-differs');
  if (row.occupation !== f.occupation || row.level !== f.level) problems.push('other-occupation');
  return problems;
}
