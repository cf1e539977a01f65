import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { FormsDeps } from './deps.ts';
import { listForms, printFormFor } from './service.ts';

export const formsProcedures = (os: Implementer, deps: FormsDeps) => ({
  list: os.forms.list.handler(({ input, context, errors }) =>
    answer(listForms(deps, context.caller, input.sessionId), errors),
  ),
  print: os.forms.print.handler(async ({ input, context, errors }) => {
    const pdf = answer(await printFormFor(deps, context.caller, input), errors);
    return new Blob([new Uint8Array(pdf)], { type: 'application/pdf' });
  }),
});
