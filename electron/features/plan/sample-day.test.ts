import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';
import { samplePhotos } from '../../../resources/sample-day/sample-photos.ts';
import { samplePlan } from '../../../resources/sample-day/sample-plan.ts';
import { residentCardText } from '../../devices/id-reader/cards.ts';
import { parseDocumentNumber } from '../identity/document-number.ts';
import { importPlan } from './import-plan.ts';
import { readPlanPackage, writePlanPackage } from './package.ts';
import { aPlan, CENTRE_KEY } from './plan-fixture.ts';
import { planViolations } from './plan-violations.ts';
import { writeWorkbook } from './write-workbook.ts';

const { centre } = aPlan().plan;
const startsAtMs = Date.UTC(2026, 2, 1, 1, 0);

test('the sample day is a plan without fault: 12 candidates, 2 rooms, 7 examiners', () => {
  const plan = samplePlan({ startsAtMs, centre });
  expect(planViolations(plan)).toEqual([]);
  expect([plan.candidates.length, plan.rooms.length, plan.workstations.length, plan.examiners.length]).toEqual([
    12, 2, 12, 7,
  ]);
  expect(plan.rubrics[0]!.items.length).toBe(8);
});

test('everyone in it is a specimen: marked names, valid numbers of people born in 1900', () => {
  const plan = samplePlan({ startsAtMs, centre });
  for (const person of [...plan.candidates, ...plan.examiners]) expect(person.name).toMatch(/（样本）$/);
  for (const { documentNumber, sex } of plan.candidates) {
    expect(parseDocumentNumber(documentNumber)).toMatchObject({
      ok: true,
      value: { birthDate: '1900-01-01', sex, warnings: [] },
    });
  }
});

test('every specimen fits on a card', () => {
  for (const candidate of samplePlan({ startsAtMs, centre }).candidates) {
    expect(residentCardText(sampleCard(candidate)).length).toBe(256);
  }
});

test('with its pictures it passes through workbook and package unchanged', async () => {
  const taken = await samplePhotos();
  if (!taken.ok) throw new Error(`missing: ${taken.error.package}`);
  const { photos, hashes } = taken.value;
  expect(photos.size).toBe(12);
  for (const bytes of photos.values()) {
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 300, height: 375 });
  }
  const plan = samplePlan({ startsAtMs, centre, photoHashes: hashes });
  const files = plan.candidates.map(({ photo }) => ({ name: photo.file, bytes: photos.get(photo.sha256)! }));
  const value = { plan, photos, warnings: [] };
  expect(await importPlan({ workbook: await writeWorkbook(plan), photos: files })).toEqual({ ok: true, value });
  const packed = writePlanPackage(plan, photos, CENTRE_KEY);
  expect(await readPlanPackage(packed, centre.verificationKeys)).toEqual({ ok: true, value });
});
