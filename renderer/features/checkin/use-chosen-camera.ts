import { useEffect, useState } from 'react';
import { type DoorCamera, useCamera } from './use-camera.ts';

export interface ChosenCamera {
  camera: DoorCamera;
  deviceId: string | null;
  /** Names of all cameras, where there is more than one to choose from. */
  devices: readonly { deviceId: string; label: string }[];
  choose: (deviceId: string) => void;
}

const key = 'kaodian.card-camera';

/** The camera that looks at documents: a second one on a stand, where a door has one. Remembered by this computer. */
export function useChosenCamera(wanted: boolean, idealHeight: number): ChosenCamera {
  const [deviceId, setDevice] = useState<string | null>(() => localStorage.getItem(key));
  const [devices, setDevices] = useState<ChosenCamera['devices']>([]);
  const camera = useCamera(wanted, { deviceId, idealHeight });
  const isOpen = camera.kind === 'live';
  useEffect(() => {
    // Names are there only once a camera has been opened.
    if (!isOpen) return;
    const media = navigator.mediaDevices;
    const look = async () => {
      const cameras = (await media.enumerateDevices()).filter((d) => d.kind === 'videoinput' && d.deviceId !== '');
      setDevices(cameras.length > 1 ? cameras.map((d) => ({ deviceId: d.deviceId, label: d.label })) : []);
    };
    void look();
    media.addEventListener('devicechange', look);
    return () => media.removeEventListener('devicechange', look);
  }, [isOpen]);
  const choose = (chosen: string) => {
    localStorage.setItem(key, chosen);
    setDevice(chosen);
  };
  return { camera, deviceId, devices, choose };
}
