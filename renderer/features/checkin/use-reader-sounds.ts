import { useEffect, useState } from 'react';
import type { DoorReader } from '../../../electron/features/checkin/contract.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { play } from '../../ui/sounds.ts';

/** Two ticks when the card is to be taken, again every 4 s while it lies there; three low tones when the reader goes. */
export function useReaderSounds(kind: DoorReader['kind'] | undefined): void {
  useEffect(() => {
    if (kind === 'lost') play('stop');
    if (kind !== 'take-away') return;
    play('take-card');
    const again = setInterval(() => play('take-card'), 4000);
    return () => clearInterval(again);
  }, [kind]);
}

/** Since when this window has seen the reader lost, by the station's clock; null while it is there. */
export function useLostSince(kind: DoorReader['kind'] | undefined): number | null {
  const [sinceMs, setSinceMs] = useState<number | null>(null);
  useEffect(() => setSinceMs(kind === 'lost' ? stationNowMs() : null), [kind]);
  return sinceMs;
}
