import { answer } from '../../../contract/answer.ts';
import type { Implementer } from '../../../contract/implementer.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { AssignmentDeps } from '../deps.ts';
import { prepareDraw } from './prepare.ts';
import { applyDraw, cancelDraw, publishedDraw, runDraw } from './result.ts';
import { openShare, type ShareWish, sealShare } from './shares.ts';
import { drawsFor, findDraw } from './store.ts';
import { drawView, viewOf } from './view.ts';

export function drawHandlers(os: Implementer, deps: AssignmentDeps) {
  const on = os.assignment.draw;
  return {
    list: on.list.handler(({ input }) =>
      drawsFor(deps.db, input.sessionId)
        .toReversed()
        .map((draw) => viewOf(deps, draw)),
    ),
    read: on.read.handler(({ input, errors }) => {
      const view = drawView(deps, deps.db, input.drawId);
      if (view === null) throw errors.NO_SUCH_DRAW();
      return view;
    }),
    prepare: on.prepare.handler(async ({ input, errors, context }) =>
      answer(await prepareDraw(deps, context.caller, input), errors),
    ),
    sealShare: on.sealShare.handler(async ({ input, errors, context }) => {
      const { drawId, party, supervisor } = input;
      const share: ShareWish =
        input.share.by === 'file'
          ? {
              by: 'file',
              name: input.share.file.name,
              bytes: new Uint8Array(await input.share.file.arrayBuffer()),
            }
          : input.share;
      const wish = { drawId, party, share, ...(supervisor ? { supervisor } : {}) };
      return answer(await sealShare(deps, context.caller, wish), errors);
    }),
    openShare: on.openShare.handler(({ input, errors, context }) => {
      const { drawId, party, share } = input;
      const wish = { drawId, party, ...(share === undefined ? {} : { share }) };
      return answer(openShare(deps, context.caller, wish), errors);
    }),
    run: on.run.handler(async ({ input, errors, context }) =>
      answer(await runDraw(deps, context.caller, input), errors),
    ),
    apply: on.apply.handler(({ input, errors, context }) => answer(applyDraw(deps, context.caller, input), errors)),
    cancel: on.cancel.handler(({ input, errors, context }) => answer(cancelDraw(deps, context.caller, input), errors)),
    published: on.published.handler(({ input, errors }) => {
      const draw = findDraw(deps.db, input.drawId);
      if (draw === null) throw errors.NO_SUCH_DRAW();
      const published = publishedDraw(draw);
      if (published === null) throw errors.DRAW_ELSEWHERE({ data: { stage: draw.stage } });
      return new File([canonicalJson(published)], `${draw.drawId}.json`, { type: 'application/json' });
    }),
  };
}
