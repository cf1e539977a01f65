import { z } from 'zod';
import { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { AskKind, CentrePerson, LiveState, NoReason, said, ViewEnd } from './protocol-words.ts';
import { RouterRequest, SignalAnswer, SignalFailure } from './signal.ts';

/** `docs/live-protocol.md` describes it for whoever builds a centre. */
export const protocolName = 'kaodian-live/1';

/** A frame may be this long: towards the station a description of media, towards the centre a still picture in base64. */
export const maxToStationBytes = 64 * 1024;
export const maxStillBytes = 300_000;
export const maxToCentreBytes = 512 * 1024;

const id = z.string().regex(/^[\w-]{1,64}$/);
const nonce = z.string().regex(/^[0-9a-f]{64}$/);
const armor = z.string().max(1_000);

/** A room as the centre's wall shows it: places, cameras and states, and nobody's data. */
export const RoomOnWall = z.object({
  roomId: RoomId,
  name: said(80),
  location: said(80),
  session: z.object({ sessionId: SessionId, label: said(80), state: z.string().max(20) }).nullable(),
  cameras: z
    .array(
      z.object({
        cameraId: CameraId,
        label: said(80),
        recording: z.enum(['not-started', 'recording', 'silent', 'stopped']),
        live: LiveState,
      }),
    )
    .max(16),
});
export type RoomOnWall = z.infer<typeof RoomOnWall>;

export const ToStation = z.discriminatedUnion('kind', [
  /** First, by the centre. `proof` comes with `welcome`, over both nonces. */
  z.object({ kind: z.literal('challenge'), protocols: z.array(z.string().max(40)).max(8), centre: said(80), nonce }),
  z.object({
    kind: z.literal('welcome'),
    /** SSH signature of the centre's key over `proofMessage`; null where the centre has no key on its card. */
    proof: armor.nullable(),
    /** Looks into rooms that the centre still holds; all others are over. */
    views: z.array(id).max(200),
  }),
  z.object({
    kind: z.literal('turned-away'),
    reason: z.enum(['unknown-station', 'bad-proof', 'protocol', 'elsewhere']),
  }),
  /** `still`: of one camera. The text is what the person asks or gives as a reason. */
  z.object({
    kind: z.literal('ask'),
    requestId: id,
    ask: AskKind,
    roomId: RoomId,
    cameraId: CameraId.nullable(),
    by: CentrePerson,
    text: said(500),
  }),
  z.object({ kind: z.literal('withdraw'), requestId: id }),
  /** The answer to this request has arrived and is kept. */
  z.object({ kind: z.literal('have'), requestId: id }),
  z.object({ kind: z.literal('end-view'), viewId: id }),
  /** How large a picture somebody wants now: `large` while one camera fills their screen. */
  z.object({ kind: z.literal('size'), roomId: RoomId, size: z.enum(['small', 'large']) }),
  z.object({ kind: z.literal('signal-answer'), id, answer: SignalAnswer }),
  z.object({ kind: z.literal('signal-failure'), id, reason: SignalFailure }),
  /** The router has lost this room's way in, for instance because its worker died. */
  z.object({ kind: z.literal('transport-lost'), roomId: RoomId, transportId: id }),
]);
export type ToStation = z.infer<typeof ToStation>;

export const ToCentre = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hello'),
    protocol: z.string().max(40),
    stationId: z.string().max(40),
    siteName: said(80),
    nonce,
    /** SSH signature of the station's key over `proofMessage`. */
    proof: armor,
  }),
  z.object({ kind: z.literal('rooms'), rooms: z.array(RoomOnWall).max(200) }),
  /** The answer to an `ask`. Sent again after every welcome until the centre says `have`. */
  z.object({
    kind: z.literal('answer'),
    requestId: id,
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('no'), reason: NoReason, text: said(500) }),
      z.object({ kind: z.literal('reply'), text: said(500) }),
      z.object({ kind: z.literal('view'), viewId: id }),
      z.object({
        kind: z.literal('still'),
        takenAtMs: z.number(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        /** JPEG, base64. */
        jpeg: z.string().max(Math.ceil(maxStillBytes / 3) * 4),
        text: said(500),
      }),
    ]),
  }),
  z.object({ kind: z.literal('view-ended'), viewId: id, reason: ViewEnd }),
  z.object({ kind: z.literal('signal'), id, roomId: RoomId, request: RouterRequest }),
]);
export type ToCentre = z.infer<typeof ToCentre>;

export type ProtocolFault = 'not-text' | 'too-long' | 'not-json' | 'not-in-protocol';

const read =
  <T extends z.ZodType>(schema: T, maxBytes: number) =>
  (frame: string | Uint8Array, isBinary = false): Result<z.infer<T>, ProtocolFault> => {
    if (isBinary) return err('not-text');
    const bytes = Buffer.from(frame as Uint8Array);
    if (bytes.length > maxBytes) return err('too-long');
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      return err('not-json');
    }
    const parsed = schema.safeParse(value);
    return parsed.success ? ok(parsed.data) : err('not-in-protocol');
  };

/** Takes one frame of the centre apart. The frame is hostile: size first, then JSON, then the schema. */
export const readFromCentre = read(ToStation, maxToStationBytes);
/** Takes one frame of a station apart, as strictly. */
export const readFromStation = read(ToCentre, maxToCentreBytes);

/** Namespaces of the two proofs (SSHSIG): one can never stand for the other. */
export const stationProof = 'kaodian-live-station';
export const centreProof = 'kaodian-live-centre';

/** What both sides sign: both nonces, so that neither proof can be used a second time. */
export const proofMessage = (centreNonce: string, stationNonce: string, stationId: string): Uint8Array =>
  Buffer.from(`${protocolName}\n${stationId}\n${centreNonce}\n${stationNonce}\n`);
