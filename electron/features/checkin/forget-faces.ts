import type { Doors } from './deps.ts';

/**
 * Drops what open attempts hold of a candidate's face, who has declined its comparison: pictures, templates, and whom the
 * face was taken for. Nothing of it has reached a disk.
 */
export function forgetFaces(doors: Doors, candidateId: string): void {
  for (const { attempt } of doors.values()) {
    if (attempt?.candidate?.candidateId !== candidateId) continue;
    Object.assign(attempt, {
      frames: [],
      picture: null,
      like: null,
      likeSought: null,
      turn: null,
      cardEmbedding: null,
      planEmbedding: null,
    });
  }
}
