import { actorOf, type Caller, theStation } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { View } from './contract.ts';
import type { SupervisionDeps } from './deps.ts';
import { supervisionEvents } from './events.ts';
import type { ViewEnd } from './protocol-words.ts';
import { viewEndDue } from './rules.ts';
import { liveSettings } from './settings.ts';
import { insertViewEnd, openViews, type ViewRow } from './store.ts';

/** Who looks into which room now, the longest first. */
export const viewsNow = (deps: SupervisionDeps): View[] =>
  openViews(deps.db).map(({ viewId, roomId, sessionId, by, sinceMs }) => ({ viewId, roomId, sessionId, by, sinceMs }));

function endView(deps: SupervisionDeps, caller: Caller, view: ViewRow, reason: ViewEnd): void {
  const { viewId, roomId, sessionId, sinceMs } = view;
  const onRecord = deps.sessionState(sessionId) === 'sealed' ? null : sessionId;
  inTransaction(deps.db, (w) => {
    insertViewEnd(w, { viewId, reason, atMs: deps.clock.wallMs() });
    const data = { viewId, roomId, reason, sinceMs };
    deps.journal.append(w, actorOf(caller, 'site-lead'), supervisionEvents.viewEnded, data, onRecord);
  });
  if (!openViews(deps.db).some((v) => v.roomId === roomId)) deps.live.sizes.delete(roomId);
  deps.live.line?.tell({ kind: 'view-ended', viewId, reason });
  deps.changed();
}

/** The site ends somebody's look. */
export function endViewHere(
  deps: SupervisionDeps,
  caller: Caller,
  viewId: string,
): Result<Record<string, never>, { code: 'VIEW_OVER' }> {
  const view = openViews(deps.db).find((v) => v.viewId === viewId);
  if (view === undefined) return err({ code: 'VIEW_OVER' });
  endView(deps, caller, view, 'site');
  return ok({});
}

/** The centre looks no longer. */
export function endViewThere(deps: SupervisionDeps, viewId: string): void {
  const view = openViews(deps.db).find((v) => v.viewId === viewId);
  if (view !== undefined) endView(deps, theStation, view, 'centre');
}

/** A new line: looks that only one side knows of are over on the other. */
export function compareViews(deps: SupervisionDeps, held: readonly string[]): void {
  const open = openViews(deps.db);
  for (const view of open) if (!held.includes(view.viewId)) endView(deps, theStation, view, 'forgotten');
  for (const viewId of held) {
    if (!open.some((v) => v.viewId === viewId)) {
      deps.live.line?.tell({ kind: 'view-ended', viewId, reason: 'forgotten' });
    }
  }
}

/** Every second: looks that may not go on are ended. */
export function endDueViews(deps: SupervisionDeps): void {
  const { way } = liveSettings(deps);
  const { lineAwaySinceMs } = deps.live;
  const lineAwayMs = lineAwaySinceMs === null ? null : deps.clock.monotonicMs() - lineAwaySinceMs;
  for (const view of openViews(deps.db)) {
    const due = viewEndDue({ sessionState: deps.sessionState(view.sessionId) }, { way, lineAwayMs });
    if (due !== null) endView(deps, theStation, view, due);
  }
}
