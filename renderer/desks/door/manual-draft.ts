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

/** What admission by hand still wants. */
export type MissingPart = 'checks' | 'note' | 'second' | 'pin';

/** The missing parts, in the order in which they are done. */
export function missingParts(done: {
  allSeen: boolean;
  explained: boolean;
  secondChosen: boolean;
  pinWhole: boolean;
}): MissingPart[] {
  const parts: [MissingPart, boolean][] = [
    ['checks', done.allSeen],
    ['note', done.explained],
    ['second', done.secondChosen],
    ['pin', done.pinWhole],
  ];
  return parts.filter(([, isDone]) => !isDone).map(([part]) => part);
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
