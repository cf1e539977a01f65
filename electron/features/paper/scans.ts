import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PaperView, Scan, ScanFault, VolumeNumber } from './contract.ts';
import type { PaperDeps } from './deps.ts';
import { paperEvents } from './events.ts';
import { readScanFile } from './scan-file.ts';
import { insertRemoval, insertScan, scansIn } from './store.ts';
import { countableSession, type PaperError, paperView } from './view.ts';

/** A session's sheets, generously. */
const MOST_SCANS = 500;

export type AddScanError =
  | PaperError
  | { code: 'SCAN_REFUSED'; data: { fault: ScanFault } }
  | { code: 'SCAN_THERE_ALREADY'; data: { title: string } }
  | { code: 'TOO_MANY_SCANS'; data: { most: number } }
  | { code: 'DISK_FULL' };

/** Takes a scanned sheet into a volume: looked at, encrypted, and only then on record. */
export async function addScan(
  deps: PaperDeps,
  caller: Caller,
  wish: { sessionId: string; volume: VolumeNumber; title: string; source: Scan['source']; bytes: Uint8Array },
): Promise<Result<PaperView, AddScanError>> {
  const { sessionId, volume, title, source, bytes } = wish;
  const actor = actorOf(caller);
  const refuse = (error: AddScanError): Result<PaperView, AddScanError> => {
    if (error.code === 'NO_SUCH_SESSION') return err(error);
    const fault = error.code === 'SCAN_REFUSED' ? error.data.fault : '';
    const data = { code: error.code, fault, bytes: bytes.length };
    inTransaction(deps.db, (w) => deps.journal.append(w, actor, paperEvents.scanRefused, data, sessionId));
    return err(error);
  };
  const countable = countableSession(deps, sessionId);
  if (!countable.ok) return refuse(countable.error);
  const file = readScanFile(bytes);
  if (!file.ok) return refuse({ code: 'SCAN_REFUSED', data: { fault: file.error } });
  const { mediaType, pages } = file.value;
  const atMs = deps.clock.wallMs();
  const label = { sessionId, kind: 'paper-scan', subject: null, mediaType, beginMs: atMs, endMs: atMs } as const;
  const sealed = await deps.vault.write(bytes, label);
  if (!sealed.ok) {
    if (sealed.error.code === 'disk-full') return refuse({ code: 'DISK_FULL' });
    throw new Error(`a scan could not be stored: ${sealed.error.code}`);
  }
  const { evidenceId, sha256 } = sealed.value;
  const scanId = newId('P');
  const found = inTransaction(deps.db, (w): AddScanError | null => {
    // Storing took a while: the session may be sealed by now, or another window have added the same sheet.
    const still = countableSession(deps, sessionId);
    if (!still.ok) return still.error;
    const there = scansIn(w, sessionId);
    const same = there.find((s) => s.sha256 === sha256);
    if (same) return { code: 'SCAN_THERE_ALREADY', data: { title: same.title } };
    if (there.length >= MOST_SCANS) return { code: 'TOO_MANY_SCANS', data: { most: MOST_SCANS } };
    deps.vault.keep(w, sealed.value);
    const { staffId: byStaff, name: byName } = caller.member!;
    insertScan(w, sessionId, { scanId, volume, title, source, pages, evidenceId, byStaff, byName, atMs });
    const data = { scanId, volume, title, source, evidenceId, sha256 };
    deps.journal.append(w, actor, paperEvents.scanAdded, data, sessionId);
    return null;
  });
  if (found) return refuse(found);
  deps.changed();
  return ok(paperView(deps, caller, countable.value, sessionId));
}

/** Takes a scan out of its volume again, before the seal. Its bytes stay in the vault, and the journal says why. */
export function removeScan(
  deps: PaperDeps,
  caller: Caller,
  { sessionId, scanId, reason }: { sessionId: string; scanId: string; reason: string },
): Result<PaperView, PaperError | { code: 'NO_SUCH_SCAN' }> {
  const countable = countableSession(deps, sessionId);
  if (!countable.ok) return countable;
  const scan = scansIn(deps.db, sessionId).find((s) => s.scanId === scanId);
  if (!scan) return err({ code: 'NO_SUCH_SCAN' });
  inTransaction(deps.db, (w) => {
    const { staffId: byStaff, name: byName } = caller.member!;
    insertRemoval(w, scanId, { reason, byStaff, byName, atMs: deps.clock.wallMs() });
    const data = { scanId, sha256: scan.sha256, reason };
    deps.journal.append(w, actorOf(caller), paperEvents.scanRemoved, data, sessionId);
  });
  deps.changed();
  return ok(paperView(deps, caller, countable.value, sessionId));
}

export async function openScan(
  deps: PaperDeps,
  { sessionId, scanId }: { sessionId: string; scanId: string },
): Promise<
  Result<{ bytes: Uint8Array; mediaType: string }, { code: 'NO_SUCH_SESSION' | 'NO_SUCH_SCAN' | 'KEYS_LOCKED' }>
> {
  if (!deps.book()?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const scan = scansIn(deps.db, sessionId).find((s) => s.scanId === scanId);
  const evidence = scan && deps.vault.find(deps.db, scan.evidenceId as EvidenceId);
  if (!scan || !evidence) return err({ code: 'NO_SUCH_SCAN' });
  const read = await deps.vault.read(evidence);
  if (read.ok) return ok({ bytes: read.value, mediaType: scan.mediaType });
  if (read.error.code === 'keys-locked') return err({ code: 'KEYS_LOCKED' });
  throw new Error(`a scan could not be read: ${read.error.code}`);
}
