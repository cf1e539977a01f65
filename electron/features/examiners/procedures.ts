import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { templateOf } from '../plan/template.ts';
import { DOSSIER_SHEETS } from './import/sheets.ts';
import { TEMPLATE_LINES } from './import/template-lines.ts';
import { checkDossiers, type ExaminersDeps, keepDossiers, saveDossier } from './service.ts';
import { dossierDetail, dossierRows } from './view.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Rows of list sheets name a person of the first one. */
const PERSONS = `'${DOSSIER_SHEETS.persons.name}'!$A$3:$A$2000`;

export const dossierTemplate = (): Promise<Uint8Array> =>
  templateOf(Object.values(DOSSIER_SHEETS), TEMPLATE_LINES, (spec, field) =>
    field === 'cardNumber' && spec.name !== DOSSIER_SHEETS.persons.name ? PERSONS : null,
  );

export const examinersProcedures = (os: Implementer, deps: ExaminersDeps) => ({
  list: os.examiners.list.handler(() => dossierRows(deps)),
  dossier: os.examiners.dossier.handler(({ input, errors }) => {
    const detail = dossierDetail(deps, input.dossierId);
    if (!detail) throw errors.NO_SUCH_DOSSIER();
    return detail;
  }),
  template: os.examiners.template.handler(
    async () => new File([new Uint8Array(await dossierTemplate())], '考评员档案-模板.xlsx', { type: XLSX }),
  ),
  check: os.examiners.check.handler(async ({ input, context }) =>
    checkDossiers(deps, context.caller, new Uint8Array(await input.workbook.arrayBuffer())),
  ),
  keep: os.examiners.keep.handler(({ input, context, errors }) =>
    answer(keepDossiers(deps, context.caller, input), errors),
  ),
  save: os.examiners.save.handler(({ input, context, errors }) =>
    answer(saveDossier(deps, context.caller, input), errors),
  ),
});
