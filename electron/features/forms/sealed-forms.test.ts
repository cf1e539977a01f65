import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signedOffSession } from '../../../test/harness/exam-day.ts';
import { CENTRE, openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { contentClaims } from '../../cli/content-claims.ts';
import { seal } from '../archive/closing-calls.ts';
import { openBundle } from '../archive/open-bundle.ts';
import { verifyBundle } from '../archive/verify-bundle.ts';
import type { FormsList } from './sealed-forms.ts';

async function sealedList(st: TestStation): Promise<{ list: FormsList; failed: string[] }> {
  await signedOffSession(st);
  const { folder } = await seal(st);
  const { claims } = await verifyBundle(folder, { identity: CENTRE.identity, contentClaims });
  const out = join(st.dataDir, 'opened');
  const opened = await openBundle(folder, [CENTRE.identity], out);
  if (!opened.ok) throw new Error(opened.error.code);
  const list = JSON.parse(readFileSync(join(out, '4-results/forms.json'), 'utf8')) as FormsList;
  return { list, failed: claims.filter((c) => c.id.startsWith('forms') && c.result !== 'pass').map((c) => c.id) };
}

test('a bundle holds the records of panel and recusal, and says of unmarked rooms why they have no summary', async () => {
  const { list, failed } = await sealedList(await openTestStation());
  expect(failed).toEqual([]);
  expect(list.forms.map((f) => [f.formId, f.path, f.refused])).toEqual([
    ['panel-record', 'data/3-process/forms/panel-record.pdf.age', null],
    ['recusal-record', 'data/3-process/forms/recusal-record.pdf.age', null],
    ['summary:201', null, 'NOT_REVEALED'],
    ['summary:202', null, 'NOT_REVEALED'],
  ]);
}, 60_000);

test('names the body may not bear keep nothing from being sealed: the list says which word', async () => {
  const { list, failed } = await sealedList(
    await openTestStation({ plan: (p) => ({ ...p, batch: '全国统考（样本）' }) }),
  );
  expect(failed).toEqual([]);
  expect(list.forms.find((f) => f.formId === 'panel-record')).toMatchObject({
    path: null,
    refused: 'FORBIDDEN_WORD 全国',
  });
}, 60_000);
