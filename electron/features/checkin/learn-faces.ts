import type { CheckinDeps } from './deps.ts';
import { compareAwaited, findLookalike } from './find-lookalike.ts';
import { buildKnownFaces, stillToLearn } from './known-faces.ts';

/**
 * Sees to it that the faces inside, and those of the block list, are known before anybody has to be compared with them: at the
 * station's start, when keys are opened, when a session opens, in the background. Called every second; costs nothing once
 * all are known. Whoever stands at a door, or was let in meanwhile, is compared as soon as they are.
 */
export function learnFaces(deps: CheckinDeps): void {
  for (const { sessionId } of deps.book()?.plan.sessions ?? []) {
    const state = deps.sessionState(sessionId);
    if (state === null || state === 'closed' || state === 'sealed') forgetAwaited(deps, sessionId);
    else if (stillToLearn(deps, sessionId) > 0) void buildKnownFaces(deps, sessionId).catch(() => undefined);
    else {
      compareWaiting(deps, sessionId);
      compareAwaited(deps, sessionId);
    }
  }
}

/** Who stands at a door with all frames taken: the desk may have no reason to send another. */
function compareWaiting(deps: CheckinDeps, sessionId: string): void {
  for (const { attempt: a } of deps.doors.values()) {
    if (!a || a.likeSought || a.session?.sessionId !== sessionId) continue;
    findLookalike(deps, a, { kind: 'station' });
    if (a.likeSought) deps.changed();
  }
}

/** Nobody is alarmed once the session is over. How many were not compared stands in the record. */
function forgetAwaited({ knownFaces: { awaited } }: CheckinDeps, sessionId: string): void {
  for (const a of awaited) if (a.session?.sessionId === sessionId) awaited.delete(a);
}
