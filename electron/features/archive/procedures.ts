import { answer } from '../../contract/answer.ts';
import { actorOf } from '../../contract/caller.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { inTransaction } from '../../db/database.ts';
import { removableDisks } from '../../devices/disk/removable.ts';
import type { ArchiveDeps } from './deps.ts';
import { archiveEvents } from './events.ts';
import { exportBundle } from './export-bundle.ts';
import { reportHtml } from './report-html.ts';
import { sealSession } from './seal.ts';
import { declareMissing, readClosing, signOff } from './service.ts';
import { allBundles, findBundle, insertExport } from './store.ts';
import { verifyBundle } from './verify-bundle.ts';

export const archiveProcedures = (os: Implementer, deps: ArchiveDeps) => ({
  closing: os.archive.closing.handler(({ input, errors }) => answer(readClosing(deps, input.sessionId), errors)),
  declare: os.archive.declare.handler(({ input, context, errors }) =>
    answer(declareMissing(deps, context.caller, input), errors),
  ),
  signOff: os.archive.signOff.handler(async ({ input, context, errors }) =>
    answer(await signOff(deps, context.caller, input), errors),
  ),
  seal: os.archive.seal.handler(async ({ input, context, errors }) =>
    answer(await sealSession(deps, context.caller, input.sessionId), errors),
  ),
  bundles: os.archive.bundles.handler(() => allBundles(deps.db, deps.bundlesFolder)),
  exportTargets: os.archive.exportTargets.handler(() => removableDisks()),
  exportTo: os.archive.exportTo.handler(async ({ input, context, errors }) => {
    const bundle = findBundle(deps.db, deps.bundlesFolder, input.bundleId);
    if (!bundle) throw errors.NO_SUCH_BUNDLE();
    const { bundleId, files, bytes, sessionId } = bundle;
    const actor = actorOf(context.caller, 'site-lead');
    const exported = await exportBundle(bundle.folder, input.folder);
    inTransaction(deps.db, (w) => {
      if (exported.ok) {
        insertExport(w, bundleId, exported.value.folder, deps.clock.wallMs(), true);
        deps.journal.append(w, actor, archiveEvents.exported, { bundleId, files, bytes }, sessionId);
      } else {
        deps.journal.append(w, actor, archiveEvents.exportFailed, { bundleId, code: exported.error.code }, sessionId);
      }
    });
    answer(exported, errors);
    deps.changed();
    return findBundle(deps.db, deps.bundlesFolder, bundleId)!;
  }),
  verify: os.archive.verify.handler(async ({ input, errors }) => {
    const bundle = findBundle(deps.db, deps.bundlesFolder, input.bundleId);
    if (!bundle) throw errors.NO_SUCH_BUNDLE();
    const report = await verifyBundle(bundle.folder, { nowMs: deps.clock.wallMs() });
    return { claims: report.claims, html: reportHtml(report) };
  }),
});
