import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId, RoomId, SessionId, StaffId } from '../../lib/ids.ts';
import { Counts } from '../checkin/contract.ts';

/** preparing -> open (door) -> running (from the start time) -> closed (papers in) -> sealed. Never backwards. */
export const SessionState = z.enum(['preparing', 'open', 'running', 'closed', 'sealed']);
export type SessionState = z.infer<typeof SessionState>;

export const SessionRow = z.object({
  sessionId: SessionId,
  label: z.string(),
  part: z.string(),
  occupation: z.string(),
  level: z.string(),
  startsAtMs: z.number(),
  endsAtMs: z.number(),
  state: SessionState,
});
export type SessionRow = z.infer<typeof SessionRow>;

export const ReadinessItem = z.object({
  code: z.enum(['plan', 'keys', 'faces', 'reader', 'cameras', 'panel', 'assignment', 'supervisor', 'disk', 'clock']),
  result: z.enum(['done', 'look', 'stop']),
  /** Fills the sentence of the code. */
  facts: z.record(z.string(), z.string()),
});
export type ReadinessItem = z.infer<typeof ReadinessItem>;

export const Alarm = z.object({
  alarmId: z.string(),
  level: z.enum(['stop', 'look']),
  code: z.enum([
    'camera-silent',
    'camera-weak',
    'camera-not-started',
    'reader-lost',
    'disk-low',
    'clock-jump',
    'panel-short',
    'panel-facts',
    'person-called',
    'recheck-doubt',
    'impersonation',
    'impersonation-late',
  ]),
  roomId: RoomId.nullable(),
  sinceMs: z.number(),
  facts: z.record(z.string(), z.string()),
});
export type Alarm = z.infer<typeof Alarm>;

export const RoomRow = z.object({
  roomId: RoomId,
  name: z.string(),
  location: z.string(),
  counts: Counts,
  cameras: z.object({ recording: z.int(), total: z.int() }),
  /** People of this room signed in today, of those it needs. */
  staff: z.object({ present: z.int(), needed: z.int() }),
  marking: z.object({ locked: z.int(), signed: z.int(), panel: z.int() }),
});
export type RoomRow = z.infer<typeof RoomRow>;

export const SessionOverview = z.object({
  session: SessionRow,
  counts: Counts,
  rooms: z.array(RoomRow),
  readiness: z.array(ReadinessItem),
  alarms: z.array(Alarm),
  disk: z.object({ freeBytes: z.number(), hoursLeft: z.number().nullable() }),
  journal: z.object({
    size: z.int(),
    lastCheckpointAtMs: z.number().nullable(),
    lastCheckpointSize: z.int().nullable(),
    /** The longest checkpoint that a centre has cosigned, and when by its clock; null when none has left. */
    left: z.object({ size: z.int(), atMs: z.number() }).nullable(),
  }),
  steps: z.array(z.object({ state: SessionState, atMs: z.number() })),
});
export type SessionOverview = z.infer<typeof SessionOverview>;

const lead = callableBy(['site-lead']);
const sessionErrors = {
  NO_SUCH_SESSION: { status: 404 },
  WRONG_STATE: { status: 409, data: z.object({ state: SessionState }) },
};

export const session = {
  list: callableBy('signed-in').output(z.array(SessionRow)),
  overview: callableBy(['site-lead', 'supervisor', 'score-keeper'])
    .input(z.object({ sessionId: SessionId }))
    .output(SessionOverview)
    .errors(sessionErrors),
  /** The readiness gate: every item is looked at, one that says stop keeps the door shut. */
  open: lead
    .input(z.object({ sessionId: SessionId }))
    .output(SessionRow)
    .errors({ ...sessionErrors, NOT_READY: { status: 422, data: z.object({ readiness: z.array(ReadinessItem) }) } }),
  /** Ends the session: who has not come is absent from now on. Before the end time only with a reason. */
  close: lead
    .input(z.object({ sessionId: SessionId, earlyReason: z.string().trim().max(200).default('') }))
    .output(SessionRow)
    .errors({ ...sessionErrors, TOO_EARLY: { status: 422, data: z.object({ endsAtMs: z.number() }) } }),
  /** Something worth finding again in the record: `F4`. */
  mark: callableBy(['invigilator', 'door', 'supervisor', 'site-lead'])
    .input(
      z.object({
        sessionId: SessionId,
        roomId: RoomId.nullable(),
        cameraId: CameraId.nullable().default(null),
        note: z.string().trim().max(400),
      }),
    )
    .output(z.object({ atMs: z.number(), by: StaffId }))
    .errors(sessionErrors),
};
