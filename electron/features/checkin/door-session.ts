import type { DoorDeps } from './deps.ts';

/** The session of a door that takes nobody any more: it was closed, and no other is to come. */
export interface SessionOver {
  code: 'WRONG_STATE';
  data: { state: 'closed' | 'sealed' };
}

export function sessionOver(deps: DoorDeps, roomId: string): SessionOver | null {
  const state = deps.sessionAt(roomId)?.state;
  return state === 'closed' || state === 'sealed' ? { code: 'WRONG_STATE', data: { state } } : null;
}

/** The session under which the door's refusals go on record; none once it is sealed: nothing is added to it then. */
export function sessionOnRecord(deps: DoorDeps, roomId: string): string | null {
  const at = deps.sessionAt(roomId);
  return at && at.state !== 'sealed' ? at.session.sessionId : null;
}
