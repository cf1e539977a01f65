import { isDefinedError, safe } from '@orpc/client';
import type { RoomId, SessionId } from '../../../electron/lib/ids.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { station } from '../../api/client.ts';
import { guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import type { MarkingRecord } from './open-marking.ts';

/** One panel's sheet of the signed-in examiner. */
export interface Panel {
  sessionId: SessionId;
  roomId: RoomId;
}

/** How long an unreachable station is left alone before its record is read again, in ms. */
const pauseMs = 2000;

export function stationRecord(panel: Panel): MarkingRecord {
  return {
    async mark(anonymousNumber, itemId, tenths, version) {
      const { error, data } = await safe(station.scoring.mark({ ...panel, anonymousNumber, itemId, tenths, version }));
      if (data !== undefined) return { kind: 'saved', atMs: data.savedAtMs, version: data.version };
      if (!isDefinedError(error)) {
        askWhoIsThere(error);
        return { kind: 'lost' };
      }
      switch (error.code) {
        case 'LOCKED':
        case 'NO_SUCH_CELL':
        case 'OVER_MAXIMUM':
        case 'OFF_STEP':
        case 'NOT_ON_PANEL':
          return { kind: 'refused', code: error.code };
        case 'CHANGED_ELSEWHERE':
          return { kind: 'refused', code: error.code, desk: error.data.desk };
        case 'NO_SUCH_SESSION':
        case 'SESSION_SEALED':
          return { kind: 'refused', code: 'SESSION_GONE' };
        default:
          return unreachable(error);
      }
    },
    async read() {
      const { error, data } = await safe(station.scoring.sheet(panel));
      if (error) askWhoIsThere(error);
      return data ?? null;
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
  };
}

/** A session that ran out is no lost connection: the desk asks for the person, and saves on once they are back. */
function askWhoIsThere(error: unknown): void {
  const refusal = guardRefusal(error);
  if (refusal !== null) askForSignIn(refusal);
}
