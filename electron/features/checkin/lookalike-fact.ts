import type { Lookalike } from './attempt-schema.ts';

/** A lookalike for journal and record: ids and numbers, neither names nor the reason of a block. */
export interface LikeFact {
  kind: Lookalike['kind'];
  /** A candidate's, or of the block list. */
  id: string;
  /** The attempt that admitted them; null for the block list. */
  attemptId: string | null;
  score: number;
  threshold: number;
}

export const likeFact = (like: Lookalike): LikeFact => ({
  kind: like.kind,
  id: like.kind === 'admitted' ? like.candidateId : like.blockedId,
  attemptId: like.kind === 'admitted' ? like.attemptId : null,
  score: like.score,
  threshold: like.threshold,
});
