import { useEffect, useState } from 'react';
import { HeardClock } from './heard-clock.ts';
import { localMs } from './local-clock.ts';
import { createStore } from './store.ts';

const clock = new HeardClock();

/** The station's wall clock minus `localMs`. */
const offsetMs = createStore(0);

/**
 * Takes over the station's time as an event carried it. A LAN desk's own clock may be wrong by minutes.
 * @param monoMs  the station's monotonic time, where the event says it
 */
export function heardStationTime(wallMs: number, monoMs: number | null = null): void {
  const heard = clock.heard(wallMs, monoMs, localMs());
  // Transport delay makes the offset jitter by some ms; only a real difference may move the clock on the screen.
  if (Math.abs(heard - offsetMs.get()) > 150) offsetMs.set(heard);
}

/** Wall time of the station now, in ms since 1970. */
export const stationNowMs = (): number => localMs() + offsetMs.get();

/** Wall time of the station, renewed at every full second of it. */
export function useStationClock(): number {
  const offset = offsetMs.use();
  const [nowMs, setNowMs] = useState(() => localMs() + offset);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const now = localMs() + offset;
      setNowMs(now);
      timer = setTimeout(tick, 1000 - (((now % 1000) + 1000) % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [offset]);
  return nowMs;
}
