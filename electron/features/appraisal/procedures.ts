import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { type AppraisalDeps, giveAppraisal, readAppraisals } from './service.ts';

export const appraisalProcedures = (os: Implementer, deps: AppraisalDeps) => ({
  view: os.appraisal.view.handler(({ input, errors }) => answer(readAppraisals(deps, input), errors)),
  give: os.appraisal.give.handler(async ({ input, context, errors }) =>
    answer(await giveAppraisal(deps, context.caller, input), errors),
  ),
});
