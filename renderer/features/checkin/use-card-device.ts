import { useEffect, useState } from 'react';

export interface CardDevice {
  deviceId: string | null;
  /** Names of all cameras, where there is more than one to choose from. */
  devices: readonly { deviceId: string; label: string }[];
  choose: (deviceId: string) => void;
}

const key = 'kaodian.card-camera';

/** Which camera looks at documents: a second one on a stand, where a door has one. Remembered by this computer. */
export function useCardDevice(opened: boolean): CardDevice {
  const [deviceId, setDevice] = useState<string | null>(() => localStorage.getItem(key));
  const [devices, setDevices] = useState<CardDevice['devices']>([]);
  // Names are there only once a camera has been opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when it has
  useEffect(() => {
    const media = navigator.mediaDevices;
    if (media === undefined) return;
    const look = async () => {
      const cameras = (await media.enumerateDevices()).filter((d) => d.kind === 'videoinput' && d.deviceId !== '');
      setDevices(cameras.length > 1 ? cameras.map((d) => ({ deviceId: d.deviceId, label: d.label })) : []);
    };
    void look();
    media.addEventListener('devicechange', look);
    return () => media.removeEventListener('devicechange', look);
  }, [opened]);
  const choose = (chosen: string) => {
    localStorage.setItem(key, chosen);
    setDevice(chosen);
  };
  return { deviceId, devices, choose };
}
