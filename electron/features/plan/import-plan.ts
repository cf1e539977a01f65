import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanProblem } from './contract.ts';
import { Findings, fileProblem, type Sentence } from './findings.ts';
import { checkPhoto } from './photo.ts';
import { Plan, type Rubric } from './plan-schema.ts';
import { assemblePlan, type DraftTables, flattenRubrics, type PlanTables, type TableName } from './plan-tables.ts';
import { tableViolations } from './plan-violations.ts';
import { type NamedFile, type PhotoFiles, photoKey, readPhotos } from './read-photos.ts';
import { readTable, type TableReading } from './read-table.ts';
import { readWorkbook, type Sheet } from './read-workbook.ts';
import { SHEETS } from './sheets/all.ts';
import type { SheetSpec } from './sheets/sheet.ts';

export type { NamedFile } from './read-photos.ts';

/** A plan with the pictures it names, by hash. */
export interface ImportedPlan {
  plan: Plan;
  photos: Map<string, Uint8Array>;
  warnings: Sentence[];
}

/**
 * Reads and checks a whole plan from a workbook and its photos. Nothing is saved here, and nothing comes back in part.
 *
 * @returns the plan, or every problem found, in the order of sheets, rows and columns; so are the warnings
 */
export async function importPlan(files: {
  workbook: Uint8Array;
  photos: readonly NamedFile[];
  /** Rubrics imported before: what a session names and the workbook does not bring is taken from here. */
  keptRubrics?: readonly Rubric[];
}): Promise<Result<ImportedPlan, { problems: PlanProblem[] }>> {
  const workbook = await readWorkbook(files.workbook);
  if (!workbook.ok) return err({ problems: [fileProblem('', `workbook-${workbook.error.code}`)] });
  const readings = new Map(SHEETS.map((spec) => [spec.table, readSheet(workbook.value, spec)]));
  const found = new Findings(readings);
  const draft = withKeptRubrics(draftOf(readings), files.keptRubrics ?? []);
  for (const violation of tableViolations(draft)) found.addViolation(violation);

  const photos = await readPhotos(files.photos);
  const pictures = new Map<string, Uint8Array>();
  if (photos.ok) matchPhotos(photos.value, readings, found, pictures);
  else found.addPhotos('problem', `photos-${photos.error.code}`, photos.error.name);
  const problems = found.listed('problem');
  if (problems.length > 0 || !photos.ok) return err({ problems });

  const hashes = new Map([...photos.value].map(([name, bytes]) => [name, sha256Hex(bytes)]));
  const tables = draft as PlanTables;
  const plan = Plan.safeParse(assemblePlan(tables, (file) => hashes.get(photoKey(file)) ?? ''));
  if (!plan.success) {
    const places = plan.error.issues.map((issue) => issue.path.join('.'));
    return err({ problems: places.map((place) => fileProblem('', 'plan-shape', { place })) });
  }
  return ok({ plan: plan.data, photos: pictures, warnings: found.sentences('warning') });
}

/** Sheets without which a plan is whole. */
const MAY_BE_LEFT_OUT: ReadonlySet<TableName> = new Set(['deductions', 'vetoes', 'partPasses', 'blocked']);

/** Tables whose rows name a picture. */
const PICTURED = ['candidates', 'blocked'] as const;

function readSheet(workbook: Sheet[], spec: SheetSpec): TableReading | null {
  const sheet = workbook.find((s) => s.name === spec.name);
  if (sheet !== undefined) return readTable(sheet, spec);
  return MAY_BE_LEFT_OUT.has(spec.table) ? { rows: [], columns: new Map(), problems: [], warnings: [] } : null;
}

/** A table is left out when its sheet or a header is missing: references into it are then not judged. */
function draftOf(readings: Map<TableName, TableReading | null>): DraftTables {
  const usable = [...readings].filter(([, r]) => r !== null && !r.problems.some((p) => p.row <= 1));
  return Object.fromEntries(usable.map(([table, r]) => [table, r?.rows.map((row) => row.values)])) as DraftTables;
}

/** Rows of rubrics the station keeps come after those of the workbook, so that every place in the file keeps its number. */
function withKeptRubrics(draft: DraftTables, kept: readonly Rubric[]): DraftTables {
  const { rubrics, items, deductions, vetoes } = draft;
  if (!rubrics || !items || !deductions || !vetoes) return draft;
  const own = new Set(rubrics.map((r) => r.rubricId));
  const named = new Set((draft.sessions ?? []).map((s) => s.rubricId));
  const added = flattenRubrics(kept.filter((r) => named.has(r.rubricId) && !own.has(r.rubricId)));
  return {
    ...draft,
    rubrics: [...rubrics, ...added.rubrics],
    items: [...items, ...added.items],
    deductions: [...deductions, ...added.deductions],
    vetoes: [...vetoes, ...added.vetoes],
  };
}

function matchPhotos(
  files: PhotoFiles,
  readings: ReadonlyMap<TableName, TableReading | null>,
  found: Findings,
  pictures: Map<string, Uint8Array>,
): void {
  const unused = new Set(files.keys());
  for (const table of PICTURED) {
    for (const [index, { values }] of (readings.get(table)?.rows ?? []).entries()) {
      if (typeof values.photoFile !== 'string') continue;
      const key = photoKey(values.photoFile);
      const bytes = files.get(key);
      unused.delete(key);
      const checked = bytes === undefined ? err('photo-missing' as const) : checkPhoto(bytes);
      if (!checked.ok) found.addCell('problem', table, index, 'photoFile', checked.error);
      else if (bytes !== undefined) pictures.set(sha256Hex(bytes), bytes);
    }
  }
  for (const name of unused) found.addPhotos('warning', 'photo-unused', name);
}

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
