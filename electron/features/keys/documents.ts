import { z } from 'zod';
import { Sha256 } from '../archive/bundle-format.ts';
import { KeySpan, SigningKeyLine } from './key-spans.ts';
import { signedDocument } from './signed-document.ts';

const StationId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/);
const Name = z.string().min(1).max(200);
const Count = z.int().nonnegative();

/** What the centre signs of a station (考点名片): its keys, and for which journal sizes each of them speaks. */
export const StationKeyCard = z.strictObject({
  format: z.literal('kaodian-station-card/1'),
  centre: Name,
  stationId: StationId,
  siteName: Name,
  keys: z.array(KeySpan).min(1).max(200),
  issuedAtMs: Count,
});
export type StationKeyCard = z.infer<typeof StationKeyCard>;
export const stationCards = signedDocument(StationKeyCard, 'kaodian-station-card');

/**
 * A station's key follows another (密钥轮换): signed by the old one, for the last time. The old key speaks for the journal up to
 * `journalSize` entries, the new one from there on.
 */
export const Rotation = z.strictObject({
  format: z.literal('kaodian-rotation/1'),
  stationId: StationId,
  oldKey: SigningKeyLine,
  newKey: SigningKeyLine,
  journalSize: Count,
  /** Of the journal at that size, base64. */
  root: z.base64(),
  atMs: Count,
});
export type Rotation = z.infer<typeof Rotation>;
export const rotations = signedDocument(Rotation, 'kaodian-rotation');

/**
 * The centre puts a key in the place of one that is lost (接替书), since the lost one can sign for nobody. On another machine the row of
 * bundles goes on behind the one accepted last.
 */
export const Replacement = z.strictObject({
  format: z.literal('kaodian-replacement/1'),
  centre: Name,
  stationId: StationId,
  lost: z.enum(['passphrase', 'machine']),
  signingKey: SigningKeyLine,
  journal: z.int().positive(),
  fromSize: Count,
  /** The bundle that the station's next one follows; null where none was accepted. */
  previousTagManifestSha256: Sha256.nullable(),
  issuedAtMs: Count,
});
export type Replacement = z.infer<typeof Replacement>;
export const replacements = signedDocument(Replacement, 'kaodian-replacement');
