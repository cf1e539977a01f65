import { z } from 'zod';
import { event } from '../../journal/events.ts';

export const timestampEvents = {
  settingChanged: event(
    'timestamp.setting-changed',
    '设置时间戳机构地址',
    'The address of a time-stamp authority was set or taken off',
    z.object({ address: z.string().nullable() }),
  ),
  kept: event(
    'timestamp.kept',
    '封存包取得第三方时间戳',
    'A bundle was stamped by a time-stamp authority',
    z.object({ bundleId: z.string(), stampedAtMs: z.number(), responseSha256: z.string() }),
  ),
};
