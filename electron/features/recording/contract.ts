import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId, RoomId, SessionId } from '../../lib/ids.ts';

/** The longest segment a desk may send: 2 s of video is about 0.4 MB; this bounds a stranger. */
export const maxSegmentBytes = 16 * 1024 * 1024;

export const CameraFault = z.enum(['absent', 'busy', 'unplugged', 'stalled', 'black', 'no-encoder', 'permission']);
export type CameraFault = z.infer<typeof CameraFault>;

export const CameraView = z.object({
  cameraId: CameraId,
  label: z.string(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('not-started') }),
    z.object({ kind: z.literal('recording'), recordingId: z.string(), sinceMs: z.number(), storedUntilMs: z.number() }),
    /** Recording was under way and no stored segment has come for longer than the limit; a gap is on record. */
    z.object({
      kind: z.literal('silent'),
      recordingId: z.string(),
      sinceMs: z.number(),
      reason: CameraFault.nullable(),
    }),
    z.object({ kind: z.literal('stopped'), atMs: z.number() }),
  ]),
  /** Wall-clock intervals stored so far, oldest first, joined where they touch. */
  stored: z.array(z.object({ beginMs: z.number(), endMs: z.number() })),
  gaps: z.array(z.object({ beginMs: z.number(), endMs: z.number().nullable(), reason: z.string() })),
  segments: z.int(),
  bytes: z.number(),
});
export type CameraView = z.infer<typeof CameraView>;

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
        minHeight: z.int(),
        freeBytes: z.number(),
        bytesPerSecond: z.number(),
      }),
    )
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /**
   * Begins, or after a reload or restart goes on with, the recording of a camera. `nextSequence` is the first segment
   * the station does not have yet.
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
      }),
    )
    .output(z.object({ recordingId: z.string(), nextSequence: z.int() }))
    .errors(recordingErrors),
  /** One segment that plays alone. Idempotent by recording and sequence: sending it again changes nothing. */
  putSegment: desk
    .input(
      z.object({
        recordingId: z.string(),
        sequence: z.int().min(0),
        /** Wall clock of the first and after the last frame, by the station's clock. */
        beginMs: z.number(),
        endMs: z.number(),
        frames: z.int().min(1).max(100_000),
        segment: z.instanceof(Blob),
      }),
    )
    .output(z.object({ sequence: z.int(), storedSha256: z.string(), storedAtMs: z.number() }))
    .errors({
      ...recordingErrors,
      SEGMENT_TOO_LARGE: { status: 413 },
      NOT_A_SEGMENT: { status: 422 },
      BAD_INTERVAL: { status: 422 },
      DISK_FULL: { status: 507 },
    }),
  /** The desk sees a fault before the station misses segments. Opens a gap. */
  reportFault: desk
    .input(z.object({ sessionId: SessionId, cameraId: CameraId, fault: CameraFault }))
    .output(z.object({}))
    .errors(recordingErrors),
  stop: desk
    .input(z.object({ recordingId: z.string(), reason: z.enum(['session-ended', 'operator']) }))
    .output(z.object({}))
    .errors(recordingErrors),
};
