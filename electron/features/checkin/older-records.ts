import type { Attempt, Decision } from './attempt-schema.ts';
import type { AttemptRecord } from './store.ts';

/** A record of any earlier version: members that came later may be missing. */
export type StoredRecord = Pick<AttemptRecord, 'by' | 'second' | 'engine' | 'frameSha256' | 'evidence'> &
  Partial<Omit<AttemptRecord, 'attempt' | 'manual'>> & {
    attempt: Omit<Attempt, Later | 'images' | 'decision'> &
      Partial<Pick<Attempt, Later>> & { images: Partial<Attempt['images']>; decision: StoredDecision };
    manual: (Omit<Manual, 'saw'> & Partial<Pick<Manual, 'saw'>>) | null;
  };
type StoredDecision = { kind: Decision['kind'] };
type Manual = NonNullable<AttemptRecord['manual']>;
type Later = 'lane' | 'nameOnCard' | 'consent' | 'liveness' | 'engine';

/**
 * A record in today's shape, for screens and rules: what an earlier station did not know is what it then meant. There was one
 * lane, nobody was asked to sign or to turn their head, no face was searched for, and nobody came back from a break. The
 * row itself is never rewritten: what is sealed is what was written.
 */
export function inTodaysShape(stored: StoredRecord): AttemptRecord {
  const { attempt, manual, engine } = stored;
  return {
    document: null,
    like: null,
    turn: null,
    ...stored,
    manual: manual && { saw: [], ...manual },
    attempt: {
      lane: 1,
      nameOnCard: null,
      consent: null,
      liveness: { kind: 'not-asked' },
      engine: engine?.name ?? null,
      ...attempt,
      images: { live: false, card: false, plan: false, like: false, document: false, ...attempt.images },
      decision: decisionToday(attempt.decision),
    },
  };
}

function decisionToday(decision: StoredDecision): Decision {
  const { kind } = decision;
  if (kind === 'admit' || kind === 'call-person') return { again: false, ...decision } as Decision;
  return (kind === 'already-in' ? { away: null, ...decision } : decision) as Decision;
}
