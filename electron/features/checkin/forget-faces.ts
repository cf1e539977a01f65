import type { Doors } from './deps.ts';
import type { OpenAttempt } from './open-attempt.ts';

/**
 * Drops what open attempts hold of a candidate's face, who has declined its comparison: pictures and templates. None of
 * them has reached a disk.
 */
export function forgetFaces(doors: Doors, candidateId: string): void {
  for (const { attempt } of doors.values()) {
    if (attempt?.candidate?.candidateId === candidateId) forgetFace(attempt);
  }
}

/**
 * As `forgetFaces`. That the face was taken for somebody else's stays: declining does not settle it, and it is ids and numbers.
 * Who agrees after all shows everything afresh: a turn that was done speaks for no later face.
 */
export function forgetFace(a: OpenAttempt): void {
  const failed = a.liveness.kind === 'failed';
  Object.assign(a, {
    frames: [],
    picture: null,
    likeSought: null,
    liveness: failed ? a.liveness : { kind: 'not-asked' },
    turnFact: failed ? a.turnFact : null,
    turn: null,
    cardEmbedding: null,
    planEmbedding: null,
  } satisfies Partial<OpenAttempt>);
}
