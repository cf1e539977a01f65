import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import {
  type CertificatesDeps,
  certificateTemplate,
  checkCertificateFile,
  exportCertificates,
  readCertificates,
} from './service.ts';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
} as const;

const blob = (bytes: Uint8Array, format: keyof typeof TYPES) =>
  new Blob([new Uint8Array(bytes)], { type: TYPES[format] });

export const certificatesProcedures = (os: Implementer, deps: CertificatesDeps) => ({
  view: os.certificates.view.handler(({ input, errors }) => answer(readCertificates(deps, input.sessionId), errors)),
  template: os.certificates.template.handler(async ({ input, errors }) =>
    blob(answer(await certificateTemplate(deps, input.sessionId), errors), 'xlsx'),
  ),
  check: os.certificates.check.handler(async ({ input, context, errors }) => {
    const { sessionId, file } = input;
    const wish = { sessionId, name: file.name, bytes: await file.bytes() };
    return answer(await checkCertificateFile(deps, context.caller, wish), errors);
  }),
  export: os.certificates.export.handler(async ({ input, context, errors }) =>
    blob(answer(await exportCertificates(deps, context.caller, input), errors), input.format),
  ),
});
