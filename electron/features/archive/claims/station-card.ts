import type { KeyObject } from 'node:crypto';
import { parseAndVerifyCheckpoint } from '../../../journal/checkpoint.ts';
import { sshFingerprint, sshPublicKeyLine } from '../../../lib/ssh-key-text.ts';
import { judgeKey, type KeySpan, type KeyVerdict } from '../../keys/key-spans.ts';
import { CHECKPOINT_FILE, SIGNATURE_FILE } from '../bundle-format.ts';
import { type Bag, readSmall } from '../read-bag.ts';
import { type Claim, fail, notPresent, pass, type Question, type TwoTongues } from './claim.ts';

const CARD: Question = {
  id: 'signature.3',
  title: {
    zh: '按考点名片，这把密钥对这么长的日志有效',
    en: 'By the station card, this key speaks for a journal of this length',
  },
};

/** A station card that was given beside the bundle. */
export type StationCardQuestion = {
  stationId: string;
  spans: readonly KeySpan[];
  /** The centre whose signature over the card counts; null where nobody vouches for the key that signed it. */
  vouchedBy: string | null;
};

const REFUSED: Record<Exclude<KeyVerdict, 'good'>, TwoTongues> = {
  unknown: { zh: '名片上没有这把密钥。', en: 'The card does not have this key.' },
  'not-yet': { zh: '这把密钥在日志的更后面才启用。', en: 'This key came into use later in the journal.' },
  rotated: {
    zh: '到这里密钥已经轮换，应由新密钥签名。',
    en: 'Another key had followed by then and should have signed.',
  },
  revoked: { zh: '到这里密钥已被鉴定中心吊销。', en: 'The centre had withdrawn the key by then.' },
};

/** Whether the key that signed bundle and checkpoint was the station's at that place of its journal. */
export async function stationCardClaims(
  bag: Bag,
  station: string,
  stationKey: KeyObject | undefined,
  card: StationCardQuestion | undefined,
): Promise<Claim[]> {
  if (!card) return [notPresent(CARD, '没有给考点名片：--station-card FILE', 'No card was given: --station-card FILE')];
  const note = await readSmall(bag, CHECKPOINT_FILE, 16 * 1024);
  const read = note && stationKey && parseAndVerifyCheckpoint(note.toString('utf8'), station, stationKey);
  if (!read?.ok)
    return [notPresent(CARD, '签名或检查点不成立，无从核对。', 'No sound signature and checkpoint to judge.')];
  if (card.stationId !== station) {
    return [fail(CARD, '给的是别的考点的名片。', 'The card given is of another station.')];
  }
  const { size } = read.value;
  const verdict = judgeKey(card.spans, sshPublicKeyLine(stationKey!), size);
  const print = sshFingerprint(stationKey!);
  if (verdict !== 'good') {
    const { zh, en } = REFUSED[verdict];
    return [
      fail(CARD, `${zh}${print}，${size} 条`, `${en} ${print}, ${size} entries`, [SIGNATURE_FILE, CHECKPOINT_FILE]),
    ];
  }
  return [
    card.vouchedBy === null
      ? notPresent(
          CARD,
          '名片相符，但签名片的是不是鉴定中心，没有人担保：--allowed-signers FILE',
          'The card agrees; nobody vouches that the centre signed it: --allowed-signers FILE',
        )
      : pass(CARD, `${card.vouchedBy}，${print}，${size} 条`, `${card.vouchedBy}, ${print}, ${size} entries`),
  ];
}
