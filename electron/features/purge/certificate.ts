import type { KeyObject } from 'node:crypto';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { signSsh } from '../../lib/sshsig.ts';
import { Sha256 } from '../archive/bundle-format.ts';
import { PurgeKind } from './contract.ts';

export const PURGE_NAMESPACE = 'kaodian-purge';

/** What the station says it has taken away: the hash names every file by what it was, so that the bundle at the centre can be compared. */
export const PurgeCertificate = z.strictObject({
  format: z.literal('kaodian-purge/1'),
  purgeId: z.string(),
  stationId: z.string(),
  sessionId: z.string(),
  kind: PurgeKind,
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** SHA-256 over the stored files' SHA-256 in hex, sorted, one a line. */
  filesSha256: Sha256,
  receiptNumber: z.string(),
  bundleId: z.string(),
  /** The clause that let it, and the days it asks for. */
  clauseId: z.string(),
  days: z.int(),
  by: z.string(),
  second: z.string(),
  atMs: z.int(),
});
export type PurgeCertificate = z.infer<typeof PurgeCertificate>;

export const hashOfFiles = (storedSha256: readonly string[]): string =>
  createHash('sha256')
    .update(
      storedSha256
        .toSorted()
        .map((hash) => `${hash}\n`)
        .join(''),
    )
    .digest('hex');

export function signCertificate(certificate: PurgeCertificate, key: KeyObject): { text: string; signature: string } {
  const text = canonicalJson(PurgeCertificate.parse(certificate));
  return { text, signature: signSsh(Buffer.from(text, 'utf8'), PURGE_NAMESPACE, key) };
}
