import { objectStoreClient, storeFault } from '../../lib/object-store.ts';
import type { DeliveryDeps } from './deps.ts';
import { deliverySetting } from './setting.ts';

type StoreAnswer = 'none' | 'no-key' | 'answers' | 'denied' | 'clock' | 'no-bucket' | 'silent';

/** Whether the object storage that is set lets this station in, by asking for one key of its bucket that may not be there. */
export async function tryStore(deps: DeliveryDeps, abortSignal: AbortSignal): Promise<StoreAnswer> {
  const { objectStore } = deliverySetting(deps.setting);
  if (objectStore === null) return 'none';
  const secretAccessKey = deps.storeKey.read();
  if (secretAccessKey === null) return 'no-key';
  const { ListMultipartUploadsCommand } = await import('@aws-sdk/client-s3');
  const client = await objectStoreClient({ ...objectStore, secretAccessKey });
  try {
    const asked = new ListMultipartUploadsCommand({ Bucket: objectStore.bucket, Prefix: 'bundles/', MaxUploads: 1 });
    await client.send(asked, { abortSignal });
    return 'answers';
  } catch (cause) {
    const { kind } = storeFault(cause);
    return kind === 'denied' || kind === 'clock' || kind === 'no-bucket' ? kind : 'silent';
  } finally {
    client.destroy();
  }
}
