import { expect, test } from 'vitest';
import type { CardFields, Foreigner2017Card, ResidentCard } from './card-text.ts';
import { cardNames, cardViolations } from './card-violations.ts';

const TODAY = '2026-06-20';
const sound: ResidentCard = {
  kind: 'resident',
  name: '样本甲',
  sex: 'female',
  nation: '01',
  birthDate: '1949-12-31',
  address: '样本路1号',
  number: '11010519491231002X',
  issuer: '样本市公安局',
  validFrom: '2020-01-01',
  validUntil: 'long-term',
};
const foreigner: Foreigner2017Card = {
  kind: 'foreigner-2017',
  englishName: 'SPECIMEN, ANNA',
  chineseName: '样本安娜',
  sex: 'female',
  birthDate: '1980-01-01',
  number: 'CHE310080010109',
  nationality: 'CHE',
  validFrom: '2018-01-01',
  validUntil: '2028-01-01',
  cardVersion: '01',
  authorityCode: '1500',
};

test.each<[string, Partial<ResidentCard>, unknown[]]>([
  ['a sound card', {}, []],
  ['its last day', { validUntil: TODAY }, []],
  ['the day after', { validUntil: '2026-06-19' }, [{ code: 'expired', facts: { validUntil: '2026-06-19' } }]],
  ['its first day', { validFrom: TODAY }, []],
  ['the day before', { validFrom: '2026-06-21' }, [{ code: 'not-yet-valid', facts: { validFrom: '2026-06-21' } }]],
  [
    'an end before the beginning',
    { validFrom: '2020-01-01', validUntil: '2019-01-01' },
    [
      { code: 'expired', facts: { validUntil: '2019-01-01' } },
      { code: 'validity-reversed', facts: { validFrom: '2020-01-01', validUntil: '2019-01-01' } },
    ],
  ],
  ['a wrong check digit', { number: '110105194912310021' }, [{ code: 'number-bad', facts: { fault: 'check-digit' } }]],
  ['another birth date than the number’s', { birthDate: '1949-12-30' }, [{ code: 'birth-date-differs', facts: {} }]],
  ['another sex than the number’s', { sex: 'male' }, [{ code: 'sex-differs', facts: {} }]],
  ['sex not stated', { sex: 'unstated' }, []],
  [
    'a birth yet to come',
    { birthDate: '2049-12-31', number: '110105204912310023' },
    [
      { code: 'born-in-future', facts: {} },
      { code: 'number-bad', facts: { fault: 'check-digit' } },
    ],
  ],
  [
    'a foreigner’s number',
    { number: '931586198001010028', birthDate: '1980-01-01' },
    [{ code: 'number-of-other-document', facts: { kind: 'foreigner-18' } }],
  ],
  ['an abolished region', { number: '160105194912310029' }, []],
])('%s', (_what, change, wanted) => {
  expect(cardViolations({ ...sound, ...change }, TODAY)).toEqual(wanted);
});

test.each<[string, Partial<Foreigner2017Card>, string[]]>([
  ['a sound card of a foreigner, its check digit not kept', {}, []],
  ['another birth date than the number’s', { birthDate: '1981-01-01' }, ['birth-date-differs']],
])('%s', (_what, change, codes) => {
  expect(cardViolations({ ...foreigner, ...change }, TODAY).map((v) => v.code)).toEqual(codes);
});

test('the names to compare, Chinese first', () => {
  const without: CardFields = { ...foreigner, chineseName: '' };
  expect([cardNames(sound), cardNames(foreigner), cardNames(without)]).toEqual([
    ['样本甲'],
    ['样本安娜', 'SPECIMEN, ANNA'],
    ['SPECIMEN, ANNA'],
  ]);
});
