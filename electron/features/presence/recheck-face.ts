import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { FaceEngine, FaceEngineError } from '../../devices/face-engine/port.ts';
import { faceSimilarity } from '../../devices/face-engine/similarity.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Guidance } from '../checkin/attempt-schema.ts';
import { type FaceError, isBusy, isOfPicture } from '../checkin/face-error.ts';
import { passThreshold } from '../checkin/facts.ts';
import { framesNeeded, type GoodFrame, meanEmbedding } from '../checkin/open-attempt.ts';
import { seeFace } from '../checkin/present-face.ts';
import { findRecord } from '../checkin/store.ts';
import type { Recheck } from './contract.ts';
import type { OpenRecheck, PresenceDeps } from './deps.ts';
import { presenceEvents } from './events.ts';
import { mayRecheck, type RecheckError } from './may-recheck.ts';
import { recheckView } from './rechecks.ts';
import { type Comparison, insertResult, type RecheckRow } from './store.ts';

export type RecheckFaceError =
  | RecheckError
  | FaceError
  | { code: 'BY_EYE_ONLY'; data: { recheck: Recheck } }
  | { code: 'DISK_FULL' };

interface Shown {
  recheckId: string;
  jpeg: Uint8Array;
  /** The camera's label, as the browser gives it. */
  camera: string;
}

/** One frame of a person at the seat. The third good one is compared, and what came of it is on record with its picture. */
export async function recheckFace(
  deps: PresenceDeps,
  caller: Caller,
  shown: Shown,
): Promise<Result<{ guidance: Guidance | null; recheck: Recheck }, RecheckFaceError>> {
  const row = mayBeCompared(deps, caller, shown.recheckId);
  if (!row.ok) return row;
  const engine = deps.engine();
  if (!engine) return err({ code: 'ENGINE_UNAVAILABLE', data: { code: 'face-engine-unavailable' } });
  const open = openRecheck(deps, shown.recheckId);
  const references = await readReferences(deps, engine, open, row.value);
  if (!references.ok) return isBusy(references.error) ? leftOut(deps, row.value) : engineError(references.error);
  // With nothing to compare with, persons decide.
  const still = mayBeCompared(deps, caller, shown.recheckId);
  if (!still.ok) return still;
  const seen = await seeFace(engine, { jpeg: shown.jpeg, camera: shown.camera, atMs: deps.clock.monotonicMs() });
  if (!seen.ok) {
    if (isOfPicture(seen.error)) return err({ code: 'FRAME_UNREADABLE' });
    return isBusy(seen.error) ? leftOut(deps, row.value) : engineError(seen.error);
  }
  const { guidance, frame } = seen.value;
  if (frame && open.frames.length < framesNeeded && !open.frames.some((f) => f.sha256 === frame.sha256)) {
    open.frames.push(frame);
    if (open.frames.length === framesNeeded) {
      const decided = await decide(deps, caller, engine, open, row.value, shown.camera);
      if (!decided.ok) return decided;
    }
  }
  deps.changed();
  return ok({ guidance, recheck: recheckView(deps, row.value) });
}

/** The frame was left out because too many wait: the next may get through. */
const leftOut = (deps: PresenceDeps, row: RecheckRow) => ok({ guidance: null, recheck: recheckView(deps, row) });

const engineError = ({ code }: FaceEngineError) => err({ code: 'ENGINE_UNAVAILABLE' as const, data: { code } });

function mayBeCompared(
  deps: PresenceDeps,
  caller: Caller,
  recheckId: string,
): Result<RecheckRow, RecheckError | { code: 'BY_EYE_ONLY'; data: { recheck: Recheck } }> {
  const row = mayRecheck(deps, caller, recheckId);
  if (!row.ok) return row;
  const recheck = recheckView(deps, row.value);
  return recheck.state.kind === 'by-eye' ? err({ code: 'BY_EYE_ONLY', data: { recheck } }) : row;
}

function openRecheck(deps: PresenceDeps, recheckId: string): OpenRecheck {
  const known = deps.open.get(recheckId);
  if (known) return known;
  const fresh: OpenRecheck = { frames: [], references: undefined };
  deps.open.set(recheckId, fresh);
  return fresh;
}

/** Templates of the two pictures, once a re-check. A picture without a usable face counts as none. */
async function readReferences(
  deps: PresenceDeps,
  engine: FaceEngine,
  open: OpenRecheck,
  row: RecheckRow,
): Promise<Result<true, FaceEngineError>> {
  if (open.references) return ok(true);
  const templates: (Float32Array | null)[] = [];
  for (const photo of [await deps.planPhoto(row.candidateId), await admissionPicture(deps, row)]) {
    const read = photo.ok ? await engine.analyse(photo.value, { purpose: 'photo' }) : null;
    if (read && !read.ok && !isOfPicture(read.error)) return read;
    templates.push(read?.ok && read.value.kind === 'face' ? read.value.embedding : null);
  }
  open.references = { plan: templates[0]!, admission: templates[1]! };
  return ok(true);
}

/** The live picture kept of the admission this re-check was drawn from. */
export async function admissionPicture(
  deps: PresenceDeps,
  row: RecheckRow,
): Promise<Result<Uint8Array, { code: string }>> {
  const cited = findRecord(deps.db, row.admission)?.evidence.find((e) => e.kind === 'live-face');
  const evidence = cited && deps.vault.find(deps.db, cited.evidenceId as EvidenceId);
  return evidence ? deps.vault.read(evidence) : err({ code: 'missing' });
}

/** Every picture there is has to agree. Whatever comes of it, the frames are used up. */
async function decide(
  deps: PresenceDeps,
  caller: Caller,
  engine: FaceEngine,
  open: OpenRecheck,
  row: RecheckRow,
  camera: string,
): Promise<Result<true, RecheckError | { code: 'DISK_FULL' }>> {
  const frames = open.frames;
  const threshold = passThreshold(engine.thresholds, deps.rules(row.sessionId)['admission.face-threshold-fmr']);
  const comparison = compare(engine, threshold, open, frames, camera);
  const scores = [comparison.planScore, comparison.admissionScore].filter((s) => s !== null);
  const same = scores.every((s) => s >= comparison.threshold);
  const atMs = deps.clock.wallMs();
  const sealed = await deps.vault.write(frames[0]!.jpeg, {
    sessionId: row.sessionId,
    kind: 'recheck-face',
    subject: row.candidateId,
    mediaType: 'image/jpeg',
    beginMs: atMs,
    endMs: atMs,
  });
  open.frames = [];
  if (!sealed.ok) return err({ code: 'DISK_FULL' });
  const { evidenceId } = sealed.value;
  return inTransaction(deps.db, (w): Result<true, RecheckError> => {
    // Persons may have decided, or the candidate left, while the picture was written.
    const still = mayRecheck(deps, caller, row.recheckId, w);
    if (!still.ok) return still;
    const kind = same ? ('face-same' as const) : ('face-missed' as const);
    deps.vault.keep(w, sealed.value);
    const byStaffId = caller.member?.staffId ?? '';
    const { recheckId, candidateId, roomId } = row;
    insertResult(w, { recheckId, kind, atMs, byStaffId, secondStaffId: null, note: '', comparison, evidenceId });
    const { camera: _, ...scored } = comparison;
    deps.journal.append(
      w,
      actorOf(caller),
      same ? presenceEvents.recheckPassed : presenceEvents.recheckMissed,
      { recheckId, candidateId, roomId, ...scored, evidenceId },
      row.sessionId,
    );
    if (same) deps.open.delete(recheckId);
    return ok(true);
  });
}

function compare(
  engine: FaceEngine,
  threshold: number,
  { references }: OpenRecheck,
  frames: readonly GoodFrame[],
  camera: string,
): Comparison {
  const live = meanEmbedding(frames);
  const against = (template: Float32Array | null | undefined) => (template ? faceSimilarity(live, template) : null);
  return {
    engine: engine.name,
    threshold,
    planScore: against(references?.plan),
    admissionScore: against(references?.admission),
    frameSha256: frames.map((f) => f.sha256),
    camera,
  };
}
