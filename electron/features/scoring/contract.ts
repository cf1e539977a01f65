import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { RoomId, SessionId } from '../../lib/ids.ts';
import { Pin, pinErrors } from '../staff/contract.ts';
import { decisionsContract } from './decisions-contract.ts';
import { CellId, changedElsewhere, RubricItemView, Strokes, Tenths, VetoView } from './marks-contract.ts';
import { Revealed } from './results-contract.ts';
import { filesContract, theoryContract } from './theory-contract.ts';

export type { ConferenceView, DecisionView } from './decisions-contract.ts';
export { RubricItemView, Strokes, Tenths } from './marks-contract.ts';
export type { PartStanding } from './results-contract.ts';
export { CandidateResult, Revealed } from './results-contract.ts';
export type { FileCheck, RubricOnShelf, ScoreBoard, TheoryCheck, TheoryView } from './theory-contract.ts';

export const MarkingSheet = z.object({
  session: z.object({
    sessionId: SessionId,
    label: z.string(),
    occupation: z.string(),
    level: z.string(),
    part: z.string(),
  }),
  room: z.object({ roomId: RoomId, name: z.string() }),
  rubric: z.object({
    title: z.string(),
    passTenths: Tenths,
    /** How long a candidate may take for the whole. */
    minutes: z.int().optional(),
    items: z.array(RubricItemView),
    vetoes: z.array(VetoView),
  }),
  duty: z.enum(['lead', 'member']),
  panelSize: z.int(),
  /** By anonymous number. No name, no document number, nobody else's marks. */
  rows: z.array(
    z.object({
      anonymousNumber: z.string(),
      seat: z.string(),
      marks: z.record(z.string(), Tenths.nullable()),
      /** What the examiner found that fails the candidate outright. */
      vetoes: z.array(z.string()),
      /** How often each cell of this row was written: what a desk says it has seen. A cell never written is not in it. */
      versions: z.record(z.string(), z.int()),
      note: z.string(),
      noteVersion: z.int(),
      totalTenths: Tenths,
      complete: z.boolean(),
    }),
  ),
  savedAtMs: z.number().nullable(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('draft'), missing: z.int() }),
    z.object({ kind: z.literal('locked'), atMs: z.number(), checkCode: z.string(), waitingFor: z.int() }),
    /** Everyone has locked: the marks lie open to the panel. */
    z.object({ kind: z.literal('revealed'), atMs: z.number(), checkCode: z.string() }),
    z.object({ kind: z.literal('signed'), atMs: z.number(), checkCode: z.string(), waitingFor: z.int() }),
  ]),
});
export type MarkingSheet = z.infer<typeof MarkingSheet>;

const examinerOnly = callableBy(['examiner']);
const sheetErrors = {
  NOT_ON_PANEL: { status: 403 },
  NO_SUCH_SESSION: { status: 404 },
  SESSION_SEALED: { status: 409 },
};
const Where = z.object({ sessionId: SessionId, roomId: RoomId });

export const scoring = {
  /** The panels the signed-in examiner sits on. */
  mine: examinerOnly.output(
    z.array(
      z.object({ sessionId: SessionId, roomId: RoomId, label: z.string(), roomName: z.string(), duty: z.string() }),
    ),
  ),
  sheet: examinerOnly.input(Where).output(MarkingSheet).errors(sheetErrors),
  /**
   * Saves one draft mark, or clears it with null. `version` is the one this desk has seen of the cell, 0 for a cell that
   * was never written: another desk's mark is never written over unseen.
   */
  mark: examinerOnly
    .input(
      Where.extend({ anonymousNumber: z.string(), itemId: CellId, tenths: Tenths.nullable(), version: z.int().min(0) }),
    )
    .output(z.object({ savedAtMs: z.number(), totalTenths: Tenths, version: z.int() }))
    .errors({
      ...sheetErrors,
      LOCKED: { status: 409 },
      NO_SUCH_CELL: { status: 404 },
      OVER_MAXIMUM: { status: 422, data: z.object({ maxTenths: Tenths }) },
      OFF_STEP: { status: 422, data: z.object({ stepTenths: Tenths }) },
      CHANGED_ELSEWHERE: changedElsewhere(Tenths.nullable()),
    }),
  note: examinerOnly
    .input(Where.extend({ anonymousNumber: z.string(), note: z.string().max(400), version: z.int().min(0) }))
    .output(z.object({ savedAtMs: z.number(), version: z.int() }))
    .errors({
      ...sheetErrors,
      LOCKED: { status: 409 },
      NO_SUCH_CELL: { status: 404 },
      CHANGED_ELSEWHERE: changedElsewhere(z.string()),
    }),
  lock: examinerOnly
    .input(Where)
    .output(MarkingSheet)
    .errors({
      ...sheetErrors,
      LOCKED: { status: 409 },
      /** Somebody can still be admitted: nothing is locked before the late limit has passed. */
      TOO_EARLY: { status: 422, data: z.object({ endsAtMs: z.number() }) },
      INCOMPLETE: { status: 422, data: z.object({ missing: z.int() }) },
      /** Somebody of this room came in time and is set aside or at the door: they could still go in. */
      SOMEBODY_WAITS: { status: 422, data: z.object({ waiting: z.int() }) },
    }),
  /** What the panel sees once everyone has locked. */
  revealed: callableBy(['examiner', 'score-keeper', 'supervisor', 'site-lead'])
    .input(Where)
    .output(Revealed)
    .errors({ ...sheetErrors, NOT_REVEALED: { status: 409, data: z.object({ waitingFor: z.int() }) } }),
  /** PIN and handwriting beside the totals signed; impossible before the reveal. */
  sign: examinerOnly
    .input(Where.extend({ pin: Pin, strokes: Strokes, checkCode: z.string() }))
    .output(MarkingSheet)
    .errors({
      ...sheetErrors,
      ...pinErrors,
      NOT_REVEALED: { status: 409, data: z.object({ waitingFor: z.int() }) },
      ALREADY_SIGNED: { status: 409 },
      /** The totals on the screen are not the ones on record: reload. */
      CHECK_CODE_DIFFERS: { status: 409 },
    }),
  ...decisionsContract,
  ...theoryContract,
  ...filesContract,
};
