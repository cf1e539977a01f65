import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORBIDDEN_WORDS, forbiddenWords } from './forbidden-words.ts';

const social = { stateBody: false, onFile: true };

test.each<[string, string[]]>([
  ['操作技能评分表', []],
  ['成绩汇总表', []],
  ['职业技能等级认定评分表', []],
  ['国家职业技能鉴定评分表', ['国家', '职业技能鉴定']],
  ['中华人民共和国职业资格证书', ['中华人民共和国', '职业资格']],
  ['中国某协会（样本）', ['中国']],
  ['全国统一鉴定', ['全国']],
  ['岗位合格凭证', ['岗位合格']],
  // Neither a space nor a mark nor another width hides it.
  ['国 家 题 库', ['国家']],
  ['中·国', ['中国']],
  ['职业\u200b资格', ['职业资格']],
  ['保育师国民教育', []],
])('%s', (text, words) => {
  expect(forbiddenWords([text], social).map((f) => f.word)).toEqual(words);
});

test('it says in which text the word stands', () => {
  expect(forbiddenWords(['评分表', '全国赛项（样本）'], social)).toEqual([{ word: '全国', text: '全国赛项（样本）' }]);
});

test('skill levels are spoken of only by who is on file for them', () => {
  const texts = ['职业技能等级认定评分表'];
  expect(forbiddenWords(texts, { stateBody: false, onFile: false }).map((f) => f.word)).toEqual(['职业技能等级']);
  expect(forbiddenWords(texts, social)).toEqual([]);
});

test('a state body prints what its office requires', () => {
  expect(forbiddenWords(['中华人民共和国职业资格证书'], { stateBody: true, onFile: false })).toEqual([]);
});

test('wherever a word stands, it is found', () => {
  const around = fc.string({ unit: fc.constantFrom('工', '评', '分', ' ', '、', 'A') });
  fc.assert(
    fc.property(fc.constantFrom(...FORBIDDEN_WORDS), around, around, (word, before, after) => {
      const found = forbiddenWords([before + word + after], social).map((f) => f.word);
      return found.some((f) => f.includes(word));
    }),
  );
});
