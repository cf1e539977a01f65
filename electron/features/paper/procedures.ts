import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { countAgain, countPaper } from './count-paper.ts';
import type { PaperDeps } from './deps.ts';
import { addScan, openScan, removeScan } from './scans.ts';
import { readPaper } from './view.ts';

export const paperProcedures = (os: Implementer, deps: PaperDeps) => ({
  view: os.paper.view.handler(({ input, context, errors }) =>
    answer(readPaper(deps, context.caller, input.sessionId), errors),
  ),
  count: os.paper.count.handler(async ({ input, context, errors }) =>
    answer(await countPaper(deps, context.caller, input), errors),
  ),
  countAgain: os.paper.countAgain.handler(({ input, context, errors }) =>
    answer(countAgain(deps, context.caller, input), errors),
  ),
  addScan: os.paper.addScan.handler(async ({ input, context, errors }) => {
    const { file, ...wish } = input;
    return answer(await addScan(deps, context.caller, { ...wish, bytes: await file.bytes() }), errors);
  }),
  removeScan: os.paper.removeScan.handler(({ input, context, errors }) =>
    answer(removeScan(deps, context.caller, input), errors),
  ),
  scan: os.paper.scan.handler(async ({ input, errors }) => {
    const { bytes, mediaType } = answer(await openScan(deps, input), errors);
    return new Blob([new Uint8Array(bytes)], { type: mediaType });
  }),
});
