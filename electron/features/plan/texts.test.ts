import { expect, test } from 'vitest';
import { PLAN_PROBLEM_CODES, problemText } from './problem-texts.ts';

const HAN = /\p{Script=Han}/u;

test.each(PLAN_PROBLEM_CODES)('%s is said in Chinese and in English, with the same facts', (code) => {
  const facts = new Proxy({}, { get: (_, name) => `<${String(name)}>` });
  const { zh, en } = problemText(code, facts);
  const named = (text: string) => new Set(text.match(/<\w+>/g));
  expect(HAN.test(zh)).toBe(true);
  expect(HAN.test(en)).toBe(false);
  expect(named(en)).toEqual(named(zh));
});
