import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chinaTime, LABEL } from '../features/archive/bag-info.ts';
import { parseBagInfo } from '../features/archive/bag-text.ts';
import {
  BAG_INFO_FILE,
  BUNDLE_NAMESPACE,
  CHECKPOINT_FILE,
  RECEIPT_NAMESPACE,
  TAG_MANIFEST_FILE,
} from '../features/archive/bundle-format.ts';
import { type Bag, readBag, readSmall } from '../features/archive/read-bag.ts';
import { type ContentClaim, type VerifyReport, verifyBundle } from '../features/archive/verify-bundle.ts';
import type { Announcement } from '../features/delivery/announcement.ts';
import { RECEIPT_FORMAT, type Receipt, type SignedReceipt, signReceipt } from '../features/delivery/receipt.ts';
import { judgeKey, type KeySpan, type KeyVerdict } from '../features/keys/key-spans.ts';
import { parseAndVerifyCheckpoint } from '../journal/checkpoint.ts';
import type { Clock } from '../lib/clock.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { allowedSignersLine, publicKeyOfLine } from '../lib/ssh-key-text.ts';
import { syncDirectory } from '../vault/durable-file.ts';
import { type CentreDb, isTaken } from './centre-store.ts';
import { countDeclared } from './declared-missing.ts';
import { type FoundBundle, intakeRefusals, type Refusal, type StationRecord } from './intake-rules.ts';
import { spansOf } from './station-keys.ts';

export type IntakeDeps = {
  db: CentreDb;
  clock: Clock;
  name: string;
  /** Signs receipts. */
  receiptKey: KeyObject;
  /** age identities that open bundles; without any the centre checks what can be checked from outside. */
  identities: readonly string[];
  contentClaims: readonly ContentClaim[];
  /** Where accepted bundles lie, each under its name; null where their archives are kept, in the bucket they came to. */
  bundlesFolder: string | null;
  rehearsal: boolean;
};

export type Announced = Pick<Announcement, 'stationId' | 'bundleId' | 'tagManifestSha256'>;

/** The receipt of a bundle that was accepted; asked for by its content, which nobody can guess. */
export async function receiptOf(db: CentreDb, tagManifestSha256: string): Promise<SignedReceipt | undefined> {
  const row = await db
    .selectFrom('bundles')
    .select(['receipt', 'receipt_signature'])
    .where('tag_manifest_sha256', '=', tagManifestSha256)
    .executeTakeFirst();
  return row && { text: row.receipt, signature: row.receipt_signature };
}

/**
 * Checks a bundle that lies in `folder` as `kaodian verify` does, and accepts it: it is moved to the others, and its receipt is
 * signed and on record in one commit. The same bundle again has the same receipt. A refused one is left where it lies.
 *
 * @throws ErrnoException when the disk fails
 */
export async function takeIn(
  deps: IntakeDeps,
  folder: string,
  announced: Announced,
): Promise<Result<SignedReceipt, Refusal[]>> {
  const known = await receiptOf(deps.db, announced.tagManifestSha256);
  if (known) {
    await rm(folder, { recursive: true, force: true });
    return ok(known);
  }
  const spans = await spansOf(deps.db, announced.stationId);
  if (spans.length === 0) return err([{ code: 'NOT_AS_ANNOUNCED' }]);
  const bag = await readBag(folder);
  const checkpoint = await checkpointOf(bag, announced.stationId, spans);
  const record = await recordOf(deps, bag, announced, checkpoint ?? { journal: spans.at(-1)!.journal, size: 0 });
  // Every key the station has had: whether it still spoke for a journal of this size is a claim of its own.
  const signers = spans.map((s) =>
    allowedSignersLine(announced.stationId, BUNDLE_NAMESPACE, publicKeyOfLine(s.signingKey)!),
  );
  const report = await verifyBundle(folder, {
    allowedSigners:
      signers.join('') + allowedSignersLine('centre', RECEIPT_NAMESPACE, createPublicKey(deps.receiptKey)),
    stationCard: { stationId: announced.stationId, spans, vouchedBy: deps.name },
    identity: deps.identities,
    contentClaims: deps.contentClaims,
    nowMs: deps.clock.wallMs(),
    ...(record.previousFolder !== null && { previous: record.previousFolder }),
    retainedCheckpoints: record.notes,
  });
  const found = await findBundle(
    bag,
    report,
    announced,
    checkpoint && { verdict: judgeKey(spans, checkpoint.signingKey, checkpoint.size), ...checkpoint },
  );
  const refusals = intakeRefusals(announced, found, record);
  if (refusals.length > 0) return err(refusals);
  return accept(deps, folder, bag, { report, found, journal: checkpoint!.journal, note: checkpoint!.note });
}

/** What is on record of the station, and where what is compared with lies. */
async function recordOf(
  deps: IntakeDeps,
  bag: Bag,
  { stationId, bundleId }: Announced,
  /** Which of the station's journals the bundle's checkpoint is of, and how long. */
  { journal, size }: { journal: number; size: number },
): Promise<StationRecord & { previousFolder: string | null; notes: string[] }> {
  const { db } = deps;
  const of = (column: 'bundle_id' | 'tag_manifest_sha256', value: string) =>
    db.selectFrom('bundles').select(['bundle_id', 'tag_manifest_sha256']).where(column, '=', value).executeTakeFirst();
  const accepted = db.selectFrom('bundles').where('station_id', '=', stationId).orderBy('number', 'desc');
  const [last, lastOfJournal, sameName, seen, previous, planned] = await Promise.all([
    accepted.select('tag_manifest_sha256').executeTakeFirst(),
    accepted.select('journal_size').where('journal', '=', journal).executeTakeFirst(),
    of('bundle_id', bundleId),
    db
      .selectFrom('seen_checkpoints')
      .select(['size', 'root', 'note'])
      .where('station_id', '=', stationId)
      .where('journal', '=', journal)
      .where('size', '<=', size)
      .orderBy('size')
      .execute(),
    previousNamed(bag).then((named) => (named === null ? undefined : of('tag_manifest_sha256', named))),
    db
      .selectFrom('planned_sessions')
      .select('session_id')
      .where('station_id', '=', stationId)
      .where('session_id', '=', sessionOf(stationId, bundleId))
      .executeTakeFirst(),
  ]);
  const previousFolder =
    previous && deps.bundlesFolder !== null
      ? join(deps.bundlesFolder, folderOf(previous.bundle_id, previous.tag_manifest_sha256))
      : null;
  return {
    lastTagManifestSha256: last?.tag_manifest_sha256 ?? null,
    previousAccepted: previous !== undefined,
    sameName: sameName?.tag_manifest_sha256 ?? null,
    lastJournalSize: lastOfJournal?.journal_size ?? 0,
    rootAtItsSize: seen.find((c) => c.size === size)?.root ?? null,
    sessionPlanned: planned !== undefined,
    rehearsal: deps.rehearsal,
    notes: seen.map((c) => c.note),
    previousFolder: previousFolder !== null && (await isFolder(previousFolder)) ? previousFolder : null,
  };
}

const folderOf = (bundleId: string, tagManifestSha256: string): string =>
  `${bundleId}--${tagManifestSha256.slice(0, 16)}`;

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** A bundle's name is station, session and number; the session's own name may hold dashes. */
const sessionOf = (stationId: string, bundleId: string): string =>
  bundleId.startsWith(`${stationId}-`) ? bundleId.slice(stationId.length + 1).replace(/-[0-9]+$/, '') : '';

async function previousNamed(bag: Bag): Promise<string | null> {
  const text = await readSmall(bag, BAG_INFO_FILE, 64 * 1024);
  return parseBagInfo(text?.toString('utf8') ?? '').get(LABEL.previous) ?? null;
}

type BundleCheckpoint = { size: number; root: string; note: string; signingKey: string; journal: number };

/** The journal's checkpoint in the bundle, as one of the station's keys signed it; null where none did. */
async function checkpointOf(bag: Bag, stationId: string, spans: readonly KeySpan[]): Promise<BundleCheckpoint | null> {
  const note = (await readSmall(bag, CHECKPOINT_FILE, 16 * 1024))?.toString('utf8') ?? '';
  for (const { signingKey, journal } of spans) {
    const read = parseAndVerifyCheckpoint(note, stationId, publicKeyOfLine(signingKey)!);
    if (!read.ok) continue;
    return { size: read.value.size, root: Buffer.from(read.value.root).toString('base64'), note, signingKey, journal };
  }
  return null;
}

async function findBundle(
  bag: Bag,
  report: VerifyReport,
  { stationId }: Announced,
  checkpoint: (BundleCheckpoint & { verdict: KeyVerdict }) | null,
): Promise<FoundBundle> {
  const tagManifest = await readSmall(bag, TAG_MANIFEST_FILE, 1024 * 1024);
  return {
    station: report.bundle.station,
    identifier: report.bundle.identifier,
    sessionId: sessionOf(stationId, report.bundle.identifier),
    rehearsal: report.bundle.rehearsal,
    tagManifestSha256: createHash('sha256')
      .update(tagManifest ?? '')
      .digest('hex'),
    previousTagManifestSha256: await previousNamed(bag),
    checkpoint: checkpoint && { size: checkpoint.size, root: checkpoint.root },
    keyVerdict: checkpoint?.verdict ?? 'unknown',
    failedClaims: report.claims.filter((claim) => claim.result === 'fail').map((claim) => claim.id),
  };
}

async function accept(
  deps: IntakeDeps,
  folder: string,
  bag: Bag,
  { report, found, journal, note }: { report: VerifyReport; found: FoundBundle; journal: number; note: string },
): Promise<Result<SignedReceipt, Refusal[]>> {
  const { db, clock } = deps;
  const receivedAtMs = clock.wallMs();
  const receipt: Omit<Receipt, 'receiptNumber'> = {
    format: RECEIPT_FORMAT,
    centre: deps.name,
    stationId: found.station,
    bundleId: found.identifier,
    sessionId: found.sessionId,
    tagManifestSha256: found.tagManifestSha256,
    files: bag.files.size,
    bytes: [...bag.files.values()].reduce((sum, size) => sum + size, 0),
    receivedAtMs,
    checkpoint: found.checkpoint!,
    opened: deps.identities.length > 0,
    claims: { pass: report.counts.pass, notPresent: report.counts.notPresent },
    declaredMissing: deps.identities.length > 0 ? await countDeclared(bag, deps.identities) : null,
  };
  // Until the commit the folder has no row: a centre killed here finds the upload again and takes it in once more. The name has
  // the content's hash in it, so that no other bundle can lie there.
  if (deps.bundlesFolder !== null) {
    const target = join(deps.bundlesFolder, folderOf(found.identifier, found.tagManifestSha256));
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
    await syncDirectory(deps.bundlesFolder);
  }
  const previous = found.previousTagManifestSha256 ?? '';
  for (;;) {
    const signed = await signOnRecord(deps, { receipt, previous, report, journal, note }).catch((cause: unknown) => {
      if (isTaken(cause)) return undefined;
      throw cause;
    });
    if (signed) return ok(signed);
    // Another process was first: with the same bundle, or with the same number.
    const theirs = await receiptOf(db, found.tagManifestSha256);
    if (theirs) return ok(theirs);
    const rivals = await db
      .selectFrom('bundles')
      .select(['bundle_id', 'previous_sha256'])
      .where('station_id', '=', found.station)
      .execute();
    if (rivals.some((r) => r.bundle_id === found.identifier)) return err([{ code: 'NAME_TAKEN' }]);
    if (rivals.some((r) => r.previous_sha256 === previous)) return err([{ code: 'CHAIN_BROKEN' }]);
  }
}

/** Numbers, signs and keeps the receipt with the bundle's row and the station's newest checkpoint, all in one commit. */
const signOnRecord = (
  { db, clock, receiptKey }: IntakeDeps,
  what: {
    receipt: Omit<Receipt, 'receiptNumber'>;
    previous: string;
    report: VerifyReport;
    journal: number;
    note: string;
  },
): Promise<SignedReceipt> =>
  db.transaction().execute(async (tx) => {
    const { receipt, previous, report, journal, note } = what;
    const day = chinaDay(clock.wallMs());
    const { count } = await tx
      .selectFrom('bundles')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('receipt_number', 'like', `HZ-${day}-%`)
      .executeTakeFirstOrThrow();
    const receiptNumber = `HZ-${day}-${String(Number(count) + 1).padStart(4, '0')}`;
    const signed = signReceipt({ ...receipt, receiptNumber }, receiptKey);
    await tx
      .insertInto('bundles')
      .values({
        bundle_id: receipt.bundleId,
        station_id: receipt.stationId,
        session_id: receipt.sessionId,
        tag_manifest_sha256: receipt.tagManifestSha256,
        journal,
        journal_size: receipt.checkpoint.size,
        previous_sha256: previous,
        accepted_ms: receipt.receivedAtMs,
        receipt_number: receiptNumber,
        receipt: signed.text,
        receipt_signature: signed.signature,
        claims: JSON.stringify(report.claims.map(({ id, result }) => [id, result])),
      })
      .execute();
    const { size, root } = receipt.checkpoint;
    const seen = { journal, size, root, note, seen_ms: receipt.receivedAtMs };
    await tx
      .insertInto('seen_checkpoints')
      .values({ station_id: receipt.stationId, ...seen })
      .onConflict((c) => c.doNothing())
      .execute();
    return signed;
  });

/** `20260516`, as the centre's calendar has it. */
const chinaDay = (ms: number): string => chinaTime(ms).slice(0, 10).replaceAll('-', '');
