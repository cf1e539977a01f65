import type {
  BlockedPerson,
  CentreCard,
  PanelSeat,
  PartPass,
  Plan,
  PlannedCandidate,
  PlannedExaminer,
  PlannedRoom,
  PlannedSession,
  PlannedWorkstation,
  Rubric,
  RubricItem,
} from './plan-schema.ts';

export type HeadRow = Pick<Plan, 'planId' | 'batch' | 'rulePack'>;
export type SessionRow = Omit<PlannedSession, 'rubricId'> & { rubricId?: PlannedSession['rubricId'] | undefined };
export type RoomRow = Omit<PlannedRoom, 'cameras'>;
export type CameraRow = PlannedRoom['cameras'][number] & Pick<PlannedRoom, 'roomId'>;
export type CandidateRow = Omit<PlannedCandidate, 'photo' | 'workstationId'> & {
  photoFile: string;
  workstationId?: PlannedCandidate['workstationId'] | undefined;
};
export type BlockedRow = Omit<BlockedPerson, 'photo'> & { photoFile: string };
export type RubricRow = Omit<Rubric, 'items' | 'vetoes'>;
export type ItemRow = Pick<Rubric, 'rubricId'> & Omit<RubricItem, 'deductions'>;
export type VetoRow = Pick<Rubric, 'rubricId'> & NonNullable<Rubric['vetoes']>[number];
export type DeductionRow = Pick<Rubric, 'rubricId'> & Pick<RubricItem, 'itemId'> & RubricItem['deductions'][number];

/**
 * A plan as flat tables: one table a sheet of the workbook, one row a line. Rows that belong to another (cameras,
 * rubric items, deductions) name it by id.
 */
export interface PlanTables {
  head: HeadRow[];
  site: Plan['site'][];
  centre: CentreCard[];
  sessions: SessionRow[];
  rooms: RoomRow[];
  cameras: CameraRow[];
  workstations: PlannedWorkstation[];
  candidates: CandidateRow[];
  examiners: PlannedExaminer[];
  panels: PanelSeat[];
  rubrics: RubricRow[];
  items: ItemRow[];
  deductions: DeductionRow[];
  vetoes: VetoRow[];
  partPasses: PartPass[];
  blocked: BlockedRow[];
}

export type TableName = keyof PlanTables;

/**
 * Tables in which any value may still be missing because its cell was wrong; a table whose sheet is missing is absent.
 */
export type DraftTables = { [T in TableName]?: { [K in keyof PlanTables[T][number]]?: PlanTables[T][number][K] }[] };

/** The tables of a plan, in the order of the plan. */
export function flattenPlan(plan: Plan): PlanTables {
  return {
    head: [{ planId: plan.planId, batch: plan.batch, rulePack: plan.rulePack }],
    site: [plan.site],
    centre: [plan.centre],
    sessions: plan.sessions,
    rooms: plan.rooms.map(({ cameras: _, ...room }) => room),
    cameras: plan.rooms.flatMap(({ roomId, cameras }) => cameras.map((camera) => ({ roomId, ...camera }))),
    workstations: plan.workstations,
    candidates: plan.candidates.map(({ photo, ...rest }) => ({ ...rest, photoFile: photo.file })),
    examiners: plan.examiners,
    panels: plan.panels,
    ...flattenRubrics(plan.rubrics),
    partPasses: plan.partPasses ?? [],
    blocked: (plan.blocked ?? []).map(({ photo, ...rest }) => ({ ...rest, photoFile: photo.file })),
  };
}

/** The four tables of rubrics, in their order. */
export const flattenRubrics = (
  rubrics: readonly Rubric[],
): Pick<PlanTables, 'rubrics' | 'items' | 'deductions' | 'vetoes'> => ({
  rubrics: rubrics.map(({ items: _, vetoes: __, ...rubric }) => rubric),
  items: rubrics.flatMap(({ rubricId, items }) => items.map(({ deductions: _, ...i }) => ({ rubricId, ...i }))),
  deductions: rubrics.flatMap(({ rubricId, items }) =>
    items.flatMap(({ itemId, deductions }) => deductions.map((d) => ({ rubricId, itemId, ...d }))),
  ),
  vetoes: rubrics.flatMap(({ rubricId, vetoes = [] }) => vetoes.map((v) => ({ rubricId, ...v }))),
});

/** Rubrics of complete and consistent tables, still to be parsed by `Rubric`. */
export function assembleRubrics(tables: Pick<PlanTables, 'rubrics' | 'items' | 'deductions' | 'vetoes'>): object[] {
  const itemsOf = Map.groupBy(tables.items, (i) => i.rubricId);
  const deductionsOf = Map.groupBy(tables.deductions, (d) => JSON.stringify([d.rubricId, d.itemId]));
  const vetoesOf = Map.groupBy(tables.vetoes, (v) => v.rubricId);
  return tables.rubrics.map((rubric) => ({
    ...withoutUndefined(rubric),
    items: (itemsOf.get(rubric.rubricId) ?? []).map(({ rubricId, ...item }) => ({
      ...withoutUndefined(item),
      deductions: (deductionsOf.get(JSON.stringify([rubricId, item.itemId])) ?? []).map(
        ({ rubricId: _, itemId: __, ...deduction }) => deduction,
      ),
    })),
    ...(vetoesOf.has(rubric.rubricId) && {
      vetoes: vetoesOf.get(rubric.rubricId)!.map(({ rubricId: _, ...veto }) => veto),
    }),
  }));
}

/**
 * The plan of complete and consistent tables.
 *
 * @param photoSha256 hash of a person's picture by its file name
 * @returns a value still to be parsed by `Plan`
 */
export function assemblePlan(tables: PlanTables, photoSha256: (file: string) => string): unknown {
  const [head] = tables.head;
  const camerasOf = Map.groupBy(tables.cameras, (c) => c.roomId);
  return {
    format: 'kaodian-plan/1',
    ...head,
    site: tables.site[0],
    centre: withoutUndefined(tables.centre[0] ?? {}),
    sessions: tables.sessions.map((session) => ({ ...session, rubricId: session.rubricId ?? null })),
    rooms: tables.rooms.map((room) => ({
      ...room,
      cameras: (camerasOf.get(room.roomId) ?? []).map(({ roomId: _, ...camera }) => withoutUndefined(camera)),
    })),
    workstations: tables.workstations,
    candidates: tables.candidates.map(({ photoFile, workstationId, ...rest }) => ({
      ...withoutUndefined(rest),
      workstationId: workstationId ?? null,
      photo: { file: photoFile, sha256: photoSha256(photoFile) },
    })),
    examiners: tables.examiners,
    panels: tables.panels,
    rubrics: assembleRubrics(tables),
    ...(tables.partPasses.length > 0 && { partPasses: tables.partPasses }),
    ...(tables.blocked.length > 0 && {
      blocked: tables.blocked.map(({ photoFile, ...rest }) => ({
        ...rest,
        photo: { file: photoFile, sha256: photoSha256(photoFile) },
      })),
    }),
  };
}

const withoutUndefined = (row: object) => Object.fromEntries(Object.entries(row).filter(([, v]) => v !== undefined));
