import { expect, test } from 'vitest';
import { ok } from '../lib/result.ts';
import { answer } from './answer.ts';

const made = new Error('made by the contract');
const errors = { TOO_EARLY: ({ data }: { data?: unknown }) => Object.assign(made, { data }) };

test('a value passes, a refusal becomes the typed error of its code with its data', () => {
  expect(answer(ok(7), errors)).toBe(7);
  expect(() => answer({ ok: false, error: { code: 'TOO_EARLY', data: { endsAtMs: 1 } } }, errors)).toThrow(made);
  expect(made).toMatchObject({ data: { endsAtMs: 1 } });
});
