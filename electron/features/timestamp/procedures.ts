import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { Timestamps } from './service.ts';

export const timestampProcedures = (os: Implementer, timestamps: Timestamps) => ({
  view: os.timestamp.view.handler(() => timestamps.view()),
  saveSetting: os.timestamp.saveSetting.handler(({ input, context, errors }) =>
    answer(timestamps.save(context.caller, input.address), errors),
  ),
});
