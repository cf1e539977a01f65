import type { LineTimings } from './sam-line.ts';

export interface SessionTimings extends LineTimings {
  /** Between two looks for a card; makers ask for 200 to 500 ms. */
  readonly pollMs: number;
  /** Wait before opening a lost line again: doubles from the first to the last. */
  readonly reopenFirstMs: number;
  readonly reopenLastMs: number;
  /** As `replyTimeoutMs`, for first words at a speed that is only a guess. */
  readonly trialTimeoutMs: number;
}

export const DEFAULT_TIMINGS: SessionTimings = {
  replyTimeoutMs: 5_000,
  settleMs: 150,
  pollMs: 250,
  reopenFirstMs: 250,
  reopenLastMs: 2_000,
  trialTimeoutMs: 1_000,
};
