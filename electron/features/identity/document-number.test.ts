import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check731, mod112CheckCharacter } from '../../lib/check-digits.ts';
import { maskDocumentNumber, parseDocumentNumber } from './document-number.ts';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const threeDigits = fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(3, '0'));
const region = fc.constantFrom('110101', '440305', '650102', '320211');
const withCheck = (seventeen: string) => seventeen + mod112CheckCharacter(seventeen);
const residentNumber = fc
  .tuple(region, day, threeDigits)
  .map(([r, d, s]) => ({ number: withCheck(r + d.replaceAll('-', '') + s), birthDate: d, odd: Number(s) % 2 === 1 }));

describe('numbers that are right', () => {
  test.each([
    [
      '11010519491231002X',
      { kind: 'resident', number: '11010519491231002X', birthDate: '1949-12-31', sex: 'female', warnings: [] },
    ],
    [
      ' 11010519491231002ｘ ',
      { kind: 'resident', number: '11010519491231002X', birthDate: '1949-12-31', sex: 'female', warnings: [] },
    ],
    [
      '931586198001010028',
      { kind: 'foreigner-18', number: '931586198001010028', birthDate: '1980-01-01', sex: null, warnings: [] },
    ],
    [
      '932682198501010017',
      { kind: 'foreigner-18', number: '932682198501010017', birthDate: '1985-01-01', sex: null, warnings: [] },
    ],
    [
      withCheck('83000019900229001'.replace('0229', '0228')),
      {
        kind: 'hmt-residence',
        number: withCheck('83000019900228001'),
        birthDate: '1990-02-28',
        sex: 'male',
        warnings: [],
      },
    ],
    [
      withCheck('99999919900101001').replace(/^9/, '9'),
      {
        kind: 'foreigner-18',
        number: withCheck('99999919900101001'),
        birthDate: '1990-01-01',
        sex: null,
        warnings: ['unknown-region'],
      },
    ],
    [
      withCheck('16010119900101001'),
      {
        kind: 'resident',
        number: withCheck('16010119900101001'),
        birthDate: '1990-01-01',
        sex: 'male',
        warnings: ['unknown-region'],
      },
    ],
  ])('%s', (text, wanted) => {
    expect(parseDocumentNumber(text)).toEqual({ ok: true, value: wanted });
  });

  test('a foreigner’s 15 characters, with and without the check that not every card keeps', () => {
    const stem = 'CHE31008001010';
    const right = { kind: 'foreigner-15', number: stem + check731(stem), birthDate: null, sex: null, warnings: [] };
    expect(parseDocumentNumber(right.number)).toEqual({ ok: true, value: right });
    const number = stem + String((Number(check731(stem)) + 1) % 10);
    expect(parseDocumentNumber(number)).toEqual({ ok: true, value: { ...right, number, warnings: ['check-7-3-1'] } });
  });
});

test.each([
  ['', 'shape'],
  ['110105491231002', 'shape'],
  ['1101051949123100', 'shape'],
  ['X1010519491231002X', 'shape'],
  ['110105194912310021', 'check-digit'],
  [withCheck('11010519490230001'), 'birth-date'],
  [withCheck('11010519000229001'), 'birth-date'],
  [withCheck('11010519491331001'), 'birth-date'],
  ['CHE310080023010', 'birth-date'],
  ['1'.repeat(5_000), 'shape'],
])('%s is refused: %s', (text, fault) => {
  expect(parseDocumentNumber(text)).toEqual({ ok: false, error: fault });
});

test('the 7-3-1 digit of the ICAO 9303 example', () => {
  expect(check731('D23145890')).toBe('7');
});

test('every number with a real birth date and a right check character is accepted, with that date and sex', () => {
  fc.assert(
    fc.property(residentNumber, ({ number, birthDate, odd }) => {
      expect(parseDocumentNumber(number)).toMatchObject({
        ok: true,
        value: { kind: 'resident', birthDate, sex: odd ? 'male' : 'female' },
      });
    }),
  );
});

test('one wrong digit, or two neighbours swapped, is always noticed', () => {
  const slip = fc.record({ at: fc.nat(16), digit: fc.nat(9), swap: fc.boolean() });
  fc.assert(
    fc.property(residentNumber, slip, ({ number }, { at, digit, swap }) => {
      const c = [...number];
      if (swap && at < 16) [c[at], c[at + 1]] = [c[at + 1]!, c[at]!];
      else c[at] = String(digit);
      fc.pre(c.join('') !== number);
      expect(parseDocumentNumber(c.join(''))).toEqual({ ok: false, error: 'check-digit' });
    }),
  );
});

describe('numbers of every kind', () => {
  const province = fc.constantFrom('11', '31', '44', '65');
  const country = fc.integer({ min: 0, max: 999 }).map((n) => String(n).padStart(3, '0'));
  const digits = (d: string) => d.replaceAll('-', '');

  test('a permit of Hong Kong, Macao or Taiwan is known by its six digits, and only by those', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('81', '82', '83'),
        fc.constantFrom('0000', '0001'),
        day,
        threeDigits,
        (p, rest, d, s) => {
          const number = withCheck(p + rest + digits(d) + s);
          const kind = rest === '0000' ? 'hmt-residence' : 'resident';
          expect(parseDocumentNumber(number)).toMatchObject({ ok: true, value: { kind, birthDate: d, warnings: [] } });
        },
      ),
    );
  });

  test('a foreigner of 2023: 9, province, country, birth, sequence; sex is not told', () => {
    fc.assert(
      fc.property(province, country, day, threeDigits, (p, c, d, s) => {
        const number = withCheck(`9${p}${c}${digits(d)}${s}`);
        const value = { kind: 'foreigner-18', number, birthDate: d, sex: null, warnings: [] };
        expect(parseDocumentNumber(number)).toEqual({ ok: true, value });
      }),
    );
  });

  test('a foreigner of before: three letters, area, six digits of birth; a wrong check only warns', () => {
    const letters = fc.string({ minLength: 3, maxLength: 3, unit: fc.constantFrom(...'ABCXYZ') });
    fc.assert(
      fc.property(letters, province, day, fc.nat(9), fc.nat(9), (l, p, d, sequence, last) => {
        const stem = `${l}${p}00${digits(d).slice(2)}${sequence}`;
        const warnings = check731(stem) === String(last) ? [] : ['check-7-3-1'];
        const value = { kind: 'foreigner-15', number: `${stem}${last}`, birthDate: null, sex: null, warnings };
        expect(parseDocumentNumber(`${stem}${last}`)).toEqual({ ok: true, value });
      }),
    );
  });

  test('a region nobody lists warns and changes nothing else', () => {
    const unlisted = fc.constantFrom('00', '16', '24', '38', '47', '55', '66', '72', '99').filter((p) => p[0] !== '9');
    fc.assert(
      fc.property(unlisted, day, threeDigits, (p, d, s) => {
        const number = withCheck(`${p}0101${digits(d)}${s}`);
        const warnings = ['unknown-region'];
        expect(parseDocumentNumber(number)).toMatchObject({
          ok: true,
          value: { kind: 'resident', birthDate: d, warnings },
        });
      }),
    );
  });

  test('small letters, full width and spaces are one number', () => {
    const widened = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const endingInX = residentNumber.filter(({ number }) => number.endsWith('X'));
    fc.assert(
      fc.property(endingInX, fc.boolean(), fc.nat(18), ({ number }, wide, at) => {
        const typed = `${number.slice(0, at)} ${number.slice(at)}`.toLowerCase();
        expect(parseDocumentNumber(wide ? widened(typed) : typed)).toEqual(parseDocumentNumber(number));
      }),
      { numRuns: 40 },
    );
  });

  test('a day that is in no calendar is refused', () => {
    const noDay = fc.constantFrom('19900230', '19910229', '19900431', '19901301', '19900100', '18491231', '21000101');
    fc.assert(
      fc.property(region, noDay, threeDigits, (r, d, s) => {
        expect(parseDocumentNumber(withCheck(r + d + s))).toEqual({ ok: false, error: 'birth-date' });
      }),
    );
  });
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseDocumentNumber(text)));
});

describe('masking', () => {
  test.each([
    ['110101199001011234', '110101********1234'],
    ['CHE310080010109', 'CHE**********09'],
    ['H01234567', 'H01****67'],
    ['12345678', '********'],
    ['', ''],
  ])('%s is shown as %s', (number, shown) => {
    expect(maskDocumentNumber(number)).toBe(shown);
  });

  test('the birth date is never readable', () => {
    fc.assert(
      fc.property(residentNumber, ({ number }) => {
        expect(maskDocumentNumber(number).slice(6, 14)).toBe('********');
      }),
    );
  });
});
