import { useEffect, useState } from 'react';

/** What is wrong with the door's camera, by what a person can do about it. */
export type CameraFault = 'absent' | 'refused' | 'busy' | 'unplugged' | 'failed';

export type DoorCamera =
  | { kind: 'off' }
  | { kind: 'starting' }
  | { kind: 'live'; stream: MediaStream }
  | { kind: 'fault'; fault: CameraFault };

/** Reads the reason out of what getUserMedia threw (W3C Media Capture and Streams, error names). */
export function cameraFault(error: unknown): CameraFault {
  switch ((error as { name?: string } | null)?.name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'absent';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** Which device, and how many lines of picture: a face needs 720, a card's print more. */
export interface CameraWish {
  /** Null: whichever the browser offers first. A device that is gone is not waited for. */
  deviceId: string | null;
  idealHeight: number;
}
const forFaces: CameraWish = { deviceId: null, idealHeight: 720 };

/**
 * The door's camera, open exactly while `wanted`: nobody is filmed who has not put down a card. After a fault it is
 * tried again as soon as a device is plugged in, and every three seconds.
 */
export function useCamera(wanted: boolean, wish: CameraWish = forFaces): DoorCamera {
  const [camera, setCamera] = useState<DoorCamera>({ kind: 'off' });
  const { deviceId, idealHeight } = wish;

  useEffect(() => {
    if (!wanted) return setCamera({ kind: 'off' });
    const media = navigator.mediaDevices;
    // Outside a secure context (plain http on the network) the browser has no cameras at all.
    if (media === undefined) return setCamera({ kind: 'fault', fault: 'failed' });
    let over = false;
    let stream: MediaStream | null = null;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const fail = (fault: CameraFault) => {
      if (over) return;
      setCamera({ kind: 'fault', fault });
      waiting = setTimeout(open, 3000);
    };
    const open = async () => {
      waiting = undefined;
      try {
        const opened = await media.getUserMedia({
          audio: false,
          video: {
            ...(deviceId !== null && { deviceId: { ideal: deviceId } }),
            width: { ideal: Math.round((idealHeight * 16) / 9), min: 640 },
            height: { ideal: idealHeight, min: 480 },
            frameRate: { ideal: 15 },
          },
        });
        if (over) return stop(opened);
        stream = opened;
        opened.getVideoTracks()[0]?.addEventListener('ended', () => fail('unplugged'));
        setCamera({ kind: 'live', stream: opened });
      } catch (error) {
        fail(cameraFault(error));
      }
    };
    const plugged = () => {
      if (waiting === undefined) return;
      clearTimeout(waiting);
      void open();
    };
    media.addEventListener('devicechange', plugged);
    setCamera((now) => (now.kind === 'fault' ? now : { kind: 'starting' }));
    void open();
    return () => {
      over = true;
      clearTimeout(waiting);
      media.removeEventListener('devicechange', plugged);
      if (stream !== null) stop(stream);
    };
  }, [wanted, deviceId, idealHeight]);
  return camera;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Whether a camera is plugged in at all, without opening it; null until it is known. */
export function useCameraPresent(): boolean | null {
  const [present, setPresent] = useState<boolean | null>(null);
  useEffect(() => {
    const media = navigator.mediaDevices;
    if (media === undefined) return setPresent(false);
    const look = async () => setPresent((await media.enumerateDevices()).some((d) => d.kind === 'videoinput'));
    void look();
    media.addEventListener('devicechange', look);
    return () => media.removeEventListener('devicechange', look);
  }, []);
  return present;
}
