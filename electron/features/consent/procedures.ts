import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { type ConsentDeps, consentOf, signConsent } from './service.ts';
import { consentsOf } from './store.ts';

export const consentProcedures = (os: Implementer, deps: ConsentDeps) => ({
  text: os.consent.text.handler(() => deps.text()),
  sign: os.consent.sign.handler(async ({ input, errors, context }) =>
    answer(await signConsent(deps, context.caller, input), errors),
  ),
  of: os.consent.of.handler(({ input }) => {
    const all = consentsOf(deps.db, input.candidateId);
    const latest = all.at(-1);
    return { consent: latest ? consentOf(latest) : null, signings: all.length };
  }),
});
