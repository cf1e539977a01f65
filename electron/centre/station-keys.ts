import type { KeyObject } from 'node:crypto';
import {
  type Replacement,
  type Rotation,
  replacements,
  rotations,
  type StationKeyCard,
  stationCards,
} from '../features/keys/documents.ts';
import { currentSpan, judgeKey, KeySpan } from '../features/keys/key-spans.ts';
import type { SignedText, SignedTextError } from '../features/keys/signed-document.ts';
import type { Clock } from '../lib/clock.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { publicKeyOfLine, sshPublicKeyLine } from '../lib/ssh-key-text.ts';
import type { CentreDb } from './centre-store.ts';

export type KeyDeps = { db: CentreDb; clock: Clock; name: string; receiptKey: KeyObject };
/** Who does it and who is the second; both stand on record. */
export type TwoPersons = { by: string; second: string };
type Unknown = { code: 'STATION_UNKNOWN' };

/** Every key a station has had, in order; empty for one that is not enrolled. */
export async function spansOf(db: CentreDb, stationId: string): Promise<KeySpan[]> {
  const rows = await db
    .selectFrom('station_keys')
    .selectAll()
    .where('station_id', '=', stationId)
    .orderBy('number')
    .execute();
  return rows.map((row) =>
    KeySpan.parse({
      signingKey: row.signing_key,
      journal: row.journal,
      fromSize: row.from_size,
      untilSize: row.until_size,
      ended: row.ended,
    }),
  );
}

/** The key a station signs with now; undefined for one that is not enrolled, or whose key was withdrawn. */
export async function enrolledKey(db: CentreDb, stationId: string): Promise<KeyObject | undefined> {
  const span = currentSpan(await spansOf(db, stationId));
  return span && publicKeyOfLine(span.signingKey);
}

/** The longest journal under this key's journal number that the centre has seen a checkpoint of; 0 for none. */
export async function seenSize(db: CentreDb, stationId: string, journal: number): Promise<number> {
  const row = await db
    .selectFrom('seen_checkpoints')
    .select((eb) => eb.fn.max('size').as('size'))
    .where('station_id', '=', stationId)
    .where('journal', '=', journal)
    .executeTakeFirst();
  return Number(row?.size ?? 0);
}

/** The station card (考点名片) as of now, signed by the centre: what `kaodian verify --station-card` reads. */
export async function signStationCard(deps: KeyDeps, stationId: string): Promise<Result<SignedText, Unknown>> {
  const station = await deps.db
    .selectFrom('stations')
    .selectAll()
    .where('station_id', '=', stationId)
    .executeTakeFirst();
  if (!station) return err({ code: 'STATION_UNKNOWN' });
  const card: StationKeyCard = {
    format: 'kaodian-station-card/1',
    centre: deps.name,
    stationId,
    siteName: station.site_name,
    keys: await spansOf(deps.db, stationId),
    issuedAtMs: deps.clock.wallMs(),
  };
  return ok(stationCards.sign(card, deps.receiptKey));
}

export type RotationError =
  | SignedTextError
  | Unknown
  /** Signed by another key than the one in use, or one that has been withdrawn. */
  | { code: 'ROTATION_OTHER_KEY' }
  /** It names a place in the journal behind what the centre has seen under the old key, or another root there. */
  | { code: 'ROTATION_BEHIND' };

/** Takes up a station's rotation. The same one again changes nothing. */
export async function takeRotation(deps: KeyDeps, signed: SignedText): Promise<Result<Rotation, RotationError>> {
  const read = rotations.read(signed);
  if (!read.ok) return read;
  const { document: rotation, publicKey } = read.value;
  const { stationId, oldKey, newKey, journalSize } = rotation;
  const spans = await spansOf(deps.db, stationId);
  if (spans.length === 0) return err({ code: 'STATION_UNKNOWN' });
  const old = spans.find((s) => s.signingKey === oldKey);
  const follower = spans[spans.findIndex((s) => s.signingKey === oldKey) + 1];
  const taken = old?.ended === 'rotated' && old.untilSize === journalSize && follower?.signingKey === newKey;
  if (taken) return ok(rotation);
  const signedByOld = sshPublicKeyLine(publicKey) === oldKey;
  if (!signedByOld || old?.ended !== null || spans.some((s) => s.signingKey === newKey)) {
    return err({ code: 'ROTATION_OTHER_KEY' });
  }
  const seen = await deps.db
    .selectFrom('seen_checkpoints')
    .select(['size', 'root'])
    .where('station_id', '=', stationId)
    .where('journal', '=', old.journal)
    .where('size', '>=', journalSize)
    .execute();
  if (seen.some((c) => c.size > journalSize || c.root !== rotation.root)) return err({ code: 'ROTATION_BEHIND' });
  await deps.db.transaction().execute(async (tx) => {
    await endKey(tx, stationId, oldKey, journalSize, 'rotated');
    await addKey(tx, stationId, { signingKey: newKey, journal: old.journal, fromSize: journalSize + 1 });
    // The station's two persons stand in its own journal; here its signature is who did it.
    await keep(tx, deps.clock, stationId, 'rotated', { by: stationId, second: '' }, signed);
  });
  return ok(rotation);
}

export type RevokeError = Unknown | { code: 'NO_KEY_IN_USE' } | { code: 'BEHIND_RECEIPT'; size: number };

/**
 * Withdraws the key in use from a journal size on: what it signed up to there stays good, everything longer is refused.
 *
 * @param size  undefined: as far as the centre has seen the journal. Never before a bundle that has a receipt.
 */
export async function revokeKey(
  deps: KeyDeps,
  stationId: string,
  size: number | undefined,
  who: TwoPersons & { why: string },
): Promise<Result<KeySpan, RevokeError>> {
  const spans = await spansOf(deps.db, stationId);
  if (spans.length === 0) return err({ code: 'STATION_UNKNOWN' });
  const span = currentSpan(spans);
  if (!span) return err({ code: 'NO_KEY_IN_USE' });
  const untilSize = size ?? (await seenSize(deps.db, stationId, span.journal));
  const receipted = await deps.db
    .selectFrom('bundles')
    .select((eb) => eb.fn.max('journal_size').as('size'))
    .where('station_id', '=', stationId)
    .where('journal', '=', span.journal)
    .executeTakeFirst();
  const behind = Number(receipted?.size ?? 0);
  if (untilSize < behind) return err({ code: 'BEHIND_RECEIPT', size: behind });
  await deps.db.transaction().execute(async (tx) => {
    await endKey(tx, stationId, span.signingKey, untilSize, 'revoked');
    await keep(tx, deps.clock, stationId, 'revoked', who, { signingKey: span.signingKey, untilSize, why: who.why });
  });
  return ok({ ...span, untilSize, ended: 'revoked' });
}

export type ReplaceError = Unknown | { code: 'KEY_STILL_IN_USE' } | { code: 'KEY_KNOWN' };

/**
 * Puts a key in the place of one that was withdrawn, and signs the order that the station keeps. With the passphrase lost the same
 * journal goes on; another machine begins its own, behind the bundle accepted last.
 */
export async function replaceKey(
  deps: KeyDeps,
  card: { stationId: string; signingKey: string },
  lost: Replacement['lost'],
  who: TwoPersons,
): Promise<Result<SignedText, ReplaceError>> {
  const spans = await spansOf(deps.db, card.stationId);
  const last = spans.at(-1);
  if (!last) return err({ code: 'STATION_UNKNOWN' });
  if (currentSpan(spans)) return err({ code: 'KEY_STILL_IN_USE' });
  if (judgeKey(spans, card.signingKey, 0) !== 'unknown') return err({ code: 'KEY_KNOWN' });
  const bundle = await deps.db
    .selectFrom('bundles')
    .select('tag_manifest_sha256')
    .where('station_id', '=', card.stationId)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  const place =
    lost === 'machine'
      ? { journal: last.journal + 1, fromSize: 0 }
      : { journal: last.journal, fromSize: last.untilSize! + 1 };
  const order: Replacement = {
    format: 'kaodian-replacement/1',
    centre: deps.name,
    stationId: card.stationId,
    lost,
    signingKey: card.signingKey,
    ...place,
    previousTagManifestSha256: bundle?.tag_manifest_sha256 ?? null,
    issuedAtMs: deps.clock.wallMs(),
  };
  const signed = replacements.sign(order, deps.receiptKey);
  await deps.db.transaction().execute(async (tx) => {
    await addKey(tx, card.stationId, { signingKey: card.signingKey, ...place });
    await keep(tx, deps.clock, card.stationId, 'replaced', who, signed);
  });
  return ok(signed);
}

const endKey = (tx: CentreDb, stationId: string, signingKey: string, untilSize: number, ended: 'rotated' | 'revoked') =>
  tx
    .updateTable('station_keys')
    .set({ until_size: untilSize, ended })
    .where('station_id', '=', stationId)
    .where('signing_key', '=', signingKey)
    .execute();

/** Puts a key behind those the station has had. */
export async function addKey(
  tx: CentreDb,
  stationId: string,
  key: Pick<KeySpan, 'signingKey' | 'journal' | 'fromSize'>,
): Promise<void> {
  const number = (await spansOf(tx, stationId)).length + 1;
  const { signingKey: signing_key, journal, fromSize: from_size } = key;
  const row = { station_id: stationId, number, signing_key, journal, from_size, until_size: null, ended: null };
  await tx.insertInto('station_keys').values(row).execute();
}

export async function keep(
  tx: CentreDb,
  clock: Clock,
  stationId: string,
  act: 'enrolled' | 'rotated' | 'revoked' | 'replaced' | 'recipient',
  { by, second }: TwoPersons,
  detail: object,
): Promise<void> {
  await tx
    .insertInto('key_acts')
    .values({
      at_ms: clock.wallMs(),
      station_id: stationId,
      act,
      by_name: by,
      second_name: second,
      detail: JSON.stringify(detail),
    })
    .execute();
}
