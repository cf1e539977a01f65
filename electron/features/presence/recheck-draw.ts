import { seedBytes } from '../draw/journal-seed.ts';
import { seededOrder } from '../draw/seeded-order.ts';

/** First at the session's start, from those present; then at the late limit, from those who came since. */
export type Round = 1 | 2;

/**
 * How many of those who stand in a round are re-checked: so many of a hundred, rounded up, and in both rounds together at
 * least `least`; never more than there are. Rule pack: admission.rechecks-per-hundred, admission.rechecks-least.
 *
 * @param before  drawn in the round before
 */
export const recheckCount = (
  present: number,
  rules: { 'admission.rechecks-per-hundred': number; 'admission.rechecks-least': number },
  before: number,
): number =>
  Math.min(
    present,
    Math.max(
      Math.ceil((present * rules['admission.rechecks-per-hundred']) / 100),
      rules['admission.rechecks-least'] - before,
      0,
    ),
  );

export interface RecheckWish {
  /** Merkle root of the journal before the draw's own entry, lower-case hex. */
  root: string;
  sessionId: string;
  round: Round;
  /** Candidate ids; their order does not matter. */
  present: readonly string[];
  count: number;
  beginMs: number;
  /** Planned end of the session. */
  endsAtMs: number;
}

export interface DrawnRecheck {
  candidateId: string;
  dueAtMs: number;
}

/**
 * Whom to re-check and when, to the byte: `seededOrder` for the purpose `rechecks <round>` puts the ids, sorted as bytes, in
 * an order, and the first `count` are drawn. The first nine tenths of the time left are divided into `count` equal
 * stretches of whole milliseconds; the i-th drawn is due in the i-th stretch, at its begin and a number below its length,
 * taken from the same stream in that order. The last tenth is left free, so that nobody is asked while packing up.
 */
export function drawRechecks(wish: RecheckWish): DrawnRecheck[] {
  const { root, sessionId, round, present, count, beginMs, endsAtMs } = wish;
  if (count === 0) return [];
  const chance = seededOrder(seedBytes({ root }, sessionId), `rechecks ${round}`);
  const drawn = chance.permutation([...present].sort((a, b) => (a < b ? -1 : 1))).slice(0, count);
  const stretchMs = Math.max(1, Math.floor((Math.max(0, endsAtMs - beginMs) * 9) / 10 / count));
  return drawn.map((candidateId, i) => ({ candidateId, dueAtMs: beginMs + i * stretchMs + chance.below(stretchMs) }));
}
