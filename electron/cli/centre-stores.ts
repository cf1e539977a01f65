import type { CentreOptions } from '../centre/centre.ts';
import { UsageError } from './command.ts';

/** What `kaodian centre` is told of database and object storage; what is secret comes by the environment, not by the command line. */
export const STORE_OPTIONS = {
  database: { type: 'string' },
  bucket: { type: 'string' },
  region: { type: 'string', default: 'us-east-1' },
} as const;

/**
 * @param bucket  `https://host/bucket`; its key in KAODIAN_BUCKET_KEY_ID and KAODIAN_BUCKET_SECRET
 * @throws UsageError when a bucket is named by half
 */
export function centreStores(
  { database, bucket, region }: { database?: string | undefined; bucket?: string | undefined; region: string },
  env: NodeJS.ProcessEnv,
): Pick<CentreOptions, 'database' | 'objectStore'> {
  const url = database ?? env.KAODIAN_CENTRE_DATABASE;
  const stores = url === undefined ? {} : { database: url };
  if (bucket === undefined) return stores;
  const at = URL.canParse(bucket) ? new URL(bucket) : undefined;
  const name = at?.pathname.slice(1) ?? '';
  if (!at || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new UsageError('--bucket 要写成 https://主机/存储桶 the bucket is given as https://host/bucket');
  }
  const [accessKeyId, secretAccessKey] = [env.KAODIAN_BUCKET_KEY_ID, env.KAODIAN_BUCKET_SECRET];
  if (!accessKeyId || !secretAccessKey) {
    throw new UsageError(
      '环境里要有 KAODIAN_BUCKET_KEY_ID 和 KAODIAN_BUCKET_SECRET both are needed in the environment',
    );
  }
  return { ...stores, objectStore: { endpoint: at.origin, region, bucket: name, accessKeyId, secretAccessKey } };
}
