import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { bookmark } from './bookmark.ts';
import type { TimelineDeps } from './deps.ts';
import { cutClip, keepStill, takePiece } from './keep.ts';
import { beginLookUp } from './look-up.ts';
import { playSegment } from './play.ts';
import { roomTimeline } from './room-timeline.ts';

export const timelineProcedures = (os: Implementer, deps: TimelineDeps) => ({
  begin: os.timeline.begin.handler(({ input, context, errors }) =>
    answer(beginLookUp(deps, context.caller, input), errors),
  ),
  room: os.timeline.room.handler(({ input, context, errors }) =>
    answer(roomTimeline(deps, context.caller, input.lookUpId), errors),
  ),
  segment: os.timeline.segment.handler(async ({ input, context, errors }) =>
    answer(await playSegment(deps, context.caller, input), errors),
  ),
  bookmark: os.timeline.bookmark.handler(({ input, context, errors }) =>
    answer(bookmark(deps, context.caller, input), errors),
  ),
  cutClip: os.timeline.cutClip.handler(async ({ input, context, errors }) =>
    answer(await cutClip(deps, context.caller, input), errors),
  ),
  keepStill: os.timeline.keepStill.handler(async ({ input, context, errors }) =>
    answer(await keepStill(deps, context.caller, input), errors),
  ),
  takePiece: os.timeline.takePiece.handler(async ({ input, context, errors }) =>
    answer(await takePiece(deps, context.caller, input), errors),
  ),
});
