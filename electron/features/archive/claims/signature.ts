import type { KeyObject } from 'node:crypto';
import { isAllowedSigner, parseAllowedSigners, sshFingerprint } from '../../../lib/ssh-key-text.ts';
import { verifySsh } from '../../../lib/sshsig.ts';
import { BUNDLE_NAMESPACE, SIGNATURE_FILE, SIGNERS_FILE, TAG_MANIFEST_FILE } from '../bundle-format.ts';
import { type Bag, readSmall } from '../read-bag.ts';
import { stockCommands } from '../readme-text.ts';
import { type Claim, fail, notPresent, pass, type Question } from './claim.ts';

const SOUND = {
  id: 'signature.1',
  title: { zh: '总清单的签名成立', en: 'The signature over the tag manifest holds' },
} satisfies Question;
const VOUCHED = {
  id: 'signature.2',
  title: { zh: '签名密钥有包外的人担保', en: 'Somebody outside the bundle vouches for the signing key' },
} satisfies Question;

/**
 * The station's signature, and whether its key is known from elsewhere. The list inside the bundle was put there by
 * whoever made it, so it can show that the signature holds together, never whose it is.
 *
 * @param allowedSigners  text of an allowed_signers file from outside, when there is one
 */
export async function signatureClaims(
  bag: Bag,
  station: string,
  allowedSigners: string | undefined,
): Promise<{ claims: Claim[]; stationKey: KeyObject | undefined }> {
  const [armored, manifest, ownList] = await Promise.all([
    readSmall(bag, SIGNATURE_FILE, 4096),
    readSmall(bag, TAG_MANIFEST_FILE, 1024 * 1024),
    readSmall(bag, SIGNERS_FILE, 64 * 1024),
  ]);
  const question = { ...SOUND, command: stockCommands(station).at(-1) };
  const unsigned = (zh: string, en: string, files: string[]) => ({
    claims: [
      fail(question, zh, en, files),
      notPresent(VOUCHED, '签名不成立，谈不上担保。', 'There is no sound signature to vouch for.'),
    ],
    stationKey: undefined,
  });
  if (!armored || !manifest)
    return unsigned('没有签名或总清单。', 'No signature, or no tag manifest.', [SIGNATURE_FILE]);
  const checked = verifySsh(armored.toString('latin1'), manifest, BUNDLE_NAMESPACE);
  if (!checked.ok) {
    if (checked.error.code === 'BAD_SIGNATURE') {
      const files = [SIGNATURE_FILE, TAG_MANIFEST_FILE];
      return unsigned('签名与总清单对不上。', 'The signature does not belong to this tag manifest.', files);
    }
    return unsigned('签名文件不合格式。', 'The signature file is malformed.', [SIGNATURE_FILE]);
  }
  const { publicKey } = checked.value;
  const print = sshFingerprint(publicKey);
  const lists = (text: string | undefined): boolean => {
    const signers = text === undefined ? undefined : parseAllowedSigners(text);
    return (
      signers?.ok === true &&
      isAllowedSigner(signers.value, { identity: station, namespace: BUNDLE_NAMESPACE, publicKey })
    );
  };
  const sound = lists(ownList?.toString('utf8'))
    ? pass(question, `Ed25519, ${print}`, `Ed25519, ${print}`)
    : fail(
        question,
        '签名相符，但包里的 allowed_signers 没有这把密钥。',
        'It holds, but the allowed_signers in the bundle does not list the key.',
        [SIGNERS_FILE],
      );
  let vouched: Claim;
  if (allowedSigners === undefined) {
    vouched = notPresent(
      VOUCHED,
      `包外没有人为这把密钥担保。用鉴定中心登记的名单再核：--allowed-signers FILE。${print}`,
      `Nobody outside vouched for this key. Check again with the centre's list: --allowed-signers FILE.`,
    );
  } else if (lists(allowedSigners)) {
    vouched = pass(VOUCHED, `给定的名单里有 ${station} 和这把密钥。`, `The given list has ${station} with this key.`);
  } else {
    vouched = fail(
      VOUCHED,
      '给定的名单里没有这个考点的这把密钥。',
      'The given list does not have this key for this station.',
      [SIGNATURE_FILE],
    );
  }
  return { claims: [sound, vouched], stationKey: publicKey };
}
