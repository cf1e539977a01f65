import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { type PurgeDeps, purgeView, readyVideo, runPurge } from './service.ts';
import { findPurge } from './store.ts';

export const purgeProcedures = (os: Implementer, deps: PurgeDeps) => ({
  of: os.purge.of.handler(({ input, errors }) => answer(purgeView(deps, input.sessionId), errors)),
  readyVideo: os.purge.readyVideo.handler(() => readyVideo(deps)),
  run: os.purge.run.handler(async ({ input, context, errors }) =>
    answer(await runPurge(deps, context.caller, input), errors),
  ),
  certificate: os.purge.certificate.handler(({ input, errors }) => {
    const found = findPurge(deps.db, input.purgeId);
    if (!found) throw errors.NO_SUCH_PURGE();
    return { text: found.certificate, signature: found.signature };
  }),
});
