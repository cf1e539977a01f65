import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  foreigner2017CardText,
  foreigner2023CardText,
  hmtCardText,
  residentCardText,
} from '../../devices/id-reader/cards.ts';
import { parseCardText } from './card-text.ts';

const resident = {
  name: '样本甲',
  sex: '2',
  nation: '01',
  birth: '19491231',
  address: '样本省样本市样本路1号',
  number: '11010519491231002X',
  issuer: '样本市公安局样本分局',
  validFrom: '20200101',
  validUntil: '20400101',
} as const;
const read = {
  kind: 'resident',
  name: '样本甲',
  sex: 'female',
  nation: '01',
  birthDate: '1949-12-31',
  address: '样本省样本市样本路1号',
  number: '11010519491231002X',
  issuer: '样本市公安局样本分局',
  validFrom: '2020-01-01',
  validUntil: '2040-01-01',
} as const;

describe('the four layouts', () => {
  test('resident, written by hand from the published table', () => {
    const text = new Uint8Array(256);
    const put = (at: number, s: string) => text.set(Buffer.from(s, 'utf16le'), at);
    put(0, '样本甲'.padEnd(15));
    put(30, '2');
    put(32, '01');
    put(36, '19491231');
    put(52, '样本省样本市样本路1号'.padEnd(35));
    put(122, '11010519491231002X');
    put(158, '样本市公安局样本分局'.padEnd(15));
    put(188, '20200101');
    put(204, '20400101');
    expect(parseCardText(text)).toEqual({ ok: true, value: read });
    expect(parseCardText(residentCardText(resident))).toEqual({ ok: true, value: read });
  });

  test('J, residence permit', () => {
    const text = hmtCardText({
      ...resident,
      number: '810000199408230021',
      birth: '19940823',
      passNumber: 'H01234567',
      issueCount: '01',
    });
    expect(parseCardText(text)).toEqual({
      ok: true,
      value: {
        kind: 'hmt',
        name: '样本甲',
        sex: 'female',
        birthDate: '1994-08-23',
        address: read.address,
        number: '810000199408230021',
        issuer: read.issuer,
        validFrom: '2020-01-01',
        validUntil: '2040-01-01',
        passNumber: 'H01234567',
        issueCount: '01',
      },
    });
  });

  test('I, foreigner 2017', () => {
    const text = foreigner2017CardText({
      englishName: 'SPECIMEN, ANNA MARIA',
      sex: '2',
      number: 'CHE310080010109',
      nationality: 'CHE',
      chineseName: '样本安娜',
      validFrom: '20180101',
      validUntil: '20280101',
      birth: '19800101',
      cardVersion: '01',
      authorityCode: '1500',
    });
    expect(parseCardText(text)).toEqual({
      ok: true,
      value: {
        kind: 'foreigner-2017',
        englishName: 'SPECIMEN, ANNA MARIA',
        sex: 'female',
        number: 'CHE310080010109',
        nationality: 'CHE',
        chineseName: '样本安娜',
        validFrom: '2018-01-01',
        validUntil: '2028-01-01',
        birthDate: '1980-01-01',
        cardVersion: '01',
        authorityCode: '1500',
      },
    });
  });

  test('Y, foreigner 2023, with a name that runs over into its second place', () => {
    // The 35th character is a space, which trimming each place alone would lose.
    const englishName = `${'SPECIMEN'.padEnd(34, 'A')} OVERFLOWING`.slice(0, 46);
    const text = foreigner2023CardText({
      chineseName: '样本安娜',
      sex: '2',
      renewalCount: '01',
      birth: '19800101',
      englishName,
      number: '931586198001010028',
      validFrom: '20240101',
      validUntil: '20340101',
      nationality: 'PAK',
      earlierNumberLink: 'ABC',
    });
    expect(parseCardText(text)).toEqual({
      ok: true,
      value: {
        kind: 'foreigner-2023',
        chineseName: '样本安娜',
        englishName,
        sex: 'female',
        renewalCount: '01',
        birthDate: '1980-01-01',
        number: '931586198001010028',
        validFrom: '2024-01-01',
        validUntil: '2034-01-01',
        nationality: 'PAK',
        earlierNumberLink: 'ABC',
      },
    });
  });
});

test.each([
  ['long-term validity', { validUntil: '长期' }, { validUntil: 'long-term' }],
  ['zeros as padding', { name: '样本甲\0\0\0' }, {}],
  ['a middle dot', { name: '样本古丽·样本提' }, { name: '样本古丽·样本提' }],
  ['a supplementary-plane character', { name: '𠮷样本' }, { name: '𠮷样本' }],
  ['fifteen units, the last two one character', { name: `${'样'.repeat(13)}𠮷` }, { name: `${'样'.repeat(13)}𠮷` }],
  ['a character Unicode has not named', { name: '样\ue000本' }, { name: '样\ue000本' }],
  ['sex not stated', { sex: '9' }, { sex: 'unstated' }],
] as const)('%s', (_what, written, wanted) => {
  expect(parseCardText(residentCardText({ ...resident, ...written }))).toEqual({
    ok: true,
    value: { ...read, ...wanted },
  });
});

test.each([
  [
    'half a character at the end of the name',
    { name: `${'样'.repeat(14)}\ud842` },
    { code: 'surrogate', field: 'name' },
  ],
  ['half a character in the address', { address: '样\udfb7本' }, { code: 'surrogate', field: 'address' }],
  ['a line break in the name', { name: '样\n本' }, { code: 'bad-field', field: 'name' }],
  ['a zero inside the name', { name: '样\0本' }, { code: 'bad-field', field: 'name' }],
  ['a direction mark in the name', { name: '样\u202e本' }, { code: 'bad-field', field: 'name' }],
  ['no name', { name: '' }, { code: 'bad-field', field: 'name' }],
  ['sex 3', { sex: '3' as '1' }, { code: 'bad-field', field: 'sex' }],
  ['30 February', { birth: '19900230' }, { code: 'bad-field', field: 'birthDate' }],
  ['nation in letters', { nation: '汉' }, { code: 'bad-field', field: 'nation' }],
  ['no end of validity', { validUntil: '' }, { code: 'bad-field', field: 'validUntil' }],
  ['no number', { number: '' }, { code: 'bad-field', field: 'number' }],
])('%s is refused', (_what, written, error) => {
  expect(parseCardText(residentCardText({ ...resident, ...written }))).toEqual({ ok: false, error });
});

test('an unknown type and a wrong length are refused', () => {
  const unknown = residentCardText(resident);
  unknown.set(Buffer.from('Z', 'utf16le'), 248);
  expect(parseCardText(unknown)).toEqual({ ok: false, error: { code: 'unknown-type' } });
  expect(parseCardText(unknown.subarray(1))).toEqual({ ok: false, error: { code: 'length' } });
});

test('whatever is on the card, reading it does not throw and gives whole characters', () => {
  const flag = fc.constantFrom(' ', '\0', 'I', 'J', 'Y');
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 256, maxLength: 256 }),
      flag,
      fc.integer({ min: 0, max: 63 }),
      (noise, type, from) => {
        const text = residentCardText(resident);
        text.set(noise.subarray(from * 4, from * 4 + 16), from * 4 > 240 ? 240 : from * 4);
        text.set(Buffer.from(type, 'utf16le'), 248);
        const parsed = parseCardText(text);
        if (parsed.ok) for (const value of Object.values(parsed.value)) expect(value.isWellFormed()).toBe(true);
        expect(parseCardText(noise).ok).toBeTypeOf('boolean');
      },
    ),
  );
});

test('names in many scripts come back as they were written', () => {
  const unit = fc.constantFrom('样', '本', '·', '𠮷', 'A', '\ue001');
  fc.assert(
    fc.property(fc.string({ unit, minLength: 1, maxLength: 15 }), (name) => {
      fc.pre(name.length <= 15);
      expect(parseCardText(residentCardText({ ...resident, name }))).toEqual({ ok: true, value: { ...read, name } });
    }),
  );
});
