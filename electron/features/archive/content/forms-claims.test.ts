import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BundleIndex } from '../bundle-format.ts';
import { ENTRIES_PATH, LEAVES_PATH } from '../bundle-format.ts';
import { FORMS_PATH, SHEETS_PATH } from './documents.ts';
import { formsClaims } from './forms-claims.ts';

type Json = ReturnType<typeof JSON.parse>;
const hash = (n: number) => createHash('sha256').update(String(n)).digest();
const leaves = Buffer.concat([0, 1, 2, 3].map(hash));
const PDF = 'data/4-results/forms/score-sheets-201-E1.pdf.age';

const bundle = () => ({
  [FORMS_PATH]: {
    format: 'kaodian-forms/1',
    forms: [
      {
        formId: 'score-sheets:201:E1',
        path: PDF,
        refused: null,
        signed: [{ evidenceId: 'V1', station: 'KD', seq: 2, leaf: hash(2).toString('hex') }],
      },
      { formId: 'summary:201', path: null, refused: 'FORBIDDEN_WORD 全国', signed: [] },
    ],
  } as Json,
  [SHEETS_PATH]: {
    numbers: [],
    sheets: [{ roomId: '201', examinerId: 'E1', checkCode: 'X', marks: {}, vetoes: {} }],
    signatures: [],
  } as Json,
  [ENTRIES_PATH]: [
    { seq: 1, event: 'scoring.locked', data: { examinerId: 'E1' } },
    { seq: 2, event: 'scoring.signed', data: { examinerId: 'E1', evidenceId: 'V1' } },
  ] as Json,
});

async function judged(change: (b: ReturnType<typeof bundle>) => void = () => undefined, items = [PDF]) {
  const b = bundle();
  change(b);
  const index = { items: items.map((path) => ({ path })) } as unknown as BundleIndex;
  const read = async (path: string) => (b as Record<string, Json>)[path];
  const claims = await formsClaims(index, read, read, async (p) => (p === LEAVES_PATH ? leaves : undefined));
  return claims.map((c) => `${c.id} ${c.result}`);
}

test('codes that lead to their signatures pass; a form that was refused says so and is no failure', async () => {
  expect(await judged()).toEqual(['forms.1 pass', 'forms.2 pass']);
});

describe('what does not agree fails', () => {
  test.each<[string, (b: ReturnType<typeof bundle>) => void, string]>([
    ['another entry', (b) => Object.assign(b[FORMS_PATH].forms[0].signed[0], { seq: 1 }), 'forms.1 fail'],
    ['another leaf', (b) => Object.assign(b[FORMS_PATH].forms[0].signed[0], { leaf: 'ab'.repeat(32) }), 'forms.1 fail'],
    ['other strokes', (b) => Object.assign(b[FORMS_PATH].forms[0].signed[0], { evidenceId: 'V9' }), 'forms.1 fail'],
    [
      'an entry that is no signature',
      (b) => Object.assign(b[ENTRIES_PATH][1], { event: 'scoring.noted' }),
      'forms.1 fail',
    ],
    [
      'an entry beyond the journal',
      (b) => Object.assign(b[FORMS_PATH].forms[0].signed[0], { seq: 99 }),
      'forms.1 fail',
    ],
    ['a locked sheet without its form', (b) => b[FORMS_PATH].forms.shift(), 'forms.2 fail'],
    ['a form left out for no reason', (b) => Object.assign(b[FORMS_PATH].forms[1], { refused: null }), 'forms.2 fail'],
  ])('%s', async (_what, change, expected) => {
    expect(await judged(change)).toContain(expected);
  });

  test('a form that is listed and not there', async () => {
    expect(await judged(() => undefined, [])).toContain('forms.2 fail');
  });

  test('a list that is none is not present, never passed', async () => {
    for (const odd of [undefined, null, 7, [], { format: 'kaodian-forms/2', forms: [] }]) {
      const broken = await judged((b) => Object.assign(b, { [FORMS_PATH]: odd }));
      expect(broken).toEqual(['forms.1 not-present', 'forms.2 not-present']);
    }
  });
});
