import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import { SessionState } from '../session/contract.ts';

/** The most bytes of one segment, and so of one fragment: 4 s of video are about 0.6 MB; this bounds a stranger. */
export const maxSegmentBytes = 16 * 1024 * 1024;

/**
 * What a desk can see going wrong. `black`, `covered` (something lies before the lens) and `frozen`: frames still come
 * and are stored, but show nothing worth having; `low-resolution`: they come smaller than the rule pack asks;
 * `slow-encoder`: they come faster than this computer can encode them, and some are let go. Every other fault means that
 * no frames come. `unreadable`: the device delivers frames whose pixels cannot be read. `queue-full`: the desk could not
 * deliver for so long that it had to give frames up. `clock`: the station would not believe the desk's times.
 */
export const CameraFault = z.enum([
  'absent',
  'busy',
  'unplugged',
  'stalled',
  'black',
  'covered',
  'frozen',
  'low-resolution',
  'slow-encoder',
  'unreadable',
  'no-encoder',
  'permission',
  'queue-full',
  'clock',
]);
export type CameraFault = z.infer<typeof CameraFault>;

/** Why a stretch of wall-clock time has no usable picture: what a desk saw, or what the station could only infer. */
export const GapReason = z.enum([
  ...CameraFault.options,
  /** Nothing came, and nobody said why: desk or network was down. */
  'no-segments',
  'desk-restarted',
  /** The station itself was down: stopped, crashed or without power. */
  'station-restarted',
  /** The disk had room for other cameras and for the record, not for this one. */
  'disk-full',
  /** The operator stopped the camera and started it again later. */
  'stopped',
]);
export type GapReason = z.infer<typeof GapReason>;

export const CameraView = z.object({
  cameraId: CameraId,
  label: z.string(),
  /** The desk run that records it now or did so last: a desk finds its own recording by it. */
  deskRun: z.string().nullable(),
  deviceLabel: z.string().nullable(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-started') }),
    z.object({ kind: z.literal('recording'), recordingId: z.string(), sinceMs: z.number(), storedUntilMs: z.number() }),
    /** Recording was under way and no stored segment has come for longer than the limit; a gap is on record. */
    z.object({
      kind: z.literal('silent'),
      recordingId: z.string(),
      sinceMs: z.number(),
      reason: GapReason.nullable(),
    }),
    z.object({ kind: z.literal('stopped'), atMs: z.number() }),
  ]),
  /** Wall-clock intervals stored so far, oldest first, joined where they touch. */
  stored: z.array(z.object({ beginMs: z.number(), endMs: z.number() })),
  /** Oldest first; `endMs` is null while the gap is open. */
  gaps: z.array(z.object({ beginMs: z.number(), endMs: z.number().nullable(), reason: GapReason })),
  /** It is recorded, only not as it should be: too few lines, frames let go. On record like a gap, and none. */
  weak: z.object({ reason: GapReason, sinceMs: z.number() }).nullable(),
  /** Closed segments; the one that is open counts in `stored` and `bytes` alone. */
  segments: z.int(),
  bytes: z.number(),
});
export type CameraView = z.infer<typeof CameraView>;

/** Why the station does not believe an interval. */
export const IntervalFault = z.enum(['empty', 'too-long', 'in-future', 'overlaps', 'clocks-disagree']);
export type IntervalFault = z.infer<typeof IntervalFault>;

const desk = callableBy(['invigilator', 'site-lead']);
const recordingErrors = {
  NO_SUCH_CAMERA: { status: 404 },
  NO_SUCH_RECORDING: { status: 404 },
  /** Another desk has taken this camera over; this one must stop. */
  TAKEN_OVER: { status: 409 },
  SESSION_SEALED: { status: 409 },
};

export const recording = {
  room: callableBy(['invigilator', 'site-lead', 'supervisor'])
    .input(z.object({ sessionId: SessionId, roomId: RoomId }))
    .output(
      z.object({
        room: z.object({ name: z.string(), location: z.string() }),
        cameras: z.array(CameraView),
        /** Labels of the workstations that one camera alone sees, by camera: while it is out somebody stands there. */
        alone: z.record(z.string(), z.array(z.string())),
        minHeight: z.int(),
        /** Rule pack, clause recording.audio: the room is heard too. */
        audio: z.boolean(),
        /** What video may still use of the disk: the reserve of the record is not in it. */
        freeBytes: z.number(),
        bytesPerSecond: z.number(),
      }),
    )
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /**
   * Begins the recording of a camera, or after a restart of the station goes on with it: the same `deskRun` finds its
   * recording again, and `nextSequence` is the first fragment the station does not have yet. Another `deskRun` (a desk
   * reloaded, or another desk) takes the camera over and begins at 0.
   */
  start: desk
    .input(
      z.object({
        sessionId: SessionId,
        cameraId: CameraId,
        /** What the desk calls this run of its encoder; a reload makes a new one. */
        deskRun: z.string().min(8).max(64),
        width: z.int().min(16).max(7680),
        height: z.int().min(16).max(4320),
        codec: z.string().max(60),
        deviceLabel: z.string().max(200),
        /** This run follows another of the same desk because the station's clock was set: times before and after do not compare. */
        clockStepped: z.boolean().optional(),
      }),
    )
    .output(z.object({ recordingId: z.string(), nextSequence: z.int() }))
    .errors({
      ...recordingErrors,
      /** Recording begins when the door opens and ends when the session is closed. */
      SESSION_NOT_OPEN: { status: 409, data: z.object({ state: SessionState }) },
    }),
  /**
   * One fragment: a second of video from a key frame on, on disk and synced when this answers. Fragments of a few
   * seconds make a segment, which plays alone: its first one (`opens`) has `ftyp` and `moov` before it, and the one with
   * `closes` ends it, as does the next that opens one. Idempotent by recording and sequence. Sequences may skip where the
   * desk had to give a fragment up; the next one then opens a segment.
   */
  putFragment: desk
    .input(
      z.object({
        recordingId: z.string(),
        sequence: z.int().min(0),
        opens: z.boolean(),
        closes: z.boolean(),
        /** Wall clock of the first and after the last frame, by the station's clock. */
        beginMs: z.number(),
        endMs: z.number(),
        /** When the first and the last frame came, by the desk's monotonic clock. */
        firstMonoMs: z.number(),
        lastMonoMs: z.number(),
        frames: z.int().min(1).max(100_000),
        fragment: z.instanceof(Blob),
      }),
    )
    .output(z.object({ sequence: z.int(), sha256: z.string(), storedAtMs: z.number() }))
    .errors({
      ...recordingErrors,
      FRAGMENT_TOO_LARGE: { status: 413 },
      NOT_A_FRAGMENT: { status: 422 },
      BAD_INTERVAL: { status: 422, data: z.object({ reason: IntervalFault }) },
      /** Nothing is open that this one continues (the station was restarted, time has passed): send it as one that opens. */
      NO_OPEN_SEGMENT: { status: 409 },
      /** This sequence is stored with other bytes. The stored ones stay. */
      SEQUENCE_REUSED: { status: 409 },
      DISK_FULL: { status: 507 },
    }),
  /**
   * The desk sees a fault before the station misses anything. Opens a gap. A fault of the picture (`isPictureFault`)
   * stays open until the desk reports null; any other ends with the next fragment.
   */
  reportFault: desk
    .input(
      z.object({
        sessionId: SessionId,
        cameraId: CameraId,
        fault: CameraFault.nullable(),
        /** When it began, or ended, by the station's wall clock; left out: now. */
        sinceMs: z.number().optional(),
      }),
    )
    .output(z.object({}))
    .errors(recordingErrors),
  stop: desk
    .input(z.object({ recordingId: z.string(), reason: z.enum(['session-ended', 'operator']) }))
    .output(z.object({}))
    .errors(recordingErrors),
};
