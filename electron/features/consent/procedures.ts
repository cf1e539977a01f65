import type { Implementer } from '../../contract/implementer.ts';

/** Not wired yet: the texts and the store come with the next change. */
export function consentProcedures(os: Implementer) {
  return {
    text: os.consent.text.handler(() => {
      throw new Error('not built yet');
    }),
    sign: os.consent.sign.handler(({ errors }) => {
      throw errors.PERSON_UNKNOWN();
    }),
    of: os.consent.of.handler(() => ({ consent: null, signings: 0 })),
  };
}
