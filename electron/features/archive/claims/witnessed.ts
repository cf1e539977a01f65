import type { Checkpoint } from '../../../journal/checkpoint.ts';
import { cosignedAt } from '../../../journal/cosignature.ts';
import { parseAllowedSigners } from '../../../lib/ssh-key-text.ts';
import { chinaTime } from '../bag-info.ts';
import { RECEIPT_NAMESPACE, WITNESSED_PATH } from '../bundle-format.ts';
import { openSmallItem } from '../open-item.ts';
import type { Bag } from '../read-bag.ts';
import { type Claim, fail, notPresent, pass, type Question } from './claim.ts';
import { checkpointBy, type JournalKey } from './journal-keys.ts';

export const WITNESSED: Question = {
  id: 'journal.5',
  title: {
    zh: '鉴定中心考试当时见证过的检查点，就是这份日志的开头',
    en: 'A checkpoint that the centre cosigned at the time is the start of this journal',
  },
};
const MAX_NOTE_BYTES = 16 * 1024;

/**
 * The checkpoint that had left before sealing, with the centre's line under it. Whose line it is, only a list from outside says:
 * the keys whose receipts count (`kaodian-receipt` in allowed_signers).
 *
 * @param rootAt  the root over the first entries of the bundle's journal; undefined beyond its end
 */
export async function witnessedClaim(
  bag: Bag,
  rootAt: (size: number) => Uint8Array | undefined,
  given: {
    station: string;
    keys: readonly JournalKey[];
    identities: readonly string[];
    allowedSigners: string | undefined;
  },
): Promise<Claim> {
  if (!bag.files.has(WITNESSED_PATH)) {
    return notPresent(WITNESSED, '封存时还没有送出去的。', 'None had left when it was sealed.');
  }
  const opened = await openSmallItem(bag, WITNESSED_PATH, given.identities, MAX_NOTE_BYTES);
  const note = opened?.bytes.toString('utf8') ?? '';
  const checkpoint = checkpointBy(given.keys, note, given.station);
  const broken = (zh: string, en: string) => fail(WITNESSED, zh, en, [WITNESSED_PATH]);
  if (!checkpoint) return broken('打不开，或不是这个考点签的。', 'It does not open, or this station did not sign it.');
  const { size } = checkpoint;
  if (!isStart(checkpoint, rootAt)) {
    return broken(
      `见证过的前 ${size} 条与包里的对不上。`,
      `The ${size} entries witnessed differ from those in the bundle.`,
    );
  }
  const signers = given.allowedSigners === undefined ? undefined : parseAllowedSigners(given.allowedSigners);
  const centre = (signers?.ok ? signers.value : []).filter((s) => s.namespaces?.includes(RECEIPT_NAMESPACE));
  const by = centre.map((s) => cosignedAt(note, s.publicKey)).find((found) => found !== undefined);
  if (by) {
    const at = chinaTime(by.seconds * 1000);
    return pass(
      WITNESSED,
      `前 ${size} 条，${by.name}，${at}：此后再改就看得出来。`,
      `The first ${size} entries, ${by.name}, ${at}: a change made later would show.`,
    );
  }
  return notPresent(
    WITNESSED,
    `前 ${size} 条；是不是中心签的，没有人担保：--allowed-signers FILE`,
    `The first ${size} entries; nobody vouches that the centre signed: --allowed-signers FILE`,
  );
}

const isStart = ({ size, root }: Checkpoint, rootAt: (size: number) => Uint8Array | undefined): boolean =>
  Buffer.compare(rootAt(size) ?? Buffer.alloc(0), root) === 0;
