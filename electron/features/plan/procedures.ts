import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { photoLooks } from './photo-looks.ts';
import { adoptPlan, checkPackage, checkWorkbook, type PlanDeps, photoEvidence, planOverview } from './service.ts';
import { planTemplate } from './template.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

export const planProcedures = (
  os: Implementer,
  deps: PlanDeps,
  looked: ReturnType<typeof photoLooks> = photoLooks(deps),
) => ({
  template: os.plan.template.handler(
    async () => new File([new Uint8Array(await planTemplate())], '场次计划-模板.xlsx', { type: XLSX }),
  ),
  check: os.plan.check.handler(async ({ input, context }) => {
    const photos = await Promise.all(input.photos.map(async (f) => ({ name: f.name, bytes: await bytesOf(f) })));
    return checkWorkbook(deps, context.caller, { workbook: await bytesOf(input.workbook), photos });
  }),
  checkPackage: os.plan.checkPackage.handler(async ({ input, context }) =>
    checkPackage(deps, context.caller, await bytesOf(input.package), input.trustOnFirstUse),
  ),
  adopt: os.plan.adopt.handler(async ({ input, context, errors }) =>
    answer(await adoptPlan(deps, context.caller, input.checkId), errors),
  ),
  current: os.plan.current.handler(() => planOverview(deps.shelf)),
  photo: os.plan.photo.handler(async ({ input, context, errors }) => {
    const id = photoEvidence(deps, input.candidateId);
    const evidence = id && deps.vault.find(deps.db, id);
    const read = evidence ? await deps.vault.read(evidence) : null;
    if (!evidence || !read?.ok) throw errors.NO_SUCH_IMAGE();
    looked(context.caller, deps.shelf.book()!.candidate(input.candidateId)!);
    return new Blob([new Uint8Array(read.value)], { type: evidence.mediaType });
  }),
});
