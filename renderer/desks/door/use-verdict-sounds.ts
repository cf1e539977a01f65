import { useEffect } from 'react';
import type { DoorScene } from '../../features/checkin/door-scene.ts';
import { play } from '../../ui/sounds.ts';

/** Two falling tones when a person must look or go elsewhere, three low ones when a rule stops. Passing is silent until it is saved. */
export function useVerdictSounds(scene: DoorScene | undefined, foundLate: number): void {
  // Somebody who is inside already: heard whoever stands here now.
  useEffect(() => {
    if (foundLate > 0) play('stop');
  }, [foundLate]);
  const kind = scene?.kind;
  const called = scene?.kind === 'manual' && scene.called;
  const attemptId = scene !== undefined && 'attempt' in scene ? scene.attempt.attemptId : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same verdict about another person sounds again
  useEffect(() => {
    if (kind === 'late') play('stop');
    else if (kind === 'not-here' || kind === 'unknown-person' || kind === 'already-in' || called) play('amber');
  }, [kind, called, attemptId]);
}
