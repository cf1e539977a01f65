import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanProblem } from '../plan/contract.ts';
import type { PartPass, Rubric } from '../plan/plan-schema.ts';
import type { PinError } from '../staff/pin.ts';
import type { Role } from '../staff/roles.ts';
import { scoringEvents } from './events.ts';
import { type HeldCheck, holdCheck, takeCheck } from './held-checks.ts';
import { insertPartPass, insertRubric, rubricLibrary } from './library-store.ts';
import type { ScoringDeps } from './open-sheet.ts';
import { readPartPassFile } from './part-pass-file.ts';
import { readRubricFile } from './rubric-file.ts';
import type { FileCheck, RubricOnShelf } from './theory-contract.ts';

interface HeldRubrics extends HeldCheck {
  what: 'rubrics';
  sha256: string;
  rubrics: Rubric[];
}
interface HeldPasses extends HeldCheck {
  what: 'part-passes';
  sha256: string;
  passes: PartPass[];
}

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

export const shelvedRubrics = (deps: Pick<ScoringDeps, 'db'>): RubricOnShelf[] =>
  rubricLibrary(deps.db).map(({ rubric, sha256, atMs }) => ({
    rubricId: rubric.rubricId,
    title: rubric.title,
    occupation: rubric.occupation ?? '',
    level: rubric.level ?? '',
    part: rubric.part ?? '',
    items: rubric.items.length,
    vetoes: rubric.vetoes?.length ?? 0,
    sha256,
    atMs,
  }));

/** Reads a file of rubrics and saves nothing; what was wrong with it is on record by code alone. */
export async function checkRubrics(deps: ScoringDeps, caller: Caller, bytes: Uint8Array): Promise<FileCheck> {
  const sha256 = hashOf(bytes);
  const read = await readRubricFile(bytes);
  if (!read.ok) return refuseFile(deps, caller, 'site-lead', 'rubrics', sha256, read.error);
  const held: HeldRubrics = { what: 'rubrics', sha256, rubrics: read.value };
  const lines = read.value.map((r) => `${r.rubricId} · ${r.title} · ${r.items.length}`);
  return { kind: 'ready', checkId: holdCheck(deps, held), sha256, lines };
}

/** On the shelf a later rubric of the same id stands before an earlier one, which stays on record. */
export function adoptRubrics(
  deps: ScoringDeps,
  caller: Caller,
  checkId: string,
): Result<RubricOnShelf[], { code: 'CHECK_EXPIRED' }> {
  const held = takeCheck<HeldRubrics>(deps, checkId, 'rubrics');
  if (!held) return err({ code: 'CHECK_EXPIRED' });
  deps.checks.delete(checkId);
  const atMs = deps.clock.wallMs();
  inTransaction(deps.db, (w) => {
    const rubrics = held.rubrics.map((rubric) => ({ rubric, sha256: hashOf(canonicalJson(rubric)), atMs }));
    for (const r of rubrics) insertRubric(w, r, caller.member!.staffId);
    const listed = rubrics.map(({ rubric, sha256 }) => ({ rubricId: rubric.rubricId as string, sha256 }));
    const data = { fileSha256: held.sha256, rubrics: listed };
    deps.journal.append(w, actorOf(caller, 'site-lead'), scoringEvents.rubricsAdopted, data);
  });
  deps.changed();
  return ok(shelvedRubrics(deps));
}

export async function checkPartPasses(deps: ScoringDeps, caller: Caller, bytes: Uint8Array): Promise<FileCheck> {
  const sha256 = hashOf(bytes);
  const read = await readPartPassFile(bytes, deps.book()?.plan.sessions ?? []);
  if (!read.ok) return refuseFile(deps, caller, 'score-keeper', 'part-passes', sha256, read.error);
  const held: HeldPasses = { what: 'part-passes', sha256, passes: read.value };
  // Counted, not listed: document numbers stand in the file, and on no screen.
  const lines = [`${read.value.length}`];
  return { kind: 'ready', checkId: holdCheck(deps, held), sha256, lines };
}

export async function adoptPartPasses(
  deps: ScoringDeps,
  caller: Caller,
  wish: { checkId: string; pin: string },
): Promise<Result<{ added: number }, PinError | { code: 'CHECK_EXPIRED' }>> {
  const held = takeCheck<HeldPasses>(deps, wish.checkId, 'part-passes');
  if (!held) return err({ code: 'CHECK_EXPIRED' });
  const actor = actorOf(caller, 'score-keeper');
  const { staffId } = caller.member!;
  const checked = await deps.checkPin(staffId, wish.pin, 'adopt-part-passes', actor);
  if (!checked.ok) return checked;
  deps.checks.delete(wish.checkId);
  const atMs = deps.clock.wallMs();
  const added = inTransaction(deps.db, (w) => {
    const fresh = held.passes.filter((p) => insertPartPass(w, canonicalJson(p), held.sha256, staffId, atMs)).length;
    const data = { fileSha256: held.sha256, passes: held.passes.length, added: fresh };
    deps.journal.append(w, actor, scoringEvents.partPassesAdded, data);
    return fresh;
  });
  deps.changed();
  return ok({ added });
}

function refuseFile(
  deps: ScoringDeps,
  caller: Caller,
  role: Role,
  what: string,
  fileSha256: string,
  problems: PlanProblem[],
): FileCheck {
  const codes = [...new Set(problems.map((p) => p.code))];
  const data = { what, fileSha256, codes };
  inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller, role), scoringEvents.fileRefused, data));
  return { kind: 'problems', problems };
}
