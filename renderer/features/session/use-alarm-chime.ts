import { useEffect } from 'react';
import type { Alarm } from '../../../electron/features/session/contract.ts';
import { play } from '../../ui/sounds.ts';

const chimeEveryMs = 10_000;
const heard: ReadonlySet<Alarm['code']> = new Set(['camera-silent', 'camera-not-started', 'impersonation']);

/**
 * A room that is not being recorded, or a door that calls the lead, is heard in the office, whatever page it shows, until the
 * camera is back or the lead has been there.
 */
export function useAlarmChime(alarms: readonly Alarm[] | undefined): void {
  const silent = alarms?.some((a) => heard.has(a.code)) ?? false;
  useEffect(() => {
    if (!silent) return;
    play('chime');
    const timer = setInterval(() => play('chime'), chimeEveryMs);
    return () => clearInterval(timer);
  }, [silent]);
}
