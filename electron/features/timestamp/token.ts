import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../../lib/result.ts';
import { type Der, partsOf, readAll, TAG, write } from './der.ts';

const OID = {
  sha256: '608648016503040201',
  sha384: '608648016503040202',
  sha512: '608648016503040203',
  signedData: '2a864886f70d010702',
  tstInfo: '2a864886f70d0109100104',
  messageDigest: '2a864886f70d010904',
  /** ESS signingCertificate and its second version: which certificate the signer means. */
  signingCertificate: '2a864886f70d010910020c',
  signingCertificateV2: '2a864886f70d010910022f',
} as const;
const HASHES: Record<string, 'sha256' | 'sha384' | 'sha512'> = {
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
export const MAX_TOKEN_BYTES = 64 * 1024;

/** A request for a time stamp over a SHA-256 (RFC 3161, 2.4.1), with a fresh nonce and the wish for the signer's certificate. */
export function timestampRequest(sha256: Uint8Array): Buffer {
  const nonce = randomBytes(8);
  // A DER integer is signed, and its first byte is not idle: this one is positive and not zero.
  nonce[0] = (nonce[0]! & 0x7f) | 0x40;
  return write(
    TAG.sequence,
    write(TAG.integer, Uint8Array.of(1)),
    write(
      TAG.sequence,
      write(TAG.sequence, write(TAG.oid, Buffer.from(OID.sha256, 'hex')), Uint8Array.of(0x05, 0)),
      write(TAG.octets, sha256),
    ),
    write(TAG.integer, nonce),
    Uint8Array.of(0x01, 1, 0xff),
  );
}

/** The nonce of a request of ours, by which its answer is known. */
export const nonceOf = (request: Buffer): Buffer => partsOf(readAll(request)?.[0], TAG.sequence)[2]!.body;

export type TimestampError =
  /** Not granted, no such response, or a form of signature that is not read here. */
  { code: 'MALFORMED' } | { code: 'OTHER_CONTENT' } | { code: 'OTHER_NONCE' } | { code: 'BAD_SIGNATURE' };

export type Timestamp = {
  /** Of the authority's clock. */
  atMs: number;
  certificate: X509Certificate;
  /** Other certificates in the token, which may link the signer's to an authority that is known. */
  others: X509Certificate[];
};

/**
 * Reads a time-stamp response (RFC 3161) and checks that its signature holds over this SHA-256. Whose certificate signed it is
 * another question: `isTrusted`.
 *
 * @param nonce  of the request, where the caller has made it
 */
export function readTimestamp(response: Buffer, sha256: Uint8Array, nonce?: Buffer): Result<Timestamp, TimestampError> {
  const malformed = err({ code: 'MALFORMED' as const });
  if (response.length > MAX_TOKEN_BYTES) return malformed;
  const [status, contentInfo] = partsOf(readAll(response)?.[0], TAG.sequence);
  const granted = partsOf(status, TAG.sequence)[0]?.body;
  if (granted?.length !== 1 || granted[0]! > 1) return malformed;
  const [kind, wrapped] = partsOf(contentInfo, TAG.sequence);
  if (!isOid(kind, OID.signedData)) return malformed;
  const signedData = partsOf(partsOf(wrapped, TAG.context0)[0], TAG.sequence);
  const [contentKind, content] = partsOf(signedData[2], TAG.sequence);
  const info = partsOf(content, TAG.context0)[0];
  const signers = partsOf(signedData.at(-1), TAG.set);
  if (!isOid(contentKind, OID.tstInfo) || info?.tag !== TAG.octets || signers.length !== 1) return malformed;

  const fields = partsOf(readAll(info.body)?.[0], TAG.sequence);
  const [algorithm, imprint] = partsOf(fields[2], TAG.sequence);
  const time = fields.find((f) => f.tag === TAG.generalizedTime)?.body.toString('latin1') ?? '';
  const atMs = millisecondsOf(time);
  if (!isOid(partsOf(algorithm, TAG.sequence)[0], OID.sha256) || atMs === undefined) return malformed;
  if (!imprint?.body.equals(sha256)) return err({ code: 'OTHER_CONTENT' });
  if (nonce && !fields.slice(4).some((f) => f.tag === TAG.integer && f.body.equals(nonce))) {
    return err({ code: 'OTHER_NONCE' });
  }
  const certificates = partsOf(signedData[3], TAG.context0).flatMap((der) => certificateOf(der.raw) ?? []);
  const certificate = signerOf(signers[0]!, info.body, certificates);
  if (!certificate) return err({ code: 'BAD_SIGNATURE' });
  return ok({ atMs, certificate, others: certificates.filter((c) => c !== certificate) });
}

const isOid = (value: Der | undefined, hex: string): boolean =>
  value?.tag === TAG.oid && value.body.toString('hex') === hex;

/** `20260516092005Z`, perhaps with a fraction; RFC 3161 allows no other zone. */
function millisecondsOf(text: string): number | undefined {
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text);
  if (!m) return undefined;
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second) + Math.floor(Number(`0.${m[7] ?? '0'}`) * 1000);
}

function certificateOf(der: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

/** The certificate whose key made the one signature (RFC 5652, 5.4), which the signed attributes name and which is for time stamps. */
function signerOf(signer: Der, content: Buffer, certificates: readonly X509Certificate[]): X509Certificate | undefined {
  const fields = partsOf(signer, TAG.sequence);
  const attributes = fields.find((f) => f.tag === TAG.context0);
  const hash = HASHES[partsOf(fields[2], TAG.sequence)[0]?.body.toString('hex') ?? ''];
  const signature = fields.findLast((f) => f.tag === TAG.octets)?.body;
  if (!attributes || !hash || !signature) return undefined;
  const attributeOf = (oid: string): Buffer | undefined => {
    const attribute = readAll(attributes.body)?.find((a) => isOid(partsOf(a, TAG.sequence)[0], oid));
    return partsOf(attribute, TAG.sequence)[1]?.body;
  };
  const digest = createHash(hash).update(content).digest();
  if (!readAll(attributeOf(OID.messageDigest) ?? Buffer.alloc(0))?.[0]?.body.equals(digest)) return undefined;
  // What is signed carries the tag of a set, not the one under which it lies here.
  const signed = Buffer.concat([Uint8Array.of(TAG.set), attributes.raw.subarray(1)]);
  const named = attributeOf(OID.signingCertificateV2) ?? attributeOf(OID.signingCertificate) ?? Buffer.alloc(0);
  return certificates.find((certificate) => {
    const isNamed = ['sha1', 'sha256', 'sha384', 'sha512'].some((name) =>
      named.includes(createHash(name).update(certificate.raw).digest()),
    );
    if (!isNamed || !certificate.keyUsage?.includes(TIME_STAMPING)) return false;
    try {
      return verify(hash, signed, certificate.publicKey, signature);
    } catch {
      return false;
    }
  });
}

/** Whether the signer's certificate leads to one of these authorities and every link was valid at the time stamped. */
export function isTrusted({ certificate, others, atMs }: Timestamp, authorities: readonly X509Certificate[]): boolean {
  const isValid = (c: X509Certificate) => c.validFromDate.getTime() <= atMs && atMs <= c.validToDate.getTime();
  const issued = (c: X509Certificate, by: X509Certificate) => by.ca && c.checkIssued(by) && c.verify(by.publicKey);
  let at = certificate;
  for (let links = 0; links < 5 && isValid(at); links += 1) {
    const last = at;
    if (authorities.some((a) => isValid(a) && (a.raw.equals(last.raw) || issued(last, a)))) return true;
    const by = others.find((c) => !c.raw.equals(last.raw) && issued(last, c));
    if (!by) return false;
    at = by;
  }
  return false;
}
