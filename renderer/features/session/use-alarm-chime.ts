import { useEffect } from 'react';
import type { Alarm } from '../../../electron/features/session/contract.ts';
import { play } from '../../ui/sounds.ts';

const chimeEveryMs = 10_000;

/** A room that is not being recorded is heard in the office, whatever page it shows, until the camera is back. */
export function useAlarmChime(alarms: readonly Alarm[] | undefined): void {
  const silent = alarms?.some((a) => a.code === 'camera-silent' || a.code === 'camera-not-started') ?? false;
  useEffect(() => {
    if (!silent) return;
    play('chime');
    const timer = setInterval(() => play('chime'), chimeEveryMs);
    return () => clearInterval(timer);
  }, [silent]);
}
