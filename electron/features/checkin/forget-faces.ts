import type { Doors } from './deps.ts';
import type { OpenAttempt } from './open-attempt.ts';

/**
 * Drops what open attempts hold of a candidate's face, who has declined its comparison: pictures, templates, and whom the
 * face was taken for. Nothing of it has reached a disk.
 */
export function forgetFaces(doors: Doors, candidateId: string): void {
  for (const { attempt } of doors.values()) {
    if (attempt?.candidate?.candidateId === candidateId) forgetFace(attempt);
  }
}

/** As `forgetFaces`. Who agrees after all shows everything afresh: a turn that was done speaks for no later face. */
export function forgetFace(a: OpenAttempt): void {
  const failed = a.liveness.kind === 'failed';
  Object.assign(a, {
    frames: [],
    picture: null,
    like: null,
    likeSought: null,
    likeSettled: null,
    liveness: failed ? a.liveness : { kind: 'not-asked' },
    turnFact: failed ? a.turnFact : null,
    turn: null,
    cardEmbedding: null,
    planEmbedding: null,
  } satisfies Partial<OpenAttempt>);
}
