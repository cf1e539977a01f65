import { ORPCError } from '@orpc/client';
import { describe, expect, test } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { errorSentence, errorTexts } from './error-sentence.ts';

/** Every code of every procedure, with the procedure's path. */
function codesOf(router: unknown, path: string[] = []): [code: string, path: string][] {
  if (typeof router !== 'object' || router === null) return [];
  const procedure = (router as { '~orpc'?: { errorMap?: object } })['~orpc'];
  if (procedure !== undefined) return Object.keys(procedure.errorMap ?? {}).map((code) => [code, path.join('.')]);
  return Object.entries(router).flatMap(([name, child]) => codesOf(child, [...path, name]));
}

const codes = codesOf(contract);

test('the walk finds the contract', () => {
  expect(codes.length).toBeGreaterThan(60);
});

describe.each(Object.entries(errorTexts))('%s', (language, sentences) => {
  test.each(codes)('%s of %s has a sentence', (code) => {
    expect(Object.hasOwn(sentences, code)).toBe(true);
    // Data as full as any procedure sends.
    const sessions = [{ label: 'S2', startsAtMs: 0 }];
    const data = {
      sessions,
      failures: 2,
      retryAtMs: 0,
      endsAtMs: 0,
      maxTenths: 50,
      missing: [1],
      lines: ['volume:1'],
      fault: 'cut-off',
      problems: [{ row: 2, text: { zh: '证件号码没有填', en: 'The document number is missing' } }],
      waitingFor: 1,
      files: ['a'],
      fields: ['name'],
      findings: [1],
      examiners: ['A'],
      found: [{ word: 'a', text: 'ab' }],
      reason: 'malformed',
      trouble: 'unauthorized',
      posts: ['a'],
    };
    const sentence = errorSentence(sentences, new ORPCError(code, { defined: true, data }));
    expect(sentence.length).toBeGreaterThan(4);
    expect(/\p{Script=Han}/u.test(sentence)).toBe(language === 'zh-CN');
  });
});

test('a lost reply and a foreign code are an unknown outcome; the guard has words of its own', () => {
  const zh = errorTexts['zh-CN'];
  expect(errorSentence(zh, new TypeError('Failed to fetch'))).toBe(zh.outcomeUnknown);
  expect(errorSentence(zh, new ORPCError('FROM_THE_FUTURE', { defined: true }))).toBe(zh.outcomeUnknown);
  expect(errorSentence(zh, new ORPCError('UNAUTHORIZED'))).toBe(zh.signedOut);
  expect(errorSentence(zh, new ORPCError('FORBIDDEN'))).toBe(zh.wrongRole);
});
