import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CameraId } from '../../lib/ids.ts';

const Trouble = z.enum([
  'no-ffmpeg',
  'unauthorized',
  'unreachable',
  'not-found',
  'stalled',
  'ended',
  'clock',
  'bad-stream',
]);

export const NetworkCamera = z.object({
  cameraId: CameraId,
  /** Without user and password. */
  address: z.string(),
  user: z.string(),
  state: z.discriminatedUnion('kind', [
    /** No session of its room is open: nothing is recorded. */
    z.object({ kind: z.literal('idle') }),
    /** The station's keys are locked, and the password with them. */
    z.object({ kind: z.literal('keys-locked') }),
    z.object({ kind: z.literal('connecting') }),
    z.object({ kind: z.literal('recording'), width: z.int(), height: z.int(), codec: z.string() }),
    z.object({ kind: z.literal('fault'), trouble: Trouble }),
  ]),
});
export type NetworkCamera = z.infer<typeof NetworkCamera>;

const lead = callableBy(['site-lead']);
const address = z.string().trim().min(1).max(300);
const Login = z.object({ user: z.string().max(100), password: z.string().max(200) });

export const networkCameras = {
  list: callableBy(['site-lead', 'invigilator', 'supervisor']).output(
    z.object({
      /** False: ffmpeg is not installed, and no network camera can be recorded. */
      ffmpeg: z.boolean(),
      cameras: z.array(NetworkCamera),
      /** Cameras of the plan, by room, that may be bound. */
      planned: z.array(z.object({ cameraId: CameraId, label: z.string(), room: z.string() })),
    }),
  ),
  /** Binds a camera of the plan to an address. The password is kept encrypted to the station's own key, and never shown. */
  save: lead
    .input(
      z.object({
        cameraId: CameraId,
        address,
        /** Left out: the login of before stays. */
        login: Login.optional(),
      }),
    )
    .output(NetworkCamera)
    .errors({ NO_SUCH_CAMERA: { status: 404 }, BAD_ADDRESS: { status: 422 }, KEYS_LOCKED: { status: 423 } }),
  remove: lead
    .input(z.object({ cameraId: CameraId }))
    .output(z.object({}))
    .errors({ NO_SUCH_CAMERA: { status: 404 } }),
  /** One picture, to see whether address and login are right. */
  testPicture: lead
    .input(z.object({ cameraId: CameraId.nullable(), address, login: Login.optional() }))
    .output(z.instanceof(Blob))
    .errors({
      BAD_ADDRESS: { status: 422 },
      KEYS_LOCKED: { status: 423 },
      CAMERA_TROUBLE: { status: 502, data: z.object({ trouble: Trouble }) },
    }),
  /** Asks the site's network which cameras are there (ONVIF). */
  discover: lead.output(z.array(z.object({ host: z.string(), name: z.string(), hardware: z.string() }))),
};
