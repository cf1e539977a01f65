import type { PurgeKind } from './contract.ts';

const DAY_MS = 24 * 3_600_000;

/** Which evidence each kind of purge takes: faces and documents of candidates, or recordings. Signatures and texts stay. */
export const EVIDENCE_OF: Record<PurgeKind, readonly string[]> = {
  photographs: ['plan-photo', 'live-face', 'card-photo', 'card-picture', 'document-picture', 'recheck-face'],
  video: ['video'],
};

/** The clause of the rule pack that says how long each kind is kept. */
export const CLAUSE_OF = {
  photographs: 'purge.photographs-after-days',
  video: 'purge.video-after-days',
} as const satisfies Record<PurgeKind, string>;

/** The earliest moment: so many whole days after the session was over. */
export const purgeFrom = (sessionEndMs: number, days: number): number => sessionEndMs + days * DAY_MS;

export type PurgeForbidden =
  | { code: 'PURGE_NO_RECEIPT' }
  | { code: 'PURGE_TOO_EARLY'; data: { fromMs: number } }
  | { code: 'PURGE_NOTHING_LEFT' };

/**
 * What forbids to purge now; null: nothing. Without the centre's receipt nothing is ever taken away, however old it is.
 *
 * @param files  still on this machine
 */
export function purgeForbidden(facts: {
  hasReceipt: boolean;
  nowMs: number;
  fromMs: number;
  files: number;
}): PurgeForbidden | null {
  if (!facts.hasReceipt) return { code: 'PURGE_NO_RECEIPT' };
  if (facts.nowMs < facts.fromMs) return { code: 'PURGE_TOO_EARLY', data: { fromMs: facts.fromMs } };
  return facts.files === 0 ? { code: 'PURGE_NOTHING_LEFT' } : null;
}
