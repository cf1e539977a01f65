import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { journalSeed } from '../draw/journal-seed.ts';
import type { SessionState } from '../session/contract.ts';
import type { Inspection } from './contract.ts';
import type { InspectionsDeps } from './deps.ts';
import { inspectionsEvents } from './events.ts';
import { drawableRooms, drawInspection, sortedIds } from './inspection-draw.ts';
import type { PublishedInspection } from './published-inspection.ts';
import { findInspection, insertInspection, inspectionsIn } from './store.ts';
import { inspectionView } from './view.ts';

export type DrawError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'WRONG_STATE'; data: { state: SessionState } }
  | { code: 'NOBODY_INSIDE' }
  | { code: 'NO_INSPECTOR' };

/** Draws one inspection, in one commit with its entry. What it cannot be drawn from now is refused, on record. */
export function drawNow(
  deps: InspectionsDeps,
  caller: Caller,
  { sessionId }: { sessionId: string },
): Result<Inspection, DrawError> {
  const done = inTransaction(deps.db, (w): Result<string, DrawError> => {
    const state = deps.sessionState(sessionId);
    if (state === null) return err({ code: 'NO_SUCH_SESSION' });
    const refuse = (error: DrawError) => {
      deps.journal.append(w, actorOf(caller), inspectionsEvents.drawRefused, { code: error.code }, sessionId);
      return err(error);
    };
    if (state === 'sealed') return err({ code: 'WRONG_STATE', data: { state } });
    if (state !== 'open' && state !== 'running') return refuse({ code: 'WRONG_STATE', data: { state } });
    const before = inspectionsIn(w, sessionId);
    const inside = Map.groupBy(deps.inside(w, sessionId), (c) => c.roomId);
    if (inside.size === 0) return refuse({ code: 'NOBODY_INSIDE' });
    const busy = before.flatMap((i) => (i.result === null ? [i.drawn.inspectorId] : []));
    const inspectors = sortedIds(deps.supervisorsHere().filter((id) => !busy.includes(id)));
    if (inspectors.length === 0) return refuse({ code: 'NO_INSPECTOR' });
    const rooms = drawableRooms(
      [...inside.keys()],
      before.map((i) => i.drawn.roomId),
    );
    const present = (roomId: string) => sortedIds((inside.get(roomId) ?? []).map((c) => c.candidateId));
    const count = deps.rules(sessionId)['supervision.inspection-candidates'];
    const basis = { sessionId, nth: before.length + 1, ...journalSeed(deps.journal), rooms, inspectors, count };
    const drawn = drawInspection({ ...basis, inside: present });
    const published: PublishedInspection = {
      format: 'kaodian-inspection-draw/1',
      ...basis,
      present: present(drawn.roomId),
      ...drawn,
    };
    const inspectionId = newId('I');
    const { format: _format, sessionId: _session, ...data } = published;
    const seq = deps.journal.append(w, actorOf(caller), inspectionsEvents.drawn, { inspectionId, ...data }, sessionId);
    insertInspection(w, { inspectionId, drawn: published, atMs: deps.clock.wallMs(), seq });
    return ok(inspectionId);
  });
  if (!done.ok) return done;
  deps.changed();
  return ok(inspectionView(deps, findInspection(deps.db, done.value)!));
}
