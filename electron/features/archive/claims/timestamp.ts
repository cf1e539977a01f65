import type { X509Certificate } from 'node:crypto';
import { isTrusted, readTimestamp } from '../../timestamp/token.ts';
import { chinaTime } from '../bag-info.ts';
import { TAG_MANIFEST_FILE } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, type Question } from './claim.ts';

const STAMPED: Question = {
  id: 'time.1',
  title: { zh: '第三方时间戳：封存不晚于它写的时间', en: 'Time stamp by a third party: sealed no later than it says' },
  command: `openssl ts -verify -data ${TAG_MANIFEST_FILE} -in ../BUNDLE.tsr -CAfile TSA-CA.pem`,
};

export type TimestampQuestion = {
  /** The response as it lies beside the bundle, and the authorities that count. */
  given: { response: Buffer; authorities: readonly X509Certificate[] } | undefined;
  tagManifestSha256: string;
};

/** A stamp comes after the seal and lies beside the bundle: it is not among what the bundle's own signature covers. */
export function timestampClaims({ given, tagManifestSha256 }: TimestampQuestion): Claim[] {
  if (!given) {
    return [
      notPresent(
        STAMPED,
        '包旁边没有（--timestamp FILE）。时间只凭考点时钟和日志次序。',
        "None beside the bundle (--timestamp FILE). Time rests on the station's clock and the order of its journal.",
      ),
    ];
  }
  const read = readTimestamp(given.response, Buffer.from(tagManifestSha256, 'hex'));
  if (!read.ok) {
    return read.error.code === 'OTHER_CONTENT'
      ? [fail(STAMPED, '时间戳是别的内容的。', 'The stamp is over another content.')]
      : [fail(STAMPED, '不是时间戳，或签名不符。', 'It is no time stamp, or its signature fails.')];
  }
  const { subject } = read.value.certificate;
  const at = `${chinaTime(read.value.atMs)}，${subject.replaceAll('\n', ', ')}`;
  return [
    isTrusted(read.value, given.authorities)
      ? pass(STAMPED, at, at)
      : notPresent(
          STAMPED,
          `${at}；是不是可信机构，没有人担保：--tsa-ca FILE`,
          `${at}; nobody vouches for the authority: --tsa-ca FILE`,
        ),
  ];
}
