import { z } from 'zod';
import { AskKind, CentrePerson, NoReason, Parameters, ViewEnd } from '../features/supervision/contract.ts';
import { CameraId, RoomId } from '../lib/ids.ts';

/** What the wall's page at the centre and the reference centre say to each other: JSON over WebSocket, parsed on both sides. */
const id = z.string().regex(/^[\w-]{1,80}$/);
const sentence = z.string().max(500);

/** A question of the page to the router, on its way to seeing a camera. */
export const SeeRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open-transport') }),
  z.object({ kind: z.literal('connect-transport'), transportId: id, dtlsParameters: Parameters }),
  /** Only of a look of one's own, and only what is sent for it. */
  z.object({ kind: z.literal('consume'), transportId: id, viewId: id, producerId: id, rtpCapabilities: Parameters }),
  z.object({ kind: z.literal('resume'), consumerId: id }),
  z.object({ kind: z.literal('layer'), consumerId: id, spatial: z.int().min(0).max(2) }),
  z.object({ kind: z.literal('restart-ice'), transportId: id }),
]);
export type SeeRequest = z.infer<typeof SeeRequest>;

export const FromWall = z.discriminatedUnion('kind', [
  /** First. The key stands in the address the centre printed. */
  z.object({ kind: z.literal('enter'), key: z.string().max(100), by: CentrePerson }),
  z.object({
    kind: z.literal('ask'),
    stationId: z.string().max(40),
    roomId: RoomId,
    cameraId: CameraId.nullable(),
    ask: AskKind,
    text: sentence,
  }),
  z.object({ kind: z.literal('withdraw'), requestId: id }),
  z.object({ kind: z.literal('end-view'), viewId: id }),
  z.object({ kind: z.literal('size'), viewId: id, size: z.enum(['small', 'large']) }),
  z.object({ kind: z.literal('see'), id, request: SeeRequest }),
]);
export type FromWall = z.infer<typeof FromWall>;

export const WallRoom = z.object({
  roomId: RoomId,
  name: z.string(),
  location: z.string(),
  session: z.object({ sessionId: z.string(), label: z.string(), state: z.string() }).nullable(),
  cameras: z.array(
    z.object({
      cameraId: CameraId,
      label: z.string(),
      recording: z.string(),
      live: z.string(),
      /** What the router has of this camera now. */
      producerId: z.string().nullable(),
      paused: z.boolean(),
    }),
  ),
});

export const WallStation = z.object({
  stationId: z.string(),
  siteName: z.string(),
  online: z.boolean(),
  rooms: z.array(WallRoom),
});
export type WallStation = z.infer<typeof WallStation>;

export const WallRequest = z.object({
  requestId: z.string(),
  stationId: z.string(),
  roomId: RoomId,
  cameraId: CameraId.nullable(),
  ask: AskKind,
  by: CentrePerson,
  text: z.string(),
  atMs: z.number(),
  outcome: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('no'), reason: NoReason, text: z.string() }),
      z.object({ kind: z.literal('reply'), text: z.string() }),
      z.object({ kind: z.literal('view'), viewId: z.string() }),
      z.object({ kind: z.literal('still'), takenAtMs: z.number(), jpeg: z.string(), text: z.string() }),
    ])
    .nullable(),
});
export type WallRequest = z.infer<typeof WallRequest>;

/** A look of this page's person that stands. */
export const WallView = z.object({
  viewId: z.string(),
  stationId: z.string(),
  roomId: RoomId,
  sinceMs: z.number(),
});
export type WallView = z.infer<typeof WallView>;

export const ToWall = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entered'), centre: z.string(), routerCapabilities: Parameters }),
  z.object({ kind: z.literal('not-let-in') }),
  /** All of it, whenever any of it is new: a wall has some dozens of rooms. */
  z.object({
    kind: z.literal('wall'),
    stations: z.array(WallStation),
    requests: z.array(WallRequest),
    views: z.array(WallView),
  }),
  z.object({ kind: z.literal('view-over'), viewId: z.string(), reason: ViewEnd }),
  z.object({ kind: z.literal('seen'), id, value: Parameters }),
  z.object({ kind: z.literal('not-seen'), id, reason: z.string().max(100) }),
]);
export type ToWall = z.infer<typeof ToWall>;
