import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { declareKeeper } from './keeper.ts';
import { adoptPartPasses, adoptRubrics, checkPartPasses, checkRubrics, shelvedRubrics } from './library.ts';
import type { ScoringDeps } from './open-sheet.ts';
import { partPassTemplate } from './part-pass-file.ts';
import { rubricTemplate } from './rubric-file.ts';
import { readScoreBoard } from './score-board.ts';
import { acceptTheoryFile, checkTheoryFile, readTheory } from './theory.ts';
import { theoryTemplate } from './theory-file.ts';
import { declarationsOf } from './theory-store.ts';
import { acceptTyped, correctTheory, finishTyping, settleDifference, typeTheory } from './theory-typing.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const workbook = (bytes: Uint8Array, name: string) => new File([new Uint8Array(bytes)], name, { type: XLSX });

/** What a score keeper does, and the files rubrics and earlier passes come in. */
export const theoryProcedures = (os: Implementer, deps: ScoringDeps) => ({
  scoreBoard: os.scoring.scoreBoard.handler(({ input, errors }) =>
    answer(readScoreBoard(deps, input.sessionId), errors),
  ),
  keeper: os.scoring.keeper.handler(({ input, context }) => {
    const mine = declarationsOf(deps.db, input.sessionId).find((d) => d.staffId === context.caller.member!.staffId);
    return { declaredAtMs: mine?.atMs ?? null };
  }),
  declareKeeper: os.scoring.declareKeeper.handler(async ({ input, context, errors }) =>
    answer(await declareKeeper(deps, context.caller, input), errors),
  ),
  theory: os.scoring.theory.handler(({ input, context, errors }) =>
    answer(readTheory(deps, context.caller, input.sessionId), errors),
  ),
  theoryTemplate: os.scoring.theoryTemplate.handler(async ({ input, errors }) => {
    const book = deps.book();
    if (!book?.session(input.sessionId)) throw errors.NO_SUCH_SESSION();
    const numbers = book.candidatesOf(input.sessionId).map((c) => c.ticketNumber);
    return workbook(await theoryTemplate(numbers), '理论成绩-模板.xlsx');
  }),
  checkTheoryFile: os.scoring.checkTheoryFile.handler(async ({ input, context, errors }) => {
    const { sessionId, file } = input;
    return answer(
      await checkTheoryFile(deps, context.caller, { sessionId, name: file.name, bytes: await file.bytes() }),
      errors,
    );
  }),
  acceptTheoryFile: os.scoring.acceptTheoryFile.handler(async ({ input, context, errors }) =>
    answer(await acceptTheoryFile(deps, context.caller, input), errors),
  ),
  typeTheory: os.scoring.typeTheory.handler(({ input, context, errors }) =>
    answer(typeTheory(deps, context.caller, input), errors),
  ),
  finishTyping: os.scoring.finishTyping.handler(({ input, context, errors }) =>
    answer(finishTyping(deps, context.caller, input.sessionId), errors),
  ),
  settleDifference: os.scoring.settleDifference.handler(async ({ input, context, errors }) =>
    answer(await settleDifference(deps, context.caller, input), errors),
  ),
  acceptTyped: os.scoring.acceptTyped.handler(async ({ input, context, errors }) =>
    answer(await acceptTyped(deps, context.caller, input), errors),
  ),
  correctTheory: os.scoring.correctTheory.handler(async ({ input, context, errors }) =>
    answer(await correctTheory(deps, context.caller, input), errors),
  ),
  rubrics: os.scoring.rubrics.handler(() => shelvedRubrics(deps)),
  rubricTemplate: os.scoring.rubricTemplate.handler(async () => workbook(await rubricTemplate(), '评分表-模板.xlsx')),
  checkRubrics: os.scoring.checkRubrics.handler(async ({ input, context }) =>
    checkRubrics(deps, context.caller, await input.file.bytes()),
  ),
  adoptRubrics: os.scoring.adoptRubrics.handler(({ input, context, errors }) =>
    answer(adoptRubrics(deps, context.caller, input.checkId), errors),
  ),
  partPassTemplate: os.scoring.partPassTemplate.handler(async () =>
    workbook(await partPassTemplate(), '已合格科目-模板.xlsx'),
  ),
  checkPartPasses: os.scoring.checkPartPasses.handler(async ({ input, context }) =>
    checkPartPasses(deps, context.caller, await input.file.bytes()),
  ),
  adoptPartPasses: os.scoring.adoptPartPasses.handler(async ({ input, context, errors }) =>
    answer(await adoptPartPasses(deps, context.caller, input), errors),
  ),
});
