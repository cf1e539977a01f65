import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { signSsh, verifySsh } from '../../lib/sshsig.ts';
import { parseBoundedJson } from '../archive/bounded-json.ts';
import { Sha256 } from '../archive/bundle-format.ts';

export const ANNOUNCEMENT_NAMESPACE = 'kaodian-upload';
const MAX_ANNOUNCEMENT_BYTES = 4096;

/**
 * What a station says before it sends a bundle, signed with the key the centre enrolled: whoever cannot sign it does not get to
 * send a byte. It stands in the two fields `announcement` and `signature` of tus' Upload-Metadata.
 */
export const Announcement = z.strictObject({
  format: z.literal('kaodian-announcement/1'),
  stationId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  bundleId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,119}$/),
  tagManifestSha256: Sha256,
  /** Of the archive that will be sent. */
  sizeBytes: z.int().positive(),
});
export type Announcement = z.infer<typeof Announcement>;

/** As tus carries it: the library puts both into base64. */
export type SignedAnnouncement = { announcement: string; signature: string };

/** @throws TypeError when the key is not an Ed25519 private key */
export function signAnnouncement(announcement: Announcement, privateKey: KeyObject): SignedAnnouncement {
  const text = canonicalJson(announcement);
  return { announcement: text, signature: signSsh(Buffer.from(text, 'utf8'), ANNOUNCEMENT_NAMESPACE, privateKey) };
}

export type AnnouncementError =
  | { code: 'ANNOUNCEMENT_MALFORMED' }
  | { code: 'STATION_UNKNOWN' }
  /** Of an enrolled station, and not signed with its key. */
  | { code: 'ANNOUNCEMENT_NOT_SIGNED' };

/** @param keyOf  the enrolled key of a station; undefined for one that is not enrolled */
export async function readAnnouncement(
  signed: Partial<Record<keyof SignedAnnouncement, string | null>>,
  keyOf: (stationId: string) => Promise<KeyObject | undefined>,
): Promise<Result<Announcement, AnnouncementError>> {
  const bytes = Buffer.from(signed.announcement ?? '', 'utf8');
  const json = parseBoundedJson(bytes, MAX_ANNOUNCEMENT_BYTES);
  const announcement = json.ok ? Announcement.safeParse(json.value) : undefined;
  if (!announcement?.success) return err({ code: 'ANNOUNCEMENT_MALFORMED' });
  const enrolled = await keyOf(announcement.data.stationId);
  if (!enrolled) return err({ code: 'STATION_UNKNOWN' });
  const checked = verifySsh(signed.signature ?? '', bytes, ANNOUNCEMENT_NAMESPACE);
  if (!checked.ok || !checked.value.publicKey.equals(enrolled)) return err({ code: 'ANNOUNCEMENT_NOT_SIGNED' });
  return ok(announcement.data);
}
