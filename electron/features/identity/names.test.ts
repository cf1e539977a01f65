import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameName } from './names.ts';

test.each([
  ['张三', '张三', 'same'],
  ['𠮷田', '𠮷田', 'same'],
  ['张䶮𬱖㛃', '张䶮𬱖㛃', 'same'],
  ['阿依古丽·买买提', '阿依古丽•买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽‧买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽．买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽∙买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽⋅买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽買買提', 'differs'],
  ['阿依古丽·买买提', '阿依古丽买买提', 'spelling-differs'],
  ['张 三', '张三', 'spelling-differs'],
  ['张\u3000三', '张三', 'spelling-differs'],
  ['张\u200b三', '张三', 'spelling-differs'],
  ['SMITH JOHN', 'Smith John', 'spelling-differs'],
  ['ＳＭＩＴＨ', 'SMITH', 'spelling-differs'],
  ['SPECIMEN, ANNA-MARIA', 'SPECIMEN ANNA MARIA', 'spelling-differs'],
  ["O'SPECIMEN", 'O’SPECIMEN', 'spelling-differs'],
  ['JOSÉ SPECIMEN', 'JOSE SPECIMEN', 'spelling-differs'],
  ['JOSE\u0301', 'JOSÉ', 'spelling-differs'],
  ['STRASSE', 'Straße', 'spelling-differs'],
  ['\uf90a', '金', 'spelling-differs'],
  ['葛\u{e0100}样', '葛样', 'spelling-differs'],
  ['张\ue863', '张䶮', 'spelling-differs'],
  ['张\ue854', '张\u9fba', 'spelling-differs'],
  ['张\ue863', '张\ue864', 'differs'],
  ['张\ue000', '张䶮', 'differs'],
  ['𠮷田', '吉田', 'differs'],
  ['张三', '张三丰', 'differs'],
  ['张三', '章三', 'differs'],
  ['张三', '三张', 'differs'],
  ['张\ud842', '张\udfb7', 'differs'],
  ['', '', 'differs'],
  ['·', ' ', 'differs'],
] as const)('%j and %j: %s', (a, b, outcome) => {
  expect(sameName(a, b)).toBe(outcome);
  expect(sameName(b, a)).toBe(outcome);
});

describe('whatever the name', () => {
  const han = fc.string({
    unit: fc.constantFrom('张', '王', '丽', '𠮷', '䶮', '𬱖', '买', '提'),
    minLength: 1,
    maxLength: 15,
  });
  const latin = fc.string({ unit: fc.constantFrom(...'ABCXYZ'), minLength: 1, maxLength: 30 });
  const name = fc.oneof(han, latin);

  test('it is the same as itself, and as nothing that has other characters', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(sameName(a, a)).toBe('same');
        if (a !== b) expect(sameName(a, b)).toBe('differs');
        expect(sameName(a, b)).toBe(sameName(b, a));
      }),
    );
  });

  test('dots, width, case and spaces never turn it into another', () => {
    const noise = fc.constantFrom('·', '•', '‧', ' ', '\u3000', '．', '-', ',');
    const widened = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(name, noise, fc.nat(), fc.boolean(), (text, mark, place, wide) => {
        const characters = [...text];
        characters.splice(place % (characters.length + 1), 0, mark);
        const written = characters.join('').toLowerCase();
        expect(sameName(text, wide ? widened(written) : written)).toBe('spelling-differs');
      }),
    );
  });

  test('no text makes the comparison throw', () => {
    const any = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(fc.property(any, any, (a, b) => void sameName(a, b)));
  });
});
