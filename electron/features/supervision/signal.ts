import { z } from 'zod';
import { CameraId } from '../../lib/ids.ts';

/** What a desk may say of its media at once. Session descriptions of one camera are some 5 kB. */
export const maxDescriptionChars = 32_768;

/**
 * Parameters as WebRTC libraries exchange them (ICE, DTLS, RTP). The station only carries them, so it bounds their size; the
 * router at the centre judges what they say.
 */
export const Parameters = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= maxDescriptionChars, 'too large');
export type Parameters = z.infer<typeof Parameters>;

const handle = z.string().regex(/^[\w-]{1,80}$/);
const text = z.string().max(maxDescriptionChars);

/** What the window of a room asks of the centre's router on its way to sending pictures. */
export const RouterRequest = z.discriminatedUnion('kind', [
  /** Codecs and header extensions of the router. */
  z.object({ kind: z.literal('capabilities') }),
  /** A way in for this room. An earlier one of the same room is closed: its window is gone, or begins anew. */
  z.object({ kind: z.literal('open-transport') }),
  z.object({ kind: z.literal('connect-transport'), transportId: handle, dtlsParameters: Parameters }),
  z.object({ kind: z.literal('produce'), transportId: handle, cameraId: CameraId, rtpParameters: Parameters }),
  z.object({ kind: z.literal('restart-ice'), transportId: handle }),
  /** No pictures for a while, on purpose. */
  z.object({ kind: z.literal('pause'), producerId: handle, paused: z.boolean() }),
  z.object({ kind: z.literal('close-transport'), transportId: handle }),
]);
export type RouterRequest = z.infer<typeof RouterRequest>;

/** WHIP (RFC 9725): the station posts for the window, which may speak to nobody but the station. */
export const WhipRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whip-offer'), cameraId: CameraId, sdp: text }),
  /** An ICE restart: the fragment of RFC 8840 goes as PATCH to the resource. */
  z.object({ kind: z.literal('whip-restart'), resource: handle, fragment: text }),
  z.object({ kind: z.literal('whip-end'), resource: handle }),
]);
export type WhipRequest = z.infer<typeof WhipRequest>;

export const SignalRequest = z.union([RouterRequest, WhipRequest]);
export type SignalRequest = z.infer<typeof SignalRequest>;

/** The answers, by the kind of the request. */
export const SignalAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('capabilities'), rtpCapabilities: Parameters }),
  z.object({
    kind: z.literal('open-transport'),
    transportId: handle,
    iceParameters: Parameters,
    iceCandidates: z.array(Parameters).max(32),
    dtlsParameters: Parameters,
    iceServers: z.array(Parameters).max(8),
  }),
  z.object({ kind: z.literal('produce'), producerId: handle }),
  z.object({ kind: z.literal('restart-ice'), iceParameters: Parameters }),
  z.object({ kind: z.literal('whip-offer'), resource: handle, sdp: text }),
  z.object({ kind: z.literal('whip-restart'), fragment: text }),
  z.object({ kind: z.literal('done') }),
]);
export type SignalAnswer = z.infer<typeof SignalAnswer>;

/** Why a request of a window got no answer it can go on with. */
export const SignalFailure = z.enum([
  /** No line to the centre now; it is being made again. */
  'no-line',
  /** The centre did not answer in time. */
  'timeout',
  /** The router or the WHIP server refuses it. */
  'refused',
  /** The transport or resource is gone: begin anew. */
  'gone',
  /** Nobody has been allowed to look at this room: nothing is sent. */
  'not-wanted',
  /** The other side said what the protocol does not have. */
  'misspoke',
]);
export type SignalFailure = z.infer<typeof SignalFailure>;
