import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { RoomId, SessionId } from '../../lib/ids.ts';
import { Pin, pinErrors } from '../staff/contract.ts';

/** Scores are whole tenths of a mark: 12.5 is 125. */
export const Tenths = z.int().min(0).max(100_000);

export const RubricItemView = z.object({
  itemId: z.string(),
  title: z.string(),
  maxTenths: Tenths,
  deductions: z.array(z.object({ text: z.string(), tenths: Tenths })),
});

/** One line of the signature: x, y in thousandths of the pad's width and height, t in ms since the first touch. */
export const Strokes = z
  .array(
    z
      .array(z.tuple([z.int().min(0).max(1000), z.int().min(0).max(1000), z.int().min(0).max(600_000)]))
      .min(1)
      .max(2000),
  )
  .min(1)
  .max(60);
export type Strokes = z.infer<typeof Strokes>;

export const MarkingSheet = z.object({
  session: z.object({
    sessionId: SessionId,
    label: z.string(),
    occupation: z.string(),
    level: z.string(),
    part: z.string(),
  }),
  room: z.object({ roomId: RoomId, name: z.string() }),
  rubric: z.object({ title: z.string(), passTenths: Tenths, items: z.array(RubricItemView) }),
  duty: z.enum(['lead', 'member']),
  panelSize: z.int(),
  /** By anonymous number. No name, no document number, nobody else's marks. */
  rows: z.array(
    z.object({
      anonymousNumber: z.string(),
      seat: z.string(),
      marks: z.record(z.string(), Tenths.nullable()),
      note: z.string(),
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

export const CandidateResult = z.object({
  anonymousNumber: z.string(),
  totals: z.array(z.object({ examiner: z.string(), totalTenths: Tenths })),
  spreadTenths: Tenths,
  /** Null while an obstacle stands. */
  scoreTenths: Tenths.nullable(),
  result: z.enum(['passed', 'failed', 'absent', 'not-confirmed']),
  obstacles: z.array(z.object({ code: z.string(), ruleId: z.string(), facts: z.record(z.string(), z.string()) })),
});
export type CandidateResult = z.infer<typeof CandidateResult>;

export const Revealed = z.object({
  results: z.array(CandidateResult),
  passTenths: Tenths,
  spreadLimitTenths: Tenths,
});
export type Revealed = z.infer<typeof Revealed>;

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
  /** Saves one draft mark, or clears it with null. */
  mark: examinerOnly
    .input(Where.extend({ anonymousNumber: z.string(), itemId: z.string(), tenths: Tenths.nullable() }))
    .output(z.object({ savedAtMs: z.number(), totalTenths: Tenths }))
    .errors({
      ...sheetErrors,
      LOCKED: { status: 409 },
      NO_SUCH_CELL: { status: 404 },
      OVER_MAXIMUM: { status: 422, data: z.object({ maxTenths: Tenths }) },
    }),
  note: examinerOnly
    .input(Where.extend({ anonymousNumber: z.string(), note: z.string().max(400) }))
    .output(z.object({ savedAtMs: z.number() }))
    .errors({ ...sheetErrors, LOCKED: { status: 409 }, NO_SUCH_CELL: { status: 404 } }),
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
};
