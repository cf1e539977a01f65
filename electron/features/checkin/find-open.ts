import { err, ok, type Result } from '../../lib/result.ts';
import type { Attempt } from './contract.ts';
import type { DoorDeps, Doors } from './deps.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { findRecord } from './store.ts';

export type AttemptError = { code: 'ATTEMPT_CLOSED'; data: { attempt: Attempt } } | { code: 'NO_SUCH_ATTEMPT' };

/** The open attempt of this id, or what became of it. */
export function findOpen(deps: DoorDeps & { doors: Doors }, attemptId: string): Result<OpenAttempt, AttemptError> {
  for (const door of deps.doors.values()) if (door.attempt?.attemptId === attemptId) return ok(door.attempt);
  const record = findRecord(deps.db, attemptId);
  return record ? err({ code: 'ATTEMPT_CLOSED', data: { attempt: record.attempt } }) : err({ code: 'NO_SUCH_ATTEMPT' });
}
