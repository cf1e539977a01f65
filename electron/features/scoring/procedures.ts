import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { readConference } from './conference.ts';
import { markCell, writeNote } from './draft.ts';
import { correctMark, decideConference } from './lead-decisions.ts';
import { lockSheet } from './lock.ts';
import { readSheet, type ScoringDeps } from './open-sheet.ts';
import { recheckDecision } from './recheck.ts';
import { readRevealed } from './reveal.ts';
import { setCode } from './set-code.ts';
import { signSheet } from './sign.ts';
import { theoryProcedures } from './theory-procedures.ts';

export const scoringProcedures = (os: Implementer, deps: ScoringDeps) => ({
  mine: os.scoring.mine.handler(({ context }) => {
    const book = deps.book();
    const examinerId = context.caller.member?.examinerId;
    if (!book || !examinerId) return [];
    return book.seatsOf(examinerId).flatMap((p) => {
      const session = book.session(p.sessionId);
      const room = book.room(p.roomId);
      if (!session?.rubricId || !room) return [];
      return [{ sessionId: p.sessionId, roomId: p.roomId, label: session.label, roomName: room.name, duty: p.duty }];
    });
  }),
  sheet: os.scoring.sheet.handler(({ input, context, errors }) =>
    answer(readSheet(deps, context.caller, input), errors),
  ),
  mark: os.scoring.mark.handler(({ input, context, errors }) => answer(markCell(deps, context.caller, input), errors)),
  note: os.scoring.note.handler(({ input, context, errors }) => answer(writeNote(deps, context.caller, input), errors)),
  lock: os.scoring.lock.handler(({ input, context, errors }) => answer(lockSheet(deps, context.caller, input), errors)),
  revealed: os.scoring.revealed.handler(({ input, context, errors }) =>
    answer(readRevealed(deps, context.caller, input), errors),
  ),
  ...theoryProcedures(os, deps),
  conference: os.scoring.conference.handler(({ input, context, errors }) =>
    answer(readConference(deps, context.caller, input), errors),
  ),
  decide: os.scoring.decide.handler(async ({ input, context, errors }) =>
    answer(await decideConference(deps, context.caller, input), errors),
  ),
  correct: os.scoring.correct.handler(async ({ input, context, errors }) =>
    answer(await correctMark(deps, context.caller, input), errors),
  ),
  recheck: os.scoring.recheck.handler(async ({ input, context, errors }) =>
    answer(await recheckDecision(deps, context.caller, input), errors),
  ),
  setCode: os.scoring.setCode.handler(async ({ input, context, errors }) => {
    const evidence = await Promise.all(
      input.evidence.map(async (f) => ({ name: f.name, bytes: await f.bytes(), mediaType: f.type })),
    );
    return answer(await setCode(deps, context.caller, { ...input, evidence }), errors);
  }),
  sign: os.scoring.sign.handler(async ({ input, context, errors }) =>
    answer(await signSheet(deps, context.caller, input), errors),
  ),
});
