import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { InspectionsDeps } from './deps.ts';
import { drawNow } from './draw-now.ts';
import { recordResult, signInspection } from './record-result.ts';
import { findInspection } from './store.ts';
import { inspectionsView } from './view.ts';

export const inspectionsProcedures = (os: Implementer, deps: InspectionsDeps) => ({
  view: os.inspections.view.handler(({ input, errors }) => answer(inspectionsView(deps, input), errors)),
  draw: os.inspections.draw.handler(({ input, context, errors }) =>
    answer(drawNow(deps, context.caller, input), errors),
  ),
  record: os.inspections.record.handler(async ({ input, context, errors }) =>
    answer(await recordResult(deps, context.caller, input), errors),
  ),
  sign: os.inspections.sign.handler(async ({ input, context, errors }) =>
    answer(await signInspection(deps, context.caller, input), errors),
  ),
  published: os.inspections.published.handler(({ input, errors }) => {
    const row = findInspection(deps.db, input.inspectionId);
    if (row === null) throw errors.NO_SUCH_INSPECTION();
    return `${JSON.stringify(row.drawn, null, 2)}\n`;
  }),
});
