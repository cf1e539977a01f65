import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import { GapReason } from '../recording/contract.ts';

const Stretch = z.object({ beginMs: z.number(), endMs: z.number() });

/** Longest stretch that one clip may hold: it is joined in memory. */
export const longestClipMs = 10 * 60_000;

/** Where on the timeline something stands: what the session did, what people did, alarms and what was marked. */
export const Lane = z.enum(['session', 'people', 'alarms']);
export type Lane = z.infer<typeof Lane>;

export const TimelineEvent = z.object({
  /** Position in the journal. */
  seq: z.int(),
  atMs: z.number(),
  /** Id in the catalogue of events; `bookmark` entries too. */
  event: z.string(),
  meaning: z.object({ zh: z.string(), en: z.string() }),
  lane: Lane,
  tone: z.enum(['plain', 'look', 'stop']),
  candidateId: z.string().nullable(),
  staffId: z.string().nullable(),
  cameraId: CameraId.nullable(),
  /** Who it is about, as the room says it: seat and name, or the name of staff; '' where it is about nobody. */
  who: z.string(),
  note: z.string(),
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;

/** A clip or a still that was kept as evidence. */
export const KeptPiece = z.object({
  pieceId: z.string(),
  kind: z.enum(['clip', 'still']),
  cameraId: CameraId,
  beginMs: z.number(),
  endMs: z.number(),
  note: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  byName: z.string(),
  atMs: z.number(),
});
export type KeptPiece = z.infer<typeof KeptPiece>;

export const LookUp = z.object({
  lookUpId: z.string(),
  reason: z.string(),
  byName: z.string(),
  role: z.string(),
  begunAtMs: z.number(),
});

export const RoomTimeline = z.object({
  lookUp: LookUp,
  sessionId: SessionId,
  room: z.object({ roomId: RoomId, name: z.string(), location: z.string() }),
  /** From the first thing there is to see to the last. */
  span: Stretch,
  startsAtMs: z.number(),
  lateAtMs: z.number(),
  endsAtMs: z.number(),
  cameras: z.array(
    z.object({
      cameraId: CameraId,
      label: z.string(),
      stored: z.array(Stretch),
      gaps: z.array(z.object({ beginMs: z.number(), endMs: z.number().nullable(), reason: GapReason })),
    }),
  ),
  events: z.array(TimelineEvent),
  kept: z.array(KeptPiece),
  /** What of the video this look-up has been given so far. */
  viewed: z.array(Stretch.extend({ cameraId: CameraId })),
});
export type RoomTimeline = z.infer<typeof RoomTimeline>;

const viewer = callableBy(['site-lead', 'supervisor']);
const lookUpId = z.string().max(40);
const errors = {
  /** No such look-up, or another person's. */
  NO_SUCH_LOOK_UP: { status: 404 },
  KEYS_LOCKED: { status: 423 },
  EVIDENCE_DAMAGED: { status: 500, data: z.object({ files: z.array(z.string()) }) },
};

export const timeline = {
  /**
   * Begins a look-up: nobody sees recorded video without one. Who, why and what was seen is journaled
   * (公共安全视频图像信息系统管理条例 art. 16).
   */
  begin: viewer
    .input(z.object({ sessionId: SessionId, roomId: RoomId, reason: z.string().trim().min(4).max(200) }))
    .output(LookUp)
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  room: viewer.input(z.object({ lookUpId })).output(RoomTimeline).errors(errors),
  /** The segment of a camera that holds this moment, or the first after it; it plays alone. */
  segment: viewer
    .input(z.object({ lookUpId, cameraId: CameraId, atMs: z.number() }))
    .output(
      Stretch.extend({
        frames: z.int(),
        /** For a player: `video/mp4; codecs="..."`; null where this station does not know the codec. */
        mediaType: z.string().nullable(),
        /** Presentation time of its first picture, in seconds. */
        firstPictureAt: z.number(),
        video: z.instanceof(Blob),
      }),
    )
    .errors({ ...errors, NO_VIDEO: { status: 404 } }),
  /** A moment worth finding again. */
  bookmark: viewer
    .input(
      z.object({
        lookUpId,
        cameraId: CameraId.nullable(),
        atMs: z.number(),
        note: z.string().trim().min(1).max(200),
      }),
    )
    .output(z.object({}))
    .errors(errors),
  /**
   * Whole segments that share a moment with the stretch, as one film, without encoding anything again: into the evidence,
   * with its own hash and a journal entry that names the segments.
   */
  cutClip: viewer
    .input(
      z.object({
        lookUpId,
        cameraId: CameraId,
        beginMs: z.number(),
        endMs: z.number(),
        note: z.string().trim().max(200).default(''),
      }),
    )
    .output(KeptPiece)
    .errors({
      ...errors,
      NO_VIDEO: { status: 404 },
      CLIP_TOO_LONG: { status: 422, data: z.object({ mostMs: z.number() }) },
      /** The camera changed its format within the stretch. */
      MIXED_FORMATS: { status: 422 },
      DISK_FULL: { status: 507 },
    }),
  /** A picture of one moment, as the desk showed it. */
  keepStill: viewer
    .input(
      z.object({
        lookUpId,
        cameraId: CameraId,
        atMs: z.number(),
        note: z.string().trim().max(200).default(''),
        picture: z.instanceof(Blob),
      }),
    )
    .output(KeptPiece)
    .errors({ ...errors, NO_VIDEO: { status: 404 }, NOT_A_PICTURE: { status: 422 }, DISK_FULL: { status: 507 } }),
  /** The plain bytes of a clip or still, to be taken away. Journaled. */
  takePiece: viewer
    .input(z.object({ lookUpId, pieceId: z.string().max(40) }))
    .output(z.instanceof(Blob))
    .errors({ ...errors, NO_SUCH_PIECE: { status: 404 } }),
};
