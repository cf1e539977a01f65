import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameName } from './names.ts';

test.each([
  ['张三', '张三', 'same'],
  ['𠮷田', '𠮷田', 'same'],
  ['阿依古丽·买买提', '阿依古丽•买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽‧买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽．买买提', 'spelling-differs'],
  ['阿依古丽·买买提', '阿依古丽买买提', 'spelling-differs'],
  ['张 三', '张三', 'spelling-differs'],
  ['张\u3000三', '张三', 'spelling-differs'],
  ['SMITH JOHN', 'Smith John', 'spelling-differs'],
  ['ＳＭＩＴＨ', 'SMITH', 'spelling-differs'],
  ['\uf90a', '金', 'spelling-differs'],
  ['𠮷田', '吉田', 'differs'],
  ['张三', '张三丰', 'differs'],
  ['张三', '章三', 'differs'],
  ['', '', 'differs'],
  ['·', ' ', 'differs'],
] as const)('%j and %j: %s', (a, b, outcome) => {
  expect(sameName(a, b)).toBe(outcome);
  expect(sameName(b, a)).toBe(outcome);
});

test('dots, width and spaces never turn one name into another', () => {
  const name = fc.string({ unit: fc.constantFrom('张', '王', '丽', '𠮷', '买', '提'), minLength: 1, maxLength: 15 });
  const noise = fc.constantFrom('·', '•', ' ', '\u3000', '．');
  fc.assert(
    fc.property(name, noise, fc.nat(), (text, mark, place) => {
      const characters = [...text];
      characters.splice(place % (characters.length + 1), 0, mark);
      expect(sameName(text, characters.join(''))).toBe('spelling-differs');
    }),
  );
});
