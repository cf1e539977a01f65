import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { SessionId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { makeFolder } from '../../vault/durable-file.ts';
import { centreRecipients } from '../plan/plan-schema.ts';
import { insertStep } from '../session/store.ts';
import { type BundleInfo, externalIdentifier } from './bundle-format.ts';
import { digestOf, missingOf, stateDigest } from './closing.ts';
import type { BundleRow } from './contract.ts';
import type { ArchiveDeps } from './deps.ts';
import { archiveEvents } from './events.ts';
import { journalDocuments, rotationDocuments } from './journal-documents.ts';
import {
  type ClosingError,
  closableSession,
  sealingUnderway,
  type Undeclared,
  undeclaredOf,
  whileSealing,
} from './service.ts';
import { allBundles, findBundle, insertBundle, latestSignOff } from './store.ts';
import { papersForBundle } from './volume/bundle-papers.ts';
import { sourceFile, volumeItems } from './volumes.ts';
import { type WriteBundleError, writeBundle } from './write-bundle.ts';

export type SealError =
  | ClosingError
  | Undeclared
  | { code: 'NOT_SIGNED_OFF' }
  | { code: 'SEALING_UNDERWAY' }
  | { code: 'KEYS_LOCKED' }
  | { code: 'DISK_FULL' }
  | { code: 'EVIDENCE_DAMAGED'; data: { files: string[] } };

/**
 * Seals a closed session: journals the beginning, signs a checkpoint that covers it, writes the bundle, then puts the
 * bundle and the session's last step on record in one commit. A station killed on the way finds the session closed and
 * not sealed, and starts over: what the earlier try left is discarded.
 */
export async function sealSession(
  deps: ArchiveDeps,
  caller: Caller,
  sessionId: string,
): Promise<Result<BundleRow, SealError>> {
  const actor = actorOf(caller, 'site-lead');
  const refuse = (error: SealError): Result<BundleRow, SealError> => {
    const items = error.code === 'UNDECLARED' ? error.data.missing.map((m) => m.itemId) : [];
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actor, archiveEvents.sealRefused, { code: error.code, items }, sessionId),
    );
    return err(error);
  };
  if (sealingUnderway(deps.db)) return refuse({ code: 'SEALING_UNDERWAY' });
  const settling = deps.settleVideo(sessionId);
  if (settling !== null) await settling;
  // Another may have begun meanwhile.
  if (sealingUnderway(deps.db)) return refuse({ code: 'SEALING_UNDERWAY' });
  const closable = closableSession(deps, sessionId);
  if (!closable.ok) return closable.error.code === 'WRONG_STATE' ? refuse(closable.error) : closable;
  const book = closable.value;
  const keys = deps.ring.keys();
  const site = deps.ring.site();
  if (!keys || !site) return refuse({ code: 'KEYS_LOCKED' });
  const missing = undeclaredOf(deps, book, sessionId);
  if (missing.length > 0) return refuse({ code: 'UNDECLARED', data: { missing } });
  const { documents, evidence } = volumeItems(deps, book, sessionId);
  const stateSha256 = digestOf({ documents, evidence }, missingOf(deps, book, sessionId));
  if (latestSignOff(deps.db, sessionId)?.stateSha256 !== stateSha256) return refuse({ code: 'NOT_SIGNED_OFF' });
  return whileSealing(deps.db, async () => {
    const begunMs = deps.clock.monotonicMs();
    const papers = await papersForBundle(deps, book, sessionId);
    if (!papers.ok) return refuse(papers.error);
    const bundles = allBundles(deps.db, deps.bundlesFolder);
    const number = bundles.filter((b) => b.sessionId === sessionId).length + 1;
    inTransaction(deps.db, (w) =>
      deps.journal.append(
        w,
        actor,
        archiveEvents.sealing,
        { number, evidence: evidence.length, stateSha256 },
        sessionId,
      ),
    );
    const checkpoint = deps.journal.checkpoint('seal', keys.signing, site.stationId);
    const info: BundleInfo = {
      stationId: site.stationId,
      siteName: site.siteName,
      filingNumber: site.filingNumber,
      sessionId,
      number,
      rehearsal: deps.rehearsal,
      sealedAtMs: deps.clock.wallMs(),
      previousTagManifestSha256: bundles.at(-1)?.tagManifestSha256 ?? deps.follows(),
    };
    const name = externalIdentifier(info);
    const dir = join(deps.bundlesFolder, name);
    await makeFolder(deps.bundlesFolder);
    // Left by a station that was killed between writing the folder and putting it on record.
    if (!bundles.some((b) => b.folder === dir)) await rm(dir, { recursive: true, force: true });

    const written = await writeBundle({
      dir,
      info,
      rulePack: { id: deps.pack(sessionId).id, version: String(deps.pack(sessionId).version) },
      documents: [
        ...documents,
        ...papers.value.documents,
        ...journalDocuments(
          deps.journal.leaves(checkpoint.size),
          deps.journal.entriesOf(sessionId, checkpoint.size),
          deps.cosigned(checkpoint.size),
        ),
        ...rotationDocuments(deps.rotations()),
      ],
      stored: [
        ...evidence.map((e) => ({ ...e.item, sourceFile: sourceFile(deps.vault.folder, e.evidence) })),
        ...papers.value.stored,
      ],
      recipients: [...centreRecipients(book.plan.centre), site.recipient],
      stationSigningKey: keys.signing,
      stationName: site.stationId,
      checkpointNote: checkpoint.note,
    });
    if (!written.ok) return refuse(sealErrorOf(written.error));

    const bundleId = newId('B');
    const { tagManifestSha256, files, bytes } = written.value;
    const tookMs = Math.round(deps.clock.monotonicMs() - begunMs);
    const recorded = inTransaction(deps.db, (w) => {
      // Something may have been added while the files were written: then this bundle is not the signed state.
      if (stateDigest(deps, book, sessionId) !== stateSha256) return false;
      const row = { bundleId, sessionId: sessionId as SessionId, number, sealedAtMs: info.sealedAtMs, tookMs };
      insertBundle(w, { ...row, folder: name, files, bytes, tagManifestSha256 });
      insertStep(w, sessionId, 'sealed', deps.clock.wallMs());
      deps.onSealed(w, sessionId);
      deps.journal.append(w, actor, archiveEvents.sealed, { bundleId, tagManifestSha256, files, bytes }, sessionId);
      return true;
    });
    if (!recorded) {
      await rm(dir, { recursive: true, force: true });
      return refuse({ code: 'NOT_SIGNED_OFF' });
    }
    deps.changed();
    return ok(findBundle(deps.db, deps.bundlesFolder, bundleId)!);
  });
}

function sealErrorOf(error: WriteBundleError): SealError {
  switch (error.code) {
    case 'DISK_FULL':
      return { code: 'DISK_FULL' };
    case 'SOURCE_MISSING':
    case 'SOURCE_CHANGED':
      return { code: 'EVIDENCE_DAMAGED', data: { files: [error.path] } };
    default:
      throw new Error(`the bundle could not be written: ${error.code}`);
  }
}
