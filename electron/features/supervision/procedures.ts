import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { SupervisionDeps } from './deps.ts';
import { maxStillBytes } from './protocol.ts';
import { answerRequest, putStill, requestViews, sendStill } from './requests.ts';
import { hearWindow } from './rooms.ts';
import { isWanted, lineNow, openLine, signal } from './service.ts';
import { liveSettings, setLive } from './settings.ts';
import { openRequests } from './store.ts';
import { endViewHere, viewsNow } from './views.ts';

/** Requests an office is shown; the journal has all of them. */
const shownRequests = 30;

export function supervisionProcedures(os: Implementer, deps: SupervisionDeps) {
  const on = os.supervision;
  const roomKnown = (roomId: string): boolean => deps.book()?.room(roomId) !== undefined;
  return {
    state: on.state.handler(() => ({
      settings: liveSettings(deps),
      line: lineNow(deps),
      views: viewsNow(deps),
      sending: [...Map.groupBy(deps.live.resources.values(), (r) => r.roomId)].map(([roomId, streams]) => ({
        roomId,
        sinceMs: Math.min(...streams.map((s) => s.sinceMs)),
      })),
      requests: requestViews(deps, shownRequests),
    })),
    setLive: on.setLive.handler(({ input, errors, context }) => {
      const set = answer(setLive(deps, context.caller, input), errors);
      openLine(deps);
      deps.changed();
      return set;
    }),
    answer: on.answer.handler(({ input, errors, context }) =>
      answer(answerRequest(deps, context.caller, input), errors),
    ),
    still: on.still.handler(({ input, errors }) => {
      const still = deps.live.stills.get(input.requestId);
      if (still?.kind !== 'taken') throw errors.NO_SUCH_IMAGE();
      return new Blob([new Uint8Array(still.jpeg)], { type: 'image/jpeg' });
    }),
    sendStill: on.sendStill.handler(async ({ input, errors, context }) =>
      answer(await sendStill(deps, context.caller, input), errors),
    ),
    endView: on.endView.handler(({ input, errors, context }) =>
      answer(endViewHere(deps, context.caller, input.viewId), errors),
    ),
    room: on.room.handler(({ input: { roomId }, errors }) => {
      if (!roomKnown(roomId)) throw errors.NO_SUCH_ROOM();
      const { way, address } = liveSettings(deps);
      return {
        way,
        host: way === 'none' ? '' : (URL.parse(address.replace(/[{}]/g, ''))?.host ?? ''),
        line: lineNow(deps),
        wanted: isWanted(deps, roomId),
        size: deps.live.sizes.get(roomId) ?? 'small',
        views: viewsNow(deps).filter((v) => v.roomId === roomId),
        stills: openRequests(deps.db)
          .filter((r) => r.roomId === roomId && deps.live.stills.get(r.requestId)?.kind === 'taking')
          .map(({ requestId, cameraId, by }) => ({ requestId, cameraId, by })),
        lost: deps.live.lost.get(roomId) ?? 0,
      };
    }),
    signal: on.signal.handler(async ({ input, errors, context }) => {
      const { roomId, windowId, request } = input;
      if (!roomKnown(roomId)) throw errors.NO_SUCH_ROOM();
      const reply = await signal(deps, context.caller, { roomId, windowId }, request);
      if (reply.ok) return reply.value;
      throw errors.SIGNAL_FAILED({ data: { reason: reply.error } });
    }),
    report: on.report.handler(({ input: { roomId, windowId, cameras }, errors }) => {
      if (!roomKnown(roomId)) throw errors.NO_SUCH_ROOM();
      hearWindow(deps, roomId, windowId, cameras);
      return {};
    }),
    putStill: on.putStill.handler(async ({ input, errors, context }) => {
      const { requestId, takenAtMs, still } = input;
      if (still !== null && still.size > maxStillBytes) throw errors.NOT_A_PICTURE();
      const jpeg = still === null ? null : new Uint8Array(await still.arrayBuffer());
      return answer(putStill(deps, context.caller, { requestId, takenAtMs, jpeg }), errors);
    }),
  };
}
