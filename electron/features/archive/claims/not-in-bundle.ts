import { type Claim, notPresent } from './claim.ts';

/** What no bundle of this format carries yet, said aloud instead of left out. */
export const notInBundleClaims = (): Claim[] => [
  notPresent(
    { id: 'time.1', title: { zh: '第三方时间戳', en: 'Time stamp by a third party' } },
    '包里没有。时间只凭考点时钟和日志次序。',
    "None in the bundle. Time rests on the station's clock and the order of its journal.",
  ),
];
