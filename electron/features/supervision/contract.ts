import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import { AskKind, CentrePerson, LiveState, NoReason, said } from './protocol-words.ts';
import { SignalAnswer, SignalFailure, SignalRequest } from './signal.ts';

export * from './protocol-words.ts';
export * from './signal.ts';

/** Pictures go nowhere (`none`), to a centre that speaks the station's protocol, or to a WHIP server. */
export const LiveWay = z.enum(['none', 'centre', 'whip']);
export type LiveWay = z.infer<typeof LiveWay>;

/** `ask`: the lead answers each time somebody wants to look. `allow`: a look begins at once; mark and journal are the same. */
export const ViewRule = z.enum(['ask', 'allow']);

export const LiveSettings = z.object({
  way: LiveWay,
  /**
   * `centre`: `wss://HOST/PATH`. `whip`: `https://HOST/PATH` in which `{session}`, `{room}` and `{camera}` are filled in.
   * Without encryption only to this computer.
   */
  address: z.string().max(300),
  views: ViewRule,
  /** Whether a WHIP token is kept; itself it is never told. */
  hasToken: z.boolean(),
});
export type LiveSettings = z.infer<typeof LiveSettings>;

/** The line from station to centre. */
export const Line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('opening') }),
  z.object({ kind: z.literal('open'), sinceMs: z.number(), centre: z.string() }),
  z.object({
    kind: z.literal('waiting'),
    reason: z.enum(['unreachable', 'lost', 'silent', 'misspoke', 'bad-proof', 'turned-away', 'keys-locked']),
    /** Why it turned us away, where it says. */
    detail: z.string(),
    againAtMs: z.number(),
  }),
]);
export type Line = z.infer<typeof Line>;

/** Somebody looks into a room now. */
export const View = z.object({
  viewId: z.string(),
  roomId: RoomId,
  sessionId: SessionId,
  by: CentrePerson,
  sinceMs: z.number(),
});
export type View = z.infer<typeof View>;

export const CentreRequest = z.object({
  requestId: z.string(),
  ask: AskKind,
  roomId: RoomId,
  sessionId: SessionId,
  cameraId: CameraId.nullable(),
  by: CentrePerson,
  text: z.string(),
  receivedAtMs: z.number(),
  state: z.discriminatedUnion('kind', [
    /** A person at the office has to answer. */
    z.object({ kind: z.literal('waiting') }),
    /** Allowed; the room's window is taking the still. */
    z.object({ kind: z.literal('taking') }),
    /** The still is here and has not left the site. */
    z.object({ kind: z.literal('taken'), takenAtMs: z.number() }),
    z.object({
      kind: z.literal('answered'),
      atMs: z.number(),
      outcome: z.enum(['no', 'reply', 'view', 'still']),
      reason: NoReason.nullable(),
      text: z.string(),
      /** The centre has confirmed that the answer arrived. */
      arrived: z.boolean(),
    }),
  ]),
});
export type CentreRequest = z.infer<typeof CentreRequest>;

const requestId = z.string().max(64);
const noRequest = { NO_SUCH_REQUEST: { status: 404 } };
const requestErrors = {
  ...noRequest,
  /** Answered meanwhile, or withdrawn by the centre. */
  REQUEST_ANSWERED: { status: 409 },
};

const roomDesk = callableBy(['invigilator', 'site-lead']);
const lead = callableBy(['site-lead']);
const onlookers = callableBy(['site-lead', 'supervisor']);

export const supervision = {
  /** What the office shows: the setting, the line, who looks now, what the centre asks. The newest requests first. */
  state: onlookers.output(
    z.object({
      settings: LiveSettings,
      line: Line,
      views: z.array(View),
      /** Rooms whose pictures leave over WHIP, where nobody can say who looks. */
      sending: z.array(z.object({ roomId: RoomId, sinceMs: z.number() })),
      requests: z.array(CentreRequest),
    }),
  ),
  setLive: lead
    .input(
      z.object({
        way: LiveWay,
        address: z.string().trim().max(300),
        views: ViewRule,
        /** A new WHIP token; left out, the one that is kept stays; empty, none. */
        token: z.string().max(2_000).optional(),
      }),
    )
    .output(z.object({}))
    .errors({
      BAD_ADDRESS: { status: 422 },
      /** Pictures and keys would cross the network in the clear. */
      UNENCRYPTED_ADDRESS: { status: 422 },
    }),
  /** Lets somebody look, answers a question, or lets a still be taken; or says no. The text goes along. */
  answer: lead
    .input(z.object({ requestId, yes: z.boolean(), text: said(500).default('') }))
    .output(z.object({}))
    .errors({
      ...requestErrors,
      /** A question is answered in words. */
      TEXT_NEEDED: { status: 422 },
      /** The session of this room is not open, or no longer. */
      SESSION_OVER: { status: 409 },
    }),
  /** The still as it would leave. */
  still: onlookers
    .input(z.object({ requestId }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_IMAGE: { status: 404 } }),
  /** Sends the still that was taken, or does not. */
  sendStill: lead
    .input(z.object({ requestId, send: z.boolean(), text: said(500).default('') }))
    .output(z.object({}))
    .errors({
      ...requestErrors,
      NOTHING_TAKEN: { status: 409 },
      DISK_FULL: { status: 507 },
    }),
  /** Ends somebody's look into a room. */
  endView: lead
    .input(z.object({ viewId: z.string().max(64) }))
    .output(z.object({}))
    .errors({ VIEW_OVER: { status: 409 } }),

  /** What a room's window has to know: whether pictures are wanted, who looks, which stills are to be taken. */
  room: callableBy(['invigilator', 'site-lead', 'supervisor'])
    .input(z.object({ roomId: RoomId }))
    .output(
      z.object({
        way: LiveWay,
        /** Host of the other side, for the words on the screen. */
        host: z.string(),
        line: Line,
        /** Whether pictures of this room are to leave now. */
        wanted: z.boolean(),
        size: z.enum(['small', 'large']),
        views: z.array(View),
        stills: z.array(z.object({ requestId: z.string(), cameraId: CameraId.nullable(), by: CentrePerson })),
        /** Counts what the centre has lost of this room: when it grows, the window's way in is gone. */
        lost: z.int(),
      }),
    )
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /** One step on the way of pictures to the other side. `windowId`: made by the window once; another one takes over. */
  signal: roomDesk
    .input(z.object({ roomId: RoomId, windowId: z.string().min(8).max(64), request: SignalRequest }))
    .output(SignalAnswer)
    .errors({
      NO_SUCH_ROOM: { status: 404 },
      SIGNAL_FAILED: { status: 502, data: z.object({ reason: SignalFailure }) },
    }),
  /** How each camera's way stands, for office and centre. */
  report: roomDesk
    .input(
      z.object({
        roomId: RoomId,
        windowId: z.string().min(8).max(64),
        cameras: z.array(z.object({ cameraId: CameraId, state: LiveState })).max(16),
      }),
    )
    .output(z.object({}))
    .errors({ NO_SUCH_ROOM: { status: 404 } }),
  /** The still a room's window was asked for; null when it has no picture. JPEG. */
  putStill: roomDesk
    .input(z.object({ requestId, takenAtMs: z.number(), still: z.instanceof(Blob).nullable() }))
    .output(z.object({}))
    .errors({ ...requestErrors, NOT_A_PICTURE: { status: 422 } }),
};
