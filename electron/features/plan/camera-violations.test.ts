import { expect, test } from 'vitest';
import { importPlan } from './import-plan.ts';
import { aPlan } from './plan-fixture.ts';
import { Plan } from './plan-schema.ts';
import { planViolations } from './plan-violations.ts';
import { writeWorkbook } from './write-workbook.ts';

const { plan, files } = aPlan();
const room = plan.rooms[0]!;
const own = plan.workstations.filter((w) => w.roomId === room.roomId).map((w) => w.workstationId);

/** The sample plan whose first room has two cameras that see these workstations. */
const seeing = (...sees: (string[] | undefined)[]): Plan =>
  Plan.parse({
    ...plan,
    rooms: plan.rooms.map((r) =>
      r.roomId === room.roomId
        ? {
            ...r,
            cameras: sees.map((list, i) => ({ cameraId: `V${i}`, label: `样本 ${i}`, ...(list && { sees: list }) })),
          }
        : r,
    ),
  });
const found = (p: Plan) =>
  planViolations(p)
    .filter((v) => v.table === 'cameras' || v.code === 'workstation-not-seen')
    .map((v) => [v.code, v.weight, v.facts.value ?? p.workstations[v.index]?.workstationId]);

test('a plan without bindings, and one whose cameras see every workstation, have nothing to answer for', () => {
  expect(found(plan)).toEqual([]);
  expect(found(seeing(own.slice(0, 1), own.slice(1)))).toEqual([]);
  expect(found(seeing(own.slice(0, 1), undefined))).toEqual([]);
});

test('a workstation that does not exist, one of another room, and one nobody sees', () => {
  const elsewhere = plan.workstations.find((w) => w.roomId !== room.roomId)!.workstationId;
  expect(found(seeing(['NOWHERE', elsewhere], own.slice(1)))).toEqual([
    ['unknown-reference', 'problem', 'NOWHERE'],
    ['camera-sees-other-room', 'problem', elsewhere],
    ['workstation-not-seen', 'warning', own[0]],
  ]);
});

test('what cameras see goes into the workbook and comes back', async () => {
  const bound = seeing(own.slice(0, 2), undefined);
  const read = await importPlan({ workbook: await writeWorkbook(bound), photos: files });
  expect(read.ok && read.value.plan.rooms).toEqual(bound.rooms);
});
