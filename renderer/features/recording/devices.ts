import type { CameraFault } from '../../../electron/features/recording/contract.ts';
import { err, ok, type Result } from '../../../electron/lib/result.ts';
import { framesPerSecond } from './capture/choose-encoder.ts';

export interface VideoDevice {
  readonly deviceId: string;
  readonly label: string;
}

/** Cameras of this computer; names are empty until the browser's permission was given once. */
export async function videoDevices(): Promise<VideoDevice[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter((d) => d.kind === 'videoinput' && d.deviceId !== '')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

/** Why a browser did not open a camera, in our words. */
export function openingFault(error: unknown): CameraFault {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permission';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    default:
      return 'busy';
  }
}

/**
 * Opens a camera at the pack's height or better, and the microphone where the pack wants the room heard: the one of the
 * same device where it has one. Without a microphone the camera opens all the same.
 * @param deviceId  null for whichever the browser offers first
 */
export async function openCamera(
  deviceId: string | null,
  { minHeight, audio }: { minHeight: number; audio: boolean },
): Promise<Result<MediaStream, CameraFault>> {
  // Outside of a secure context there is no such thing at all.
  if (navigator.mediaDevices === undefined) return err('permission');
  const height = Math.max(720, minHeight);
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: {
        ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
        width: { ideal: Math.round((height * 16) / 9) },
        height: { ideal: height },
        frameRate: { ideal: framesPerSecond, max: framesPerSecond },
      },
    });
    if (audio) await addMicrophone(stream);
    return ok(stream);
  } catch (error) {
    return err(openingFault(error));
  }
}

/** Adds the microphone that belongs to the camera, or else the first there is. */
async function addMicrophone(stream: MediaStream): Promise<void> {
  const group = stream.getVideoTracks()[0]?.getSettings().groupId;
  const wish = { echoCancellation: false, noiseSuppression: false, autoGainControl: true };
  const heard = await navigator.mediaDevices
    .getUserMedia({ audio: { ...wish, ...(group !== undefined && { groupId: { ideal: group } }) } })
    .catch(() => null);
  for (const track of heard?.getAudioTracks() ?? []) stream.addTrack(track);
}

/** A device that no camera of the room uses, to take the place of one that fails; null where there is none. */
export function spareDevice(inUse: readonly (string | null)[], devices: readonly VideoDevice[]): VideoDevice | null {
  return devices.find((d) => !inUse.includes(d.deviceId)) ?? null;
}

/**
 * Which device each planned camera records: the one chosen before, as long as it is there, otherwise the first that no
 * other camera has.
 *
 * @returns by the index of `chosen`; null where no device is left
 */
export function assignDevices(chosen: readonly (string | null)[], devices: readonly VideoDevice[]): (string | null)[] {
  const present = new Set(devices.map((d) => d.deviceId));
  const kept = chosen.map((id, i) => (id !== null && present.has(id) && chosen.indexOf(id) === i ? id : null));
  const free = devices.map((d) => d.deviceId).filter((id) => !kept.includes(id));
  return kept.map((id) => id ?? free.shift() ?? null);
}
