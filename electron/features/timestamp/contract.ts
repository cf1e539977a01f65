import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';

/** Where stamps are asked for; null: nowhere. */
export const TimestampSetting = z.object({ address: z.string().max(300).nullable() });
export type TimestampSetting = z.infer<typeof TimestampSetting>;

const View = z.object({
  ...TimestampSetting.shape,
  /** Bundles with a stamp, and sealed ones that still lack one. */
  stamped: z.int(),
  waiting: z.int(),
  /** Why the last try brought none; null when it did, or none was made. */
  problem: z.string().nullable(),
});
export type TimestampView = z.infer<typeof View>;

export const timestamp = {
  view: callableBy(['site-lead']).output(View),
  saveSetting: callableBy(['site-lead'])
    .input(TimestampSetting)
    .output(View)
    .errors({ TSA_ADDRESS_UNUSABLE: { status: 422 } }),
};
