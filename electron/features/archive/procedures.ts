import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { ArchiveDeps } from './deps.ts';
import type { ExportDesk } from './export/desk.ts';
import { reportHtml } from './report-html.ts';
import { sealSession } from './seal.ts';
import { readSelfTest, selfTest, stopSelfTest } from './self-test/service.ts';
import { latestSelfTest } from './self-test/store.ts';
import { selfTestPdf } from './self-test/test-page.ts';
import { declareMissing, readClosing, signOff } from './service.ts';
import { signDeclarations } from './sign-declarations.ts';
import { allBundles, findBundle } from './store.ts';
import { verifyBundle } from './verify-bundle.ts';

export const archiveProcedures = (os: Implementer, deps: ArchiveDeps, exports: ExportDesk) => ({
  closing: os.archive.closing.handler(({ input, errors }) => answer(readClosing(deps, input.sessionId), errors)),
  declare: os.archive.declare.handler(({ input, context, errors }) =>
    answer(declareMissing(deps, context.caller, input), errors),
  ),
  signDeclarations: os.archive.signDeclarations.handler(async ({ input, context, errors }) =>
    answer(await signDeclarations(deps, context.caller, input), errors),
  ),
  selfTest: os.archive.selfTest.handler(({ input, errors }) => {
    const book = deps.shelf.book();
    if (!book?.session(input.sessionId)) throw errors.NO_SUCH_SESSION();
    return readSelfTest(deps, book, input.sessionId);
  }),
  beginSelfTest: os.archive.beginSelfTest.handler(async ({ input, context, errors }) =>
    answer(await selfTest(deps, context.caller, input.sessionId), errors),
  ),
  selfTestPage: os.archive.selfTestPage.handler(async ({ input, errors }) => {
    const result = latestSelfTest(deps.db, input.sessionId);
    if (!result || !deps.shelf.book()?.session(input.sessionId)) throw errors.NO_SUCH_SESSION();
    const pdf = await selfTestPdf(deps.formHead(input.sessionId), result, deps.fontsDir);
    return new Blob([new Uint8Array(pdf)], { type: 'application/pdf' });
  }),
  stopSelfTest: os.archive.stopSelfTest.handler(() => {
    stopSelfTest(deps);
    return {};
  }),
  signOff: os.archive.signOff.handler(async ({ input, context, errors }) =>
    answer(await signOff(deps, context.caller, input), errors),
  ),
  seal: os.archive.seal.handler(async ({ input, context, errors }) =>
    answer(await sealSession(deps, context.caller, input.sessionId), errors),
  ),
  bundles: os.archive.bundles.handler(() => allBundles(deps.db, deps.bundlesFolder)),
  exportTargets: os.archive.exportTargets.handler(() => deps.disks.list()),
  beginExport: os.archive.beginExport.handler(({ input, context, errors }) => {
    return answer(exports.begin(context.caller, input), errors).job;
  }),
  exportJobs: os.archive.exportJobs.handler(({ input }) => exports.jobs(input.bundleId)),
  stopExport: os.archive.stopExport.handler(({ input, errors }) => answer(exports.stop(input.jobId), errors)),
  exportTo: os.archive.exportTo.handler(async ({ input, context, errors }) => {
    const ended = await answer(exports.begin(context.caller, input), errors).done;
    if (ended === null) throw new Error('the bundle could not be exported; the log says why');
    answer(ended, errors);
    return findBundle(deps.db, deps.bundlesFolder, input.bundleId)!;
  }),
  verify: os.archive.verify.handler(async ({ input, errors }) => {
    const bundle = findBundle(deps.db, deps.bundlesFolder, input.bundleId);
    if (!bundle) throw errors.NO_SUCH_BUNDLE();
    const report = await verifyBundle(bundle.folder, { nowMs: deps.clock.wallMs() });
    return { claims: report.claims, html: reportHtml(report) };
  }),
});
