import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const bundle = z.object({ bundleId: z.string() });
const reasons = z.array(z.object({ code: z.string(), claims: z.array(z.string()) }));

export const deliveryEvents = {
  settingChanged: event(
    'delivery.setting-changed',
    '改上传设置',
    'Where and how bundles are sent was changed',
    z.object({
      address: z.string().nullable(),
      limitKBps: z.number().nullable(),
      hours: z.object({ from: z.int(), to: z.int() }).nullable(),
      objectStore: z
        .object({ endpoint: z.string(), bucket: z.string(), region: z.string(), accessKeyId: z.string() })
        .nullable(),
    }),
  ),
  storeKeySaved: event(
    'delivery.store-key-saved',
    '存下对象存储的密钥',
    "The object storage's secret key was given anew",
    z.object({}),
  ),
  begun: event(
    'delivery.upload-begun',
    '开始上传封存包',
    'Sending of a bundle began',
    z.object({ bundleId: z.string(), bytes: z.number(), centre: z.string() }),
  ),
  uploadLost: event(
    'delivery.upload-lost',
    '中心没有留住传了一部分的封存包，从头再传',
    'The centre no longer had what was sent; sending began anew',
    z.object({ bundleId: z.string(), sentBytes: z.number() }),
  ),
  ownCopyDamaged: refusal(
    'delivery.own-copy-damaged',
    '本机的封存包核验没通过，没有再传',
    "This machine's own copy did not stand the check; it was not sent again",
    z.object({ bundleId: z.string(), claims: z.array(z.string()) }),
  ),
  arrived: event('delivery.upload-arrived', '封存包已全部传到', 'Every byte of a bundle has arrived', bundle),
  paused: event('delivery.paused', '暂停上传', 'Sending was stopped by a person', bundle),
  resumed: event('delivery.resumed', '继续上传', 'Sending goes on', bundle),
  refusedByCentre: refusal(
    'delivery.refused-by-centre',
    '中心没有签收',
    'The centre did not accept a bundle',
    z.object({ bundleId: z.string(), reasons }),
  ),
  checkpointSent: event(
    'delivery.checkpoint-sent',
    '检查点已送到中心',
    'A person sent a checkpoint, and the centre cosigned it',
    z.object({ size: z.int(), witness: z.string() }),
  ),
  checkpointRefused: refusal(
    'delivery.checkpoint-refused',
    '中心没有见证检查点',
    'The centre did not cosign a checkpoint, or not with its key',
    z.object({ size: z.int(), code: z.string() }),
  ),
  receiptKept: event(
    'delivery.receipt-kept',
    '收到中心回执',
    "The centre's receipt was checked and kept",
    z.object({
      bundleId: z.string(),
      receiptNumber: z.string(),
      tagManifestSha256: z.string(),
      way: z.enum(['upload', 'file']),
    }),
  ),
  receiptRefused: refusal(
    'delivery.receipt-refused',
    '回执没有通过核对',
    'A receipt did not stand the check',
    z.object({ bundleId: z.string(), code: z.string(), way: z.enum(['upload', 'file']) }),
  ),
};
