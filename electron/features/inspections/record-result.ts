import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PinError } from '../staff/pin.ts';
import type { Inspection, InspectionResult } from './contract.ts';
import type { InspectionsDeps } from './deps.ts';
import { inspectionsEvents } from './events.ts';
import { sortedIds } from './inspection-draw.ts';
import { findInspection, type InspectionRow, insertResult, insertSignature } from './store.ts';
import { inspectionView } from './view.ts';

type StateError = { code: 'WRONG_STATE'; data: { state: string } };
export type RecordError =
  | PinError
  | StateError
  | { code: 'NO_SUCH_INSPECTION' | 'ALREADY_RECORDED' | 'NOT_AS_DRAWN' | 'WORDS_NEEDED' };
export type SignError = PinError | StateError | { code: 'NO_SUCH_INSPECTION' | 'NOT_RECORDED' | 'ALREADY_SIGNED' };

type Said = { verdict: string; words: string };
const LEAST_WORDS = 2;

/** Why this is no record of the inspection drawn; null where it is one. */
export function resultViolation(
  candidateIds: readonly string[],
  { candidates, room }: { candidates: readonly (Said & { candidateId: string })[]; room: Said },
): 'NOT_AS_DRAWN' | 'WORDS_NEEDED' | null {
  const said = sortedIds(candidates.map((c) => c.candidateId));
  if (said.join(' ') !== sortedIds(candidateIds).join(' ')) return 'NOT_AS_DRAWN';
  const silent = [...candidates, room].some((c) => c.verdict === 'finding' && c.words.length < LEAST_WORDS);
  return silent ? 'WORDS_NEEDED' : null;
}

/** What the supervisor found whom the draw named: by their own PIN, at the office or in the room. */
export async function recordResult(
  deps: InspectionsDeps,
  caller: Caller,
  { inspectionId, result, pin }: { inspectionId: string; result: InspectionResult; pin: string },
): Promise<Result<Inspection, RecordError>> {
  const refusal = (row: InspectionRow | null): RecordError | null => {
    if (row === null) return { code: 'NO_SUCH_INSPECTION' };
    if (row.result !== null) return { code: 'ALREADY_RECORDED' };
    const code = resultViolation(row.drawn.candidateIds, result);
    return sealedOf(deps, row) ?? (code && { code });
  };
  const found = findInspection(deps.db, inspectionId);
  const early = refusal(found);
  if (early || found === null) return refuse(deps, caller, found, 'record', early ?? { code: 'NO_SUCH_INSPECTION' });
  const { sessionId, drawn } = found;
  const checked = await deps.checkPin(drawn.inspectorId, pin, 'inspection', actorOf(caller));
  if (!checked.ok) return checked;
  const done = inTransaction(deps.db, (w): Result<true, RecordError> => {
    const late = refusal(findInspection(w, inspectionId));
    if (late) return refuse(deps, caller, found, 'record', late, w);
    const { roomId, inspectorId } = drawn;
    const data = { inspectionId, roomId, inspectorId, result };
    const seq = deps.journal.append(w, actorOf(caller), inspectionsEvents.recorded, data, sessionId);
    insertResult(w, inspectionId, result, { atMs: deps.clock.wallMs(), byStaffId: inspectorId, seq });
    return ok(true);
  });
  return finish(deps, inspectionId, done);
}

/** The site lead signs what was found; from then on the record is whole. */
export async function signInspection(
  deps: InspectionsDeps,
  caller: Caller,
  { inspectionId, pin }: { inspectionId: string; pin: string },
): Promise<Result<Inspection, SignError>> {
  const refusal = (row: InspectionRow | null): SignError | null => {
    if (row === null) return { code: 'NO_SUCH_INSPECTION' };
    if (row.result === null) return { code: 'NOT_RECORDED' };
    return row.signed === null ? sealedOf(deps, row) : { code: 'ALREADY_SIGNED' };
  };
  const found = findInspection(deps.db, inspectionId);
  const early = refusal(found);
  if (early || found === null) return refuse(deps, caller, found, 'sign', early ?? { code: 'NO_SUCH_INSPECTION' });
  const { staffId } = caller.member!;
  const checked = await deps.checkPin(staffId, pin, 'inspection', actorOf(caller, 'site-lead'));
  if (!checked.ok) return checked;
  const done = inTransaction(deps.db, (w): Result<true, SignError> => {
    const late = refusal(findInspection(w, inspectionId));
    if (late) return refuse(deps, caller, found, 'sign', late, w);
    const data = { inspectionId, roomId: found.drawn.roomId };
    const actor = actorOf(caller, 'site-lead');
    const seq = deps.journal.append(w, actor, inspectionsEvents.signed, data, found.sessionId);
    insertSignature(w, inspectionId, { atMs: deps.clock.wallMs(), byStaffId: staffId, seq });
    return ok(true);
  });
  return finish(deps, inspectionId, done);
}

function sealedOf(deps: InspectionsDeps, { sessionId }: InspectionRow): StateError | null {
  const state = deps.sessionState(sessionId);
  return state === 'sealed' || state === null ? { code: 'WRONG_STATE', data: { state: state ?? 'sealed' } } : null;
}

/** Puts on record that something was not taken, and why; a sealed session's record takes nothing more. */
function refuse<E extends RecordError | SignError>(
  deps: InspectionsDeps,
  caller: Caller,
  row: InspectionRow | null,
  step: 'record' | 'sign',
  error: E,
  within?: WriteDb,
): Result<never, E> {
  if (row === null) return err(error);
  const { inspectionId, sessionId } = row;
  const onRecord = deps.sessionState(sessionId) === 'sealed' ? null : sessionId;
  const append = (w: WriteDb) =>
    deps.journal.append(
      w,
      actorOf(caller),
      inspectionsEvents.refused,
      { inspectionId, step, code: error.code },
      onRecord,
    );
  if (within) append(within);
  else inTransaction(deps.db, append);
  return err(error);
}

function finish<E>(deps: InspectionsDeps, inspectionId: string, done: Result<true, E>): Result<Inspection, E> {
  if (!done.ok) return done;
  deps.changed();
  return ok(inspectionView(deps, findInspection(deps.db, inspectionId)!));
}
