import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { acceptShortness } from './accept.ts';
import type { CoverageDeps } from './deps.ts';
import { sessionCoverage } from './service.ts';

export const coverageProcedures = (os: Implementer, deps: CoverageDeps) => ({
  session: os.coverage.session.handler(({ input, errors }) => answer(sessionCoverage(deps, input.sessionId), errors)),
  accept: os.coverage.accept.handler(async ({ input, context, errors }) =>
    answer(await acceptShortness(deps, context.caller, input), errors),
  ),
});
