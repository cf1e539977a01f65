import { expect, test } from 'vitest';
import { codeOf, openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { dossierBook } from './import/book-fixture.ts';

const station = () => openTestStation({ withoutFaces: true });
const file = async (edit?: Parameters<typeof dossierBook>[0]) =>
  new File([new Uint8Array(await dossierBook(edit))], 'dossiers.xlsx');

async function imported(st: TestStation, edit?: Parameters<typeof dossierBook>[0]) {
  const lead = st.as('site-lead');
  const check = await lead.examiners.check({ workbook: await file(edit) });
  if (check.kind !== 'ready') throw new Error(JSON.stringify(check.problems));
  return { check, kept: await lead.examiners.keep({ checkId: check.checkId, reason: '首次建档' }) };
}

test('a checked file changes nothing until somebody confirms it; then all of it is there, with its history', async () => {
  const st = await station();
  const lead = st.as('site-lead');
  const before = (await lead.examiners.list()).length;
  const check = await lead.examiners.check({ workbook: await file() });
  expect(check).toMatchObject({ kind: 'ready', unchanged: 0, served: 1 });
  expect(await lead.examiners.list()).toHaveLength(before);
  if (check.kind !== 'ready') return;
  expect(check.changes.map((c) => [c.kind, c.cardNumber, c.before])).toEqual([
    ['added', 'KP-1', null],
    ['added', 'KP-2', null],
  ]);
  expect(await lead.examiners.keep({ checkId: check.checkId, reason: '首次建档' })).toEqual({
    added: 2,
    changed: 0,
    served: 1,
  });
  const row = (await lead.examiners.list()).find((r) => r.cardNumber === 'KP-2')!;
  expect(row).toMatchObject({ name: '乙（样本）', examinerId: null, grade: 'examiner', served: 0 });
  expect(row.warnings.map((w) => w.code)).toEqual(['card-expired', 'not-verified']);
  const detail = await lead.examiners.dossier({ dossierId: row.dossierId! });
  expect(detail.history).toMatchObject([{ reason: '首次建档', source: 'import', before: null }]);
  expect(st.journalEvents()).toEqual(['examiners.imported']);
});

test('of a second file only what differs is told and kept, and the old version stays', async () => {
  const st = await station();
  await imported(st);
  const { check, kept } = await imported(st, (book) => {
    book.getWorksheet('档案')!.getCell('H2').value = '暂停';
  });
  expect(check).toMatchObject({ unchanged: 1, served: 0 });
  expect(check.changes).toEqual([
    {
      kind: 'changed',
      name: '甲（样本）',
      cardNumber: 'KP-1',
      fields: ['pool'],
      before: { pool: 'active' },
      after: { pool: 'suspended' },
    },
  ]);
  expect(kept).toEqual({ added: 0, changed: 1, served: 0 });
  const lead = st.as('site-lead');
  const row = (await lead.examiners.list()).find((r) => r.cardNumber === 'KP-1')!;
  const { history, served } = await lead.examiners.dossier({ dossierId: row.dossierId! });
  expect(history.map((h) => h.fields.length)).toEqual([1, expect.any(Number)]);
  expect(served).toMatchObject([{ sessionId: 'P1', siteId: 'SITE-1', duty: 'lead', source: 'import' }]);
});

test('a faulty file saves nothing and is on record by its codes alone', async () => {
  const st = await station();
  const check = await st.as('site-lead').examiners.check({
    workbook: await file((book) => {
      book.getWorksheet('档案')!.getCell('E2').value = '特级';
    }),
  });
  expect(check).toMatchObject({
    kind: 'problems',
    problems: [{ sheet: '档案', row: 2, column: 'E', code: 'bad-choice' }],
  });
  expect(st.journal().at(-1)).toMatchObject({
    event: 'examiners.check-failed',
    data: { problems: 1, codes: ['bad-choice'] },
  });
});

test('a dossier changed since it was read is not overwritten, by form or by file', async () => {
  const st = await station();
  await imported(st);
  const lead = st.as('site-lead');
  const { dossierId } = (await lead.examiners.list()).find((r) => r.cardNumber === 'KP-1')!;
  const { versionId } = await lead.examiners.dossier({ dossierId: dossierId! });
  const base = { dossierId: dossierId!, versionId };
  const check = await lead.examiners.check({
    workbook: await file((book) => {
      book.getWorksheet('档案')!.getCell('H2').value = '暂停';
    }),
  });
  await lead.examiners.save({ base, edit: { grade: 'examiner' }, reason: '核对证卡' });
  expect(await codeOf(lead.examiners.save({ base, edit: { pool: 'suspended' }, reason: '核对' }))).toBe(
    'CHANGED_MEANWHILE',
  );
  // The save made every file that was checked before it old.
  if (check.kind !== 'ready') throw new Error('no check');
  expect(await codeOf(lead.examiners.keep({ checkId: check.checkId, reason: '更新' }))).toBe('CHANGED_MEANWHILE');
  expect(st.journalEvents().slice(1)).toEqual([
    'examiners.changed',
    'examiners.change-refused',
    'examiners.keep-refused',
  ]);
});

test('by form: a new dossier, no second one with the card, no way back from exclusion for life', async () => {
  const st = await station();
  const lead = st.as('site-lead');
  const person = { name: '新人（样本）', cardNumber: 'KP-77' };
  const { dossierId } = await lead.examiners.save({ base: null, edit: { ...person, pool: 'active' }, reason: '建档' });
  expect(await codeOf(lead.examiners.save({ base: null, edit: person, reason: '再建' }))).toBe('CARD_TAKEN');
  const base = async () => {
    const { versionId } = await lead.examiners.dossier({ dossierId });
    return { dossierId, versionId };
  };
  const save = async (edit: object) => codeOf(lead.examiners.save({ base: await base(), edit, reason: '核对' }));
  expect(await save({ pool: 'active' })).toBe('NOTHING_CHANGED');
  expect(await save({ cardFrom: '2026-01-01', cardUntil: '2025-01-01' })).toBe('DAYS_REVERSED');
  expect(await save({ pool: 'excluded' })).toBe('ok');
  expect(await save({ pool: 'active' })).toBe('EXCLUDED_FOR_LIFE');
  expect(
    await codeOf(lead.examiners.save({ base: { dossierId: 'DS-0', versionId: 1 }, edit: {}, reason: '核对' })),
  ).toBe('NO_SUCH_DOSSIER');
});

test('document numbers are masked, stay when a tie is kept by its place, and stand in no journal', async () => {
  const st = await station();
  const lead = st.as('site-lead');
  const number = '110101199001011237';
  const ties = [{ kind: 'kin', to: { who: 'person', documentNumber: number } }] as const;
  const person = { name: '新人（样本）', cardNumber: 'KP-77', documentNumber: '110101198001010037' };
  const { dossierId } = await lead.examiners.save({ base: null, edit: { ...person, ties: [...ties] }, reason: '建档' });
  const { view, versionId } = await lead.examiners.dossier({ dossierId });
  expect(JSON.stringify(view)).not.toMatch(/19900101|19800101/);
  const other = { kind: 'declared', to: { who: 'examiner', cardNumber: 'KP-1', name: '甲（样本）' } } as const;
  const edit = { ties: [{ keep: 0 }, other] };
  await lead.examiners.save({ base: { dossierId, versionId }, edit, reason: '补报' });
  const after = await lead.examiners.dossier({ dossierId });
  expect(after.view.ties).toEqual([view.ties[0], other]);
  expect(JSON.stringify(after)).not.toMatch(/19900101|19800101/);
  expect(JSON.stringify(st.journal())).not.toMatch(/19900101|19800101|新人/);
});

test('the plan’s examiners without a dossier are in the list, and said to have none', async () => {
  const st = await station();
  const rows = await st.as('supervisor').examiners.list();
  expect(rows.map((r) => [r.examinerId, r.warnings.map((w) => w.code)])).toEqual(
    st.plan.examiners.map((e) => [e.examinerId, ['no-dossier']]),
  );
  expect(await codeOf(st.as('door').examiners.list())).toBe('FORBIDDEN');
  expect(await codeOf(st.as('supervisor').examiners.keep({ checkId: 'X', reason: '试试' }))).toBe('FORBIDDEN');
});

test('the template is read back as nothing but empty sheets', async () => {
  const st = await station();
  const lead = st.as('site-lead');
  const template = await lead.examiners.template();
  const check = await lead.examiners.check({ workbook: new File([await template.arrayBuffer()], 'x.xlsx') });
  expect(check).toMatchObject({ kind: 'problems', problems: [{ sheet: '档案', code: 'too-few-rows' }] });
});
