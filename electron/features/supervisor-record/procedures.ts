import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { readRecords, type SupervisorRecordDeps, writeRecord } from './service.ts';

export const supervisorRecordProcedures = (os: Implementer, deps: SupervisorRecordDeps) => ({
  list: os.supervisorRecord.list.handler(({ input, errors }) => answer(readRecords(deps, input.sessionId), errors)),
  write: os.supervisorRecord.write.handler(async ({ input, context, errors }) =>
    answer(await writeRecord(deps, context.caller, input), errors),
  ),
});
