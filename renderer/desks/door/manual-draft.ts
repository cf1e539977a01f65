import { useState } from 'react';
import type { Lane, ManualReason } from '../../../electron/features/checkin/contract.ts';
import { stationNowMs } from '../../api/station-clock.ts';

/** What two persons have done so far. It begins empty for every person at the door: nothing is ticked beforehand. */
export interface ManualDraft {
  checks: readonly [boolean, boolean, boolean, boolean];
  /** When the last of the four was ticked, by the station's clock. */
  seenAtMs: number | null;
  reason: ManualReason | null;
  note: string;
  second: Lane['secondPersons'][number]['staffId'] | null;
  pin: string;
}

const empty: ManualDraft = {
  checks: [false, false, false, false],
  seenAtMs: null,
  reason: null,
  note: '',
  second: null,
  pin: '',
};

export function useManualDraft(): {
  draft: ManualDraft;
  change: (part: Partial<ManualDraft>) => void;
  tick: (index: number) => void;
} {
  const [draft, setDraft] = useState(empty);
  return {
    draft,
    change: (part) => setDraft((now) => ({ ...now, ...part })),
    tick: (index) =>
      setDraft((now) => {
        const checks = now.checks.map((on, i) => (i === index ? !on : on)) as unknown as ManualDraft['checks'];
        const all = checks.every(Boolean);
        return { ...now, checks, seenAtMs: all ? stationNowMs() : null, pin: all ? now.pin : '' };
      }),
  };
}
