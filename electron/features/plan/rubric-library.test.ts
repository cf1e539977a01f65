import { expect, test } from 'vitest';
import { importPlan } from './import-plan.ts';
import { aPlan, editedWorkbook } from './plan-fixture.ts';
import type { PartPass, Plan } from './plan-schema.ts';
import { writeWorkbook } from './write-workbook.ts';

const { plan, photos, files } = aPlan();
const bare = () =>
  editedWorkbook(plan, (book) => {
    for (const name of ['评分表', '评分项', '扣分项']) {
      const sheet = book.getWorksheet(name)!;
      for (let row = 2; row <= sheet.rowCount; row += 1) sheet.getRow(row).values = [];
    }
  });

test('a rubric that a session names and the workbook does not bring is taken from the library, as it is there', async () => {
  const read = await importPlan({ workbook: await bare(), photos: files, keptRubrics: plan.rubrics });
  expect(read).toEqual({ ok: true, value: { plan, photos, warnings: [] } });
});

test('without it the session’s reference is named by its cell', async () => {
  const read = await importPlan({ workbook: await bare(), photos: files });
  expect(read.ok ? [] : read.error.problems.map((p) => [p.sheet, p.code, p.row])).toEqual([
    ['场次', 'unknown-reference', 2],
  ]);
});

test('what the workbook brings stands before what the library has', async () => {
  const other = plan.rubrics.map((r) => ({ ...r, title: '另一份（样本）' }));
  const read = await importPlan({ workbook: await writeWorkbook(plan), photos: files, keptRubrics: other });
  expect(read.ok && read.value.plan.rubrics).toEqual(plan.rubrics);
});

test('sections, steps, times, vetoes and earlier passes go through a workbook and come back', async () => {
  const pass: PartPass = {
    documentNumber: plan.candidates[0]!.documentNumber,
    occupation: plan.sessions[0]!.occupation,
    level: plan.sessions[0]!.level,
    part: 'theory',
    scoreTenths: 705,
    passedOn: '2025-09-01',
    source: '样本公布〔2025〕3号',
  };
  const { occupation, level, part } = plan.sessions[0]!;
  const rich: Plan = {
    ...plan,
    partPasses: [pass],
    rubrics: plan.rubrics.map((r) => ({
      ...r,
      occupation,
      level,
      part,
      minutes: 120,
      items: r.items.map((item, i) => ({
        ...item,
        section: i < 4 ? '准备' : '操作',
        stepTenths: 5,
        minutes: 10,
        deductions: item.deductions.filter((d) => d.tenths % 5 === 0),
      })),
      vetoes: [{ vetoId: 'V1', text: '带电作业未验电' }],
    })),
  };
  const read = await importPlan({ workbook: await writeWorkbook(rich), photos: files });
  expect(read).toEqual({ ok: true, value: { plan: rich, photos, warnings: [] } });
});
