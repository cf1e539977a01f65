import type { KeyObject } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { syncDirectory } from '../../vault/durable-file.ts';
import type { Evidence, Vault } from '../../vault/vault.ts';
import { parseManifest } from '../archive/bag-text.ts';
import { MANIFEST_FILE } from '../archive/bundle-format.ts';
import type { BundleRow } from '../archive/contract.ts';
import { bundleName } from '../delivery/bundle-archive.ts';
import type { SignedReceipt } from '../delivery/receipt.ts';
import type { CheckPin, PinError } from '../staff/pin.ts';
import { hashOfFiles, signCertificate } from './certificate.ts';
import { PurgeKind, type PurgeRow, type PurgeView, type ReadyVideo } from './contract.ts';
import { purgeEvents } from './events.ts';
import { CLAUSE_OF, EVIDENCE_OF, type PurgeForbidden, purgeForbidden, purgeFrom } from './rules.ts';
import { insertPurge, purgedFiles, purgedIn, purgesOf } from './store.ts';

export interface PurgeDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  /** Every session that was ever sealed here, of this plan or an earlier one. */
  sealedSessions: () => readonly { sessionId: string; label: string }[];
  /** When the session was over; null when there is no such session. */
  sessionEndMs: (sessionId: string) => number | null;
  /** The session's bundle, sealed last; null while there is none. */
  bundleOf: (sessionId: string) => BundleRow | null;
  receiptOf: (bundleId: string) => (SignedReceipt & { receiptNumber: string }) | null;
  daysOf: (clauseId: (typeof CLAUSE_OF)[PurgeKind]) => number;
  /** The plan's photographs of the session's candidates, each with the other sessions that need it too. */
  planPhotosOf: (sessionId: string) => { photo: Evidence; alsoOf: readonly string[] }[];
  signer: () => { stationId: string; key: KeyObject } | null;
  checkPin: CheckPin;
  /** Whether this member may be the second of two. */
  mayBeSecond: (staffId: string, firstStaffId: string) => boolean;
  staffName: (staffId: string) => string;
  changed: () => void;
}

/** Evidence of this kind that is on record and still on disk. */
function evidenceLeft(deps: PurgeDeps, sessionId: string, kind: PurgeKind): Evidence[] {
  const gone = purgedIn(deps.db, sessionId);
  const all = [
    ...deps.vault.ofSession(deps.db, sessionId),
    ...(kind === 'photographs' ? planPhotos(deps, sessionId) : []),
  ];
  return all.filter((e) => EVIDENCE_OF[kind].includes(e.kind) && !gone.has(e.evidenceId));
}

/** Photographs of the plan that no other session still needs: one picture may stand for a person's theory and skills. */
const planPhotos = (deps: PurgeDeps, sessionId: string): Evidence[] =>
  deps
    .planPhotosOf(sessionId)
    .filter(({ alsoOf }) => alsoOf.every((other) => isOver(deps, other)))
    .map(({ photo }) => photo);

/** Whether a session's own photographs could be purged now, by receipt and by day. */
function isOver(deps: PurgeDeps, sessionId: string): boolean {
  const endMs = deps.sessionEndMs(sessionId);
  const bundle = deps.bundleOf(sessionId);
  return (
    endMs !== null &&
    bundle !== null &&
    deps.receiptOf(bundle.bundleId) !== null &&
    deps.clock.wallMs() >= purgeFrom(endMs, deps.daysOf(CLAUSE_OF.photographs))
  );
}

function factsOf(deps: PurgeDeps, sessionId: string, kind: PurgeKind, endMs: number) {
  const bundle = deps.bundleOf(sessionId);
  const receipt = bundle && deps.receiptOf(bundle.bundleId);
  const days = deps.daysOf(CLAUSE_OF[kind]);
  const left = evidenceLeft(deps, sessionId, kind);
  const fromMs = purgeFrom(endMs, days);
  const facts = { hasReceipt: receipt !== null, nowMs: deps.clock.wallMs(), fromMs, files: left.length };
  return { bundle, receipt, days, left, fromMs, forbidden: purgeForbidden(facts) };
}

const STATE = {
  PURGE_NO_RECEIPT: 'no-receipt',
  PURGE_TOO_EARLY: 'too-early',
  PURGE_NOTHING_LEFT: 'nothing-left',
} as const;

export function purgeView(deps: PurgeDeps, sessionId: string): Result<PurgeView, { code: 'NO_SUCH_SESSION' }> {
  const endMs = deps.sessionEndMs(sessionId);
  if (endMs === null) return err({ code: 'NO_SUCH_SESSION' });
  const done = purgesOf(deps.db, sessionId);
  let receiptNumber: string | null = null;
  const rows = PurgeKind.options.map((kind): PurgeRow => {
    const { receipt, days, left, fromMs, forbidden } = factsOf(deps, sessionId, kind, endMs);
    receiptNumber = receipt?.receiptNumber ?? null;
    const last = done.findLast((p) => p.kind === kind);
    return {
      kind,
      files: left.length,
      bytes: left.reduce((sum, e) => sum + e.storedBytes, 0),
      days,
      clauseId: CLAUSE_OF[kind],
      fromMs,
      state: forbidden ? STATE[forbidden.code] : 'ready',
      done: last
        ? {
            purgeId: last.purgeId,
            atMs: last.atMs,
            files: last.files,
            bytes: last.bytes,
            byName: last.byName,
            secondName: last.secondName,
          }
        : null,
    };
  });
  return ok({ sessionId: sessionId as PurgeView['sessionId'], receiptNumber, rows });
}

/** Sessions whose video may be taken away now, oldest first: nothing without the centre's receipt, nothing still kept. */
export function readyVideo(deps: PurgeDeps): ReadyVideo[] {
  const ready = deps.sealedSessions().flatMap(({ sessionId, label }) => {
    const endedAtMs = deps.sessionEndMs(sessionId);
    if (endedAtMs === null) return [];
    const { left, forbidden } = factsOf(deps, sessionId, 'video', endedAtMs);
    if (forbidden !== null) return [];
    const bytes = left.reduce((sum, e) => sum + e.storedBytes, 0);
    return [{ sessionId: sessionId as ReadyVideo['sessionId'], label, endedAtMs, bytes }];
  });
  return ready.toSorted((a, b) => a.endedAtMs - b.endedAtMs);
}

export type PurgeError =
  | PurgeForbidden
  | PinError
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'NOT_A_SECOND' }
  | { code: 'KEYS_LOCKED' };

/**
 * Takes evidence of one kind off this machine, for good. The certificate, its signature and the journal's entry are on record in
 * one commit before the first file goes; a station killed in between goes on at its next start (`finishPurges`).
 */
export async function runPurge(
  deps: PurgeDeps,
  caller: Caller,
  wish: { sessionId: string; kind: PurgeKind; pin: string; second: { staffId: string; pin: string } },
): Promise<Result<PurgeView, PurgeError>> {
  const { sessionId, kind } = wish;
  const actor = actorOf(caller, 'site-lead');
  const first = caller.member!;
  const refuse = (error: Exclude<PurgeError, PinError>): Result<never, PurgeError> => {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actor, purgeEvents.refused, { kind, code: error.code }, sessionId),
    );
    return err(error);
  };
  const endMs = deps.sessionEndMs(sessionId);
  if (endMs === null) return err({ code: 'NO_SUCH_SESSION' });
  const early = factsOf(deps, sessionId, kind, endMs).forbidden;
  if (early) return refuse(early);
  const signer = deps.signer();
  if (!signer) return refuse({ code: 'KEYS_LOCKED' });
  if (!deps.mayBeSecond(wish.second.staffId, first.staffId)) return refuse({ code: 'NOT_A_SECOND' });
  const own = await deps.checkPin(first.staffId, wish.pin, 'purge', actor);
  if (!own.ok) return own;
  const other = await deps.checkPin(wish.second.staffId, wish.second.pin, 'purge', actor);
  if (!other.ok) return other;

  // Looked at once more: the PINs took a while, and what is taken away is what stands on the certificate.
  const { bundle, receipt, days, left, forbidden } = factsOf(deps, sessionId, kind, endMs);
  if (forbidden) return refuse(forbidden);
  const purgeId = newId('PG');
  const filesSha256 = hashOfFiles(left.map((e) => e.storedSha256));
  const atMs = deps.clock.wallMs();
  const bytes = left.reduce((sum, e) => sum + e.storedBytes, 0);
  const names = { by: first.name, second: deps.staffName(wish.second.staffId) };
  const { receiptNumber } = receipt!;
  const signed = signCertificate(
    {
      format: 'kaodian-purge/1',
      purgeId,
      stationId: signer.stationId,
      sessionId,
      kind,
      files: left.length,
      bytes,
      filesSha256,
      receiptNumber,
      bundleId: bundleName(bundle!),
      clauseId: CLAUSE_OF[kind],
      days,
      ...names,
      atMs,
    },
    signer.key,
  );
  inTransaction(deps.db, (w) => {
    const record = { purgeId, sessionId, kind, files: left.length, bytes, atMs };
    insertPurge(
      w,
      { ...record, byName: names.by, secondName: names.second, certificate: signed.text, signature: signed.signature },
      left.map((e) => e.evidenceId),
    );
    const said = {
      purgeId,
      kind,
      files: left.length,
      bytes,
      filesSha256,
      receiptNumber,
      secondStaffId: wish.second.staffId,
    };
    deps.journal.append(w, actor, purgeEvents.purged, said, sessionId);
  });
  await finishPurges(deps);
  deps.changed();
  return purgeView(deps, sessionId) as Result<PurgeView, never>;
}

/** Takes away every file that a purge on record names and that is still there, in the vault and in the local copy of its bundle. */
export async function finishPurges(deps: {
  db: Db;
  vault: Pick<Vault, 'folder'>;
  bundleOf: PurgeDeps['bundleOf'];
}): Promise<void> {
  const folders = new Set<string>();
  const away = async (path: string) => {
    await rm(path, { force: true });
    folders.add(dirname(path));
  };
  const listed = new Map<string, Map<string, string>>();
  for (const { file, storedSha256, sessionId } of purgedFiles(deps.db)) {
    await away(join(deps.vault.folder, file));
    const bundle = deps.bundleOf(sessionId);
    if (!bundle) continue;
    if (!listed.has(bundle.folder)) listed.set(bundle.folder, await payloadOf(bundle.folder));
    const inside = listed.get(bundle.folder)!.get(storedSha256);
    if (inside !== undefined) await away(join(bundle.folder, inside));
  }
  for (const folder of folders) await syncDirectory(folder).catch(() => undefined);
}

/** Stored SHA-256 to path, of the local copy of a bundle; empty where that is gone. */
async function payloadOf(folder: string): Promise<Map<string, string>> {
  const listed = parseManifest(await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => ''));
  return new Map(listed.ok ? [...listed.value].map(([path, sha256]) => [sha256, path]) : []);
}
