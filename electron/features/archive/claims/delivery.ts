import type { KeyObject } from 'node:crypto';
import { parseAllowedSigners } from '../../../lib/ssh-key-text.ts';
import { type Claim, fail, notPresent, pass, type Question } from './claim.ts';

const RECEIPT: Question = {
  id: 'delivery.1',
  title: { zh: '鉴定中心签收了这一包', en: 'The appraisal centre has acknowledged this very bundle' },
};

/** What a receipt says of which bundle, and whose key signed it; undefined when it is no receipt or its signature fails. */
export type ReadReceipt = (signed: {
  text: string;
  signature: string;
}) =>
  | { receiptNumber: string; centre: string; tagManifestSha256: string; bundleId: string; publicKey: KeyObject }
  | undefined;

export type ReceiptQuestion = {
  /** The receipt that was given beside the bundle, with how to read it. */
  given: { signed: { text: string; signature: string }; read: ReadReceipt; namespace: string } | undefined;
  /** Text of an allowed_signers file from outside: whose receipts count. */
  allowedSigners: string | undefined;
  bundleId: string;
  tagManifestSha256: string;
};

/** A bundle is sealed before it is acknowledged, so the receipt comes from beside it. */
export function deliveryClaims({ given, allowedSigners, bundleId, tagManifestSha256 }: ReceiptQuestion): Claim[] {
  if (!given) {
    return [
      notPresent(
        RECEIPT,
        '没有拿来比对：--receipt FILE。封存在前、回执在后，包里没有。',
        'None was given: --receipt FILE. A bundle is sealed first and acknowledged later.',
      ),
    ];
  }
  const receipt = given.read(given.signed);
  if (!receipt) return [fail(RECEIPT, '给的不是回执，或签名不符。', 'It is no receipt, or its signature fails.')];
  if (receipt.tagManifestSha256 !== tagManifestSha256 || receipt.bundleId !== bundleId) {
    return [fail(RECEIPT, '给的回执是别的封存包的。', 'The receipt given is for another bundle.')];
  }
  const signers = allowedSigners === undefined ? undefined : parseAllowedSigners(allowedSigners);
  const vouched =
    signers?.ok === true &&
    signers.value.some((s) => s.namespaces?.includes(given.namespace) && s.publicKey.equals(receipt.publicKey));
  const name = `${receipt.receiptNumber}，${receipt.centre}`;
  return [
    vouched
      ? pass(RECEIPT, name, name)
      : notPresent(
          RECEIPT,
          `${name}；是不是中心的密钥，没有人担保：--allowed-signers FILE`,
          `${name}; nobody vouches that the key is the centre's: --allowed-signers FILE`,
        ),
  ];
}
