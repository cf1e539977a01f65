import { useEffect } from 'react';
import type { Alarm } from '../../../electron/features/session/contract.ts';
import { play } from '../../ui/sounds.ts';

const chimeEveryMs = 10_000;
const heard: ReadonlySet<Alarm['code']> = new Set([
  'camera-silent',
  'camera-weak',
  'camera-not-started',
  'disk-low',
  'impersonation',
  'impersonation-late',
]);

/**
 * A room that is not being recorded as it should be, a disk that runs full, or a door that calls the lead, is heard in the
 * office, whatever page it shows, until that is over or the lead has been there. A clock that was set is heard once.
 */
export function useAlarmChime(alarms: readonly Alarm[] | undefined): void {
  const silent = alarms?.some((a) => heard.has(a.code)) ?? false;
  useEffect(() => {
    if (!silent) return;
    play('chime');
    const timer = setInterval(() => play('chime'), chimeEveryMs);
    return () => clearInterval(timer);
  }, [silent]);
  const jumped = alarms?.find((a) => a.code === 'clock-jump')?.sinceMs ?? null;
  useEffect(() => {
    if (jumped !== null) play('amber');
  }, [jumped]);
}
