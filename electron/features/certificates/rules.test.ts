import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CertificateProblem } from './contract.ts';
import { type CertificateData, type CertificateFacts, certificateNumberParts, checkCertificates } from './rules.ts';

const ISSUER = 'S000031000001';
const NUMBER = `${ISSUER}264000001`;
const facts: CertificateFacts = {
  filing: {
    scope: [{ occupation: '养老护理员', levels: ['5', '4'] }],
    untilOn: '2026-12-31',
    certificateIssuer: ISSUER,
  },
  onDay: '2026-03-01',
  occupation: '养老护理员',
  level: '4',
  qualified: new Map([
    ['D1', '张某（样本）'],
    ['D2', '李某（样本）'],
  ]),
  taken: new Set([`${ISSUER}264000099`]),
};
const row = (change: Partial<CertificateData> = {}): CertificateData => ({
  line: 2,
  name: '张某（样本）',
  documentNumber: 'D1',
  occupation: '养老护理员',
  level: '4',
  number: NUMBER,
  ...change,
});

test('a number has 22 characters and says issuer, year, level and serial', () => {
  expect(NUMBER).toHaveLength(22);
  expect(certificateNumberParts(NUMBER)).toEqual({ issuer: ISSUER, year: '26', level: '4', serial: '000001' });
});

describe('a row', () => {
  test.each<[string, CertificateData, Partial<CertificateFacts>, CertificateProblem[]]>([
    ['in order', row(), {}, []],
    ['whose number is still to come', row({ number: null }), {}, []],
    ['of 21 characters', row({ number: NUMBER.slice(1) }), {}, ['bad-number']],
    ['of 23 characters', row({ number: `${NUMBER}1` }), {}, ['bad-number']],
    ['with a small letter', row({ number: NUMBER.toLowerCase() }), {}, ['bad-number']],
    ['of another site', row({ number: NUMBER.replace('S0000', 'S0001') }), {}, ['other-issuer']],
    ['of another year', row({ number: `${ISSUER}254000001` }), {}, ['wrong-year']],
    ['of another level', row({ number: `${ISSUER}263000001` }), {}, ['wrong-level']],
    ['with a number of an earlier session', row({ number: `${ISSUER}264000099` }), {}, ['number-twice']],
    [
      'of an occupation the site is not filed for',
      row({ occupation: '育婴员' }),
      { occupation: '育婴员' },
      ['out-of-scope'],
    ],
    ['of a level the site is not filed for', row({ level: '3', number: null }), { level: '3' }, ['out-of-scope']],
    ['on the last day of the filing', row(), { onDay: '2026-12-31' }, []],
    ['a day after it', row({ number: null }), { onDay: '2027-01-01' }, ['filing-over']],
    ['of somebody who has not passed', row({ documentNumber: 'D9' }), {}, ['not-qualified']],
    ['with another name', row({ name: '张谋（样本）' }), {}, ['name-differs']],
    ['for another occupation than the session’s', row({ level: '5', number: null }), {}, ['other-occupation']],
    [
      'where the plan does not say what the site is filed for',
      row({ number: NUMBER.replace('S', 'T') }),
      { filing: null },
      [],
    ],
  ])('%s', (_what, given, change, problems) => {
    const { rows, refused } = checkCertificates([given], { ...facts, ...change });
    expect([rows.length, refused.flatMap((r) => r.problems)]).toEqual([problems.length === 0 ? 1 : 0, problems]);
  });

  test('that stands there twice is refused the second time, and who has none is named', () => {
    const twice = checkCertificates([row(), row({ line: 3 })], facts);
    expect(twice.rows.map((r) => r.line)).toEqual([2]);
    expect(twice.refused).toMatchObject([{ line: 3, problems: ['number-twice', 'person-twice'] }]);
    expect(twice.lacking).toEqual(['D2']);
  });
});

test('every row goes one way or the other, and no two of those in order share a number or a person', () => {
  const rows = fc.array(
    fc.record({
      line: fc.nat(),
      name: fc.constantFrom('张某（样本）', '李某（样本）'),
      documentNumber: fc.constantFrom('D1', 'D2', 'D3'),
      occupation: fc.constantFrom('养老护理员', '育婴员'),
      level: fc.constantFrom('3', '4'),
      number: fc.constantFrom(null, NUMBER, `${ISSUER}264000002`, 'X'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(rows, (given) => {
      const { rows: good, refused } = checkCertificates(given, facts);
      expect(good.length + refused.length).toBe(given.length);
      const numbers = good.flatMap((r) => r.number ?? []);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(new Set(good.map((r) => r.documentNumber)).size).toBe(good.length);
      expect(good.every((r) => r.occupation === '养老护理员' && r.level === '4')).toBe(true);
    }),
  );
});
