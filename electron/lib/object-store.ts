import type { S3Client } from '@aws-sdk/client-s3';

/** A bucket behind the S3 interface. */
export type ObjectStore = {
  /** `https://...`, without the bucket's name. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** No byte moved for so long: the line is dead. Longer than a store takes to write a part, shorter than a person waits. */
const SILENT_MS = 60_000;

/**
 * How the SDK is set up for stores that are not Amazon's: buckets in the path; checksums as every store knows them (Content-MD5
 * where we give it), not the newer ones that some ignore. Trying again is the caller's, who remembers beyond this process.
 */
export const clientConfigOf = ({ endpoint, region, accessKeyId, secretAccessKey }: ObjectStore) => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey },
  forcePathStyle: true,
  requestChecksumCalculation: 'WHEN_REQUIRED' as const,
  responseChecksumValidation: 'WHEN_REQUIRED' as const,
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 10_000, socketTimeout: SILENT_MS },
});

/** The SDK is large, and most stations never need it: it is loaded when it is. */
export async function objectStoreClient(store: ObjectStore): Promise<S3Client> {
  const sdk = await import('@aws-sdk/client-s3');
  return new sdk.S3Client(clientConfigOf(store));
}

export type StoreFault =
  /** No answer, an answer of the 500s, or a body that was damaged on its way. */
  | { kind: 'unreachable' }
  /** Neither the object nor the upload is there. */
  | { kind: 'missing' }
  | { kind: 'no-bucket' }
  /** The key is unknown, wrong, or may not do this. */
  | { kind: 'denied' }
  /** This machine's clock is too far from the store's: nothing it signs is taken. */
  | { kind: 'clock' }
  | { kind: 'full' }
  | { kind: 'refused'; name: string };

const MISSING = ['NoSuchUpload', 'NoSuchKey', 'NotFound'];
const DAMAGED = [
  'BadDigest',
  'InvalidDigest',
  'XAmzContentSHA256Mismatch',
  'IncompleteBody',
  'RequestTimeout',
  'SlowDown',
];

/** What an exception of the SDK means. Its message may hold what was signed: only its name is looked at. */
export function storeFault(cause: unknown): StoreFault {
  const { name = '', $metadata } = cause as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  if (name === 'NoSuchBucket') return { kind: 'no-bucket' };
  if (MISSING.includes(name)) return { kind: 'missing' };
  if (name === 'RequestTimeTooSkewed') return { kind: 'clock' };
  if (status === 507 || name === 'QuotaExceeded') return { kind: 'full' };
  if (status === 0 || status >= 500 || DAMAGED.includes(name)) return { kind: 'unreachable' };
  if (status === 401 || status === 403) return { kind: 'denied' };
  if (status === 404) return { kind: 'missing' };
  return { kind: 'refused', name: /^[A-Za-z]{2,60}$/.test(name) ? name : String(status) };
}
