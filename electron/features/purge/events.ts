import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';
import { PurgeKind } from './contract.ts';

export const purgeEvents = {
  purged: event(
    'purge.purged',
    '清除本机数据，留下证明',
    'Data of a session was taken off this machine',
    z.object({
      purgeId: z.string(),
      kind: PurgeKind,
      files: z.int(),
      bytes: z.number(),
      filesSha256: z.string(),
      receiptNumber: z.string(),
      secondStaffId: z.string(),
    }),
  ),
  refused: refusal('purge.refused', '没有清除', 'Nothing was purged', z.object({ kind: PurgeKind, code: z.string() })),
};
