import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { boardOf } from './board.ts';
import { seatCandidates } from './candidates.ts';
import type { AssignmentDeps } from './deps.ts';
import { drawHandlers } from './draw/procedures.ts';
import { groundOf } from './facts.ts';
import { recuse, removeFromPanel } from './remove.ts';
import { takeSeat } from './seat.ts';
import { approveSoleProvider } from './sole-provider.ts';
import { submitAssignment } from './submit.ts';

export function assignmentProcedures(os: Implementer, deps: AssignmentDeps) {
  const on = os.assignment;
  return {
    board: on.board.handler(({ input, errors }) => {
      const board = boardOf(deps, deps.db, input.sessionId);
      if (board === null) throw errors.NO_SUCH_SESSION();
      return board;
    }),
    candidates: on.candidates.handler(({ input, errors }) => {
      const ground = groundOf(deps, deps.db, input.sessionId);
      if (ground === null) throw errors.NO_SUCH_SESSION();
      if (!ground.book.roomsOf(input.sessionId).some((r) => r.roomId === input.roomId)) throw errors.NO_SUCH_PLACE();
      return seatCandidates(deps.db, ground, input);
    }),
    seat: on.seat.handler(({ input, errors, context }) => answer(takeSeat(deps, context.caller, input), errors)),
    remove: on.remove.handler(({ input, errors, context }) =>
      answer(removeFromPanel(deps, context.caller, input), errors),
    ),
    submit: on.submit.handler(({ input, errors, context }) =>
      answer(submitAssignment(deps, context.caller, input), errors),
    ),
    recuse: on.recuse.handler(async ({ input, errors, context }) =>
      answer(await recuse(deps, context.caller, input), errors),
    ),
    approveSoleProvider: on.approveSoleProvider.handler(async ({ input, errors, context }) => {
      const { file, ...wish } = input;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const read = { name: file.name, type: file.type, bytes };
      return answer(await approveSoleProvider(deps, context.caller, { ...wish, file: read }), errors);
    }),
    draw: drawHandlers(os, deps),
  };
}
