import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { signSsh, verifySsh } from '../../lib/sshsig.ts';
import { parseBoundedJson } from '../archive/bounded-json.ts';
import { RECEIPT_NAMESPACE, Sha256 } from '../archive/bundle-format.ts';

export { RECEIPT_NAMESPACE };
export const RECEIPT_FORMAT = 'kaodian-receipt/1';
const MAX_RECEIPT_BYTES = 16 * 1024;

const Name = z.string().min(1).max(200);
const Count = z.int().nonnegative();

/**
 * The receipt (回执): the centre has the bundle whole, has hashed what it received, and found no failed claim. One signed JSON
 * in its canonical spelling (RFC 8785); nothing local may be purged before the station holds one that fits its bundle.
 */
export const Receipt = z.strictObject({
  format: z.literal(RECEIPT_FORMAT),
  /** Unique at the centre: `HZ-20260516-0031`. */
  receiptNumber: z.string().regex(/^HZ-[0-9]{8}-[0-9]{4,8}$/),
  centre: Name,
  stationId: Name,
  bundleId: Name,
  sessionId: Name,
  tagManifestSha256: Sha256,
  /** Files and bytes of the whole bundle, as received and hashed again. */
  files: Count,
  bytes: Count,
  receivedAtMs: Count,
  /** The journal's checkpoint that came with it: the centre will hold the station to it. */
  checkpoint: z.strictObject({ size: Count, root: z.base64() }),
  /** Whether the centre opened the bundle with its key, and how its claims were counted. */
  opened: z.boolean(),
  claims: z.strictObject({ pass: Count, notPresent: Count }),
  /** Missing things that the site declared, as the centre read them; null where it did not open the bundle. */
  declaredMissing: Count.nullable(),
});
export type Receipt = z.infer<typeof Receipt>;

/** The receipt's text, byte for byte as signed, and the armored signature over it. */
export type SignedReceipt = { text: string; signature: string };

/** @throws TypeError when the key is not an Ed25519 private key */
export function signReceipt(receipt: Receipt, privateKey: KeyObject): SignedReceipt {
  const text = canonicalJson(Receipt.parse(receipt));
  return { text, signature: signSsh(Buffer.from(text, 'utf8'), RECEIPT_NAMESPACE, privateKey) };
}

export type ReceiptError =
  | { code: 'RECEIPT_MALFORMED' }
  /** The signature is not over this text, or made for something else. */
  | { code: 'RECEIPT_NOT_SIGNED' }
  /** Sound, by a key that is not the centre's. */
  | { code: 'RECEIPT_OTHER_KEY' }
  /** By a key the centre has withdrawn. */
  | { code: 'RECEIPT_KEY_REVOKED' }
  /** For another bundle, another content under the same name, or another station. */
  | { code: 'RECEIPT_OTHER_BUNDLE' };

/** Reads a receipt whose signature holds, by whichever key; in any spelling but the canonical one it is malformed. */
export function readReceipt({
  text,
  signature,
}: SignedReceipt): Result<{ receipt: Receipt; publicKey: KeyObject }, ReceiptError> {
  const bytes = Buffer.from(text, 'utf8');
  const json = parseBoundedJson(bytes, MAX_RECEIPT_BYTES);
  const receipt = json.ok ? Receipt.safeParse(json.value) : undefined;
  if (!receipt?.success || canonicalJson(receipt.data) !== text) return err({ code: 'RECEIPT_MALFORMED' });
  const signed = verifySsh(signature, bytes, RECEIPT_NAMESPACE);
  if (!signed.ok) return err({ code: 'RECEIPT_NOT_SIGNED' });
  return ok({ receipt: receipt.data, publicKey: signed.value.publicKey });
}

/** What the station knows of the bundle a receipt should be for. */
export type ReceiptedBundle = { stationId: string; bundleId: string; tagManifestSha256: string };

/**
 * Whether a receipt is the centre's, and for this very bundle.
 *
 * @param centre  the keys of the centre's card, and those it has withdrawn
 */
export function checkReceipt(
  signed: SignedReceipt,
  centre: { keys: readonly KeyObject[]; revoked: readonly KeyObject[] },
  bundle: ReceiptedBundle,
): Result<Receipt, ReceiptError> {
  const read = readReceipt(signed);
  if (!read.ok) return read;
  const { receipt, publicKey } = read.value;
  if (centre.revoked.some((key) => key.equals(publicKey))) return err({ code: 'RECEIPT_KEY_REVOKED' });
  if (!centre.keys.some((key) => key.equals(publicKey))) return err({ code: 'RECEIPT_OTHER_KEY' });
  const same =
    receipt.stationId === bundle.stationId &&
    receipt.bundleId === bundle.bundleId &&
    receipt.tagManifestSha256 === bundle.tagManifestSha256;
  return same ? ok(receipt) : err({ code: 'RECEIPT_OTHER_BUNDLE' });
}
