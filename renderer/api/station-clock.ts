import { useEffect, useState } from 'react';
import { createStore } from './store.ts';

/** How far the station's wall clock is ahead of this computer's, in ms. */
const offsetMs = createStore(0);

/** Takes over the station's time as an event carried it. A LAN desk's own clock may be wrong by minutes. */
export function heardStationTime(wallMs: number): void {
  const heard = wallMs - Date.now();
  // Transport delay makes the offset jitter by some ms; only a real difference may move the clock on the screen.
  if (Math.abs(heard - offsetMs.get()) > 150) offsetMs.set(heard);
}

/** Wall time of the station now, in ms since 1970. */
export const stationNowMs = (): number => Date.now() + offsetMs.get();

/** Wall time of the station, renewed at every full second of it. */
export function useStationClock(): number {
  const offset = offsetMs.use();
  const [nowMs, setNowMs] = useState(() => Date.now() + offset);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const now = Date.now() + offset;
      setNowMs(now);
      timer = setTimeout(tick, 1000 - (((now % 1000) + 1000) % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [offset]);
  return nowMs;
}
