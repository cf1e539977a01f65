import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { RtspTrouble } from '../../devices/rtsp-camera/port.ts';
import { readAddress } from '../../devices/rtsp-camera/source.ts';
import { takePicture } from '../../devices/rtsp-camera/still.ts';
import type { CameraId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { NetworkCamera } from './contract.ts';
import type { NetworkCamerasDeps } from './deps.ts';
import { networkCameraEvents } from './events.ts';
import { type Login, openLogin, sealLogin } from './login.ts';
import { allCameras, type CameraRow, deleteCamera, saveCamera } from './store.ts';

interface Wish {
  cameraId: CameraId | null;
  address: string;
  login?: Login | undefined;
}

const plannedIn = (deps: NetworkCamerasDeps) =>
  (deps.book()?.plan.rooms ?? []).flatMap((room) =>
    room.cameras.map(({ cameraId, label }) => ({ cameraId, label, room: room.name })),
  );

const viewOf = (deps: NetworkCamerasDeps, { cameraId, address, user }: CameraRow): NetworkCamera => ({
  cameraId,
  address,
  user,
  state: deps.running.stateOf(cameraId),
});

export const listCameras = (deps: NetworkCamerasDeps) => ({
  ffmpeg: deps.ffmpeg() !== null,
  cameras: allCameras(deps.db).map((row) => viewOf(deps, row)),
  planned: plannedIn(deps),
});

/** Address and login as they are meant: what stands before the @ of the address counts where no login was typed. */
function meant(
  deps: NetworkCamerasDeps,
  wish: Wish,
): Result<{ address: string; login: Login }, { code: 'BAD_ADDRESS' | 'KEYS_LOCKED' }> {
  const source = readAddress(wish.address);
  if (source === null) return err({ code: 'BAD_ADDRESS' });
  const { address, user, password } = source;
  if (wish.login !== undefined) return ok({ address, login: wish.login });
  if (user !== '') return ok({ address, login: { user, password } });
  const known = allCameras(deps.db).find((row) => row.cameraId === wish.cameraId);
  if (known === undefined) return ok({ address, login: { user: '', password: '' } });
  const identity = deps.ring.keys()?.identity;
  if (identity === undefined) return err({ code: 'KEYS_LOCKED' });
  return ok({ address, login: openLogin(known.login, identity) ?? { user: '', password: '' } });
}

export function bindCamera(
  deps: NetworkCamerasDeps,
  caller: Caller,
  wish: Wish & { cameraId: CameraId },
): Result<NetworkCamera, { code: 'NO_SUCH_CAMERA' | 'BAD_ADDRESS' | 'KEYS_LOCKED' }> {
  const { cameraId } = wish;
  if (!plannedIn(deps).some((c) => c.cameraId === cameraId)) return err({ code: 'NO_SUCH_CAMERA' });
  const found = meant(deps, wish);
  if (!found.ok) return found;
  const recipient = deps.ring.site()?.recipient;
  if (recipient === undefined) return err({ code: 'KEYS_LOCKED' });
  const { address, login } = found.value;
  const row: CameraRow = { cameraId, address, user: login.user, login: sealLogin(login, recipient) };
  inTransaction(deps.db, (w) => {
    saveCamera(w, row);
    deps.journal.append(w, actorOf(caller, 'site-lead'), networkCameraEvents.bound, { cameraId, address });
  });
  deps.changed();
  return ok(viewOf(deps, row));
}

export function removeCamera(
  deps: NetworkCamerasDeps,
  caller: Caller,
  cameraId: string,
): Result<Record<string, never>, { code: 'NO_SUCH_CAMERA' }> {
  const known = allCameras(deps.db).find((row) => row.cameraId === cameraId);
  if (known === undefined) return err({ code: 'NO_SUCH_CAMERA' });
  inTransaction(deps.db, (w) => {
    deleteCamera(w, cameraId);
    const data = { cameraId, address: known.address };
    deps.journal.append(w, actorOf(caller, 'site-lead'), networkCameraEvents.removed, data);
  });
  deps.changed();
  return ok({});
}

/** One picture. That it was asked for goes on record; the picture does not. */
export async function testPicture(
  deps: NetworkCamerasDeps,
  caller: Caller,
  wish: Wish,
): Promise<
  Result<Blob, { code: 'BAD_ADDRESS' | 'KEYS_LOCKED' } | { code: 'CAMERA_TROUBLE'; data: { trouble: RtspTrouble } }>
> {
  const found = meant(deps, wish);
  if (!found.ok) return found;
  const { address, login } = found.value;
  const ffmpeg = deps.ffmpeg();
  const picture = ffmpeg === null ? err('no-ffmpeg' as const) : await takePicture(ffmpeg, { address, ...login });
  const trouble = picture.ok ? null : picture.error;
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller, 'site-lead'), networkCameraEvents.tried, { address, trouble }),
  );
  if (!picture.ok) return err({ code: 'CAMERA_TROUBLE', data: { trouble: picture.error } });
  return ok(new Blob([picture.value as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }));
}

export async function searchNetwork(deps: NetworkCamerasDeps, caller: Caller) {
  const found = await deps.discover();
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller, 'site-lead'), networkCameraEvents.searched, { found: found.length }),
  );
  return found;
}
