import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { StaffId } from '../../lib/ids.ts';
import type { SessionOverview } from './contract.ts';
import { closeSession, markMoment, openSession, type SessionDeps, sessionRow } from './service.ts';

export type SessionProcedureDeps = SessionDeps & { overview: (sessionId: string) => Promise<SessionOverview> };

export const sessionProcedures = (os: Implementer, deps: SessionProcedureDeps) => ({
  list: os.session.list.handler(() => (deps.book()?.plan.sessions ?? []).map((s) => sessionRow(deps, s))),
  overview: os.session.overview.handler(async ({ input, errors }) => {
    if (!deps.book()?.session(input.sessionId)) throw errors.NO_SUCH_SESSION();
    return deps.overview(input.sessionId);
  }),
  open: os.session.open.handler(async ({ input, context, errors }) =>
    answer(await openSession(deps, context.caller, input.sessionId), errors),
  ),
  close: os.session.close.handler(({ input, context, errors }) =>
    answer(closeSession(deps, context.caller, input), errors),
  ),
  mark: os.session.mark.handler(({ input, context, errors }) => {
    const { atMs, by } = answer(markMoment(deps, context.caller, input), errors);
    return { atMs, by: by as StaffId };
  }),
});
