import type { SignedText } from '../keys/signed-document.ts';
import { ENTRIES_PATH, LEAVES_PATH, ROTATIONS_PATH, WITNESSED_PATH } from './bundle-format.ts';
import type { BundleDocument } from './write-bundle.ts';

/** The rotations by which earlier checkpoints of this journal are known as the station's; none where its key is the first. */
export const rotationDocuments = (rotations: readonly SignedText[]): BundleDocument[] =>
  rotations.length === 0
    ? []
    : [
        {
          path: ROTATIONS_PATH,
          json: rotations,
          mediaType: 'application/json',
          kind: 'key-rotations',
          volume: 'journal',
          title: { zh: '考点密钥轮换', en: "Rotations of the station's key" },
        },
      ];

/**
 * The journal files of a bundle: all leaf hashes up to the checkpoint, which prove the tree, the entries this bundle
 * shows, and the checkpoint that had left before. Entries of other sessions stay at home; only their hashes travel.
 *
 * @param leaves   32 bytes for each entry of the whole journal, in order
 * @param entries  `entryBytes` of this session's entries and of those that belong to none, in order
 * @param cosigned the newest checkpoint with the centre's line under it; null when none has left
 */
export function journalDocuments(
  leaves: Uint8Array,
  entries: readonly Uint8Array[],
  cosigned: string | null = null,
): BundleDocument[] {
  const newline = Uint8Array.of(0x0a);
  return [
    {
      path: LEAVES_PATH,
      bytes: leaves,
      mediaType: 'application/octet-stream',
      kind: 'journal-leaves',
      volume: 'journal',
      title: { zh: '日志全部条目的哈希', en: 'Hashes of all journal entries' },
    },
    {
      path: ENTRIES_PATH,
      bytes: Buffer.concat(entries.flatMap((entry) => [entry, newline])),
      mediaType: 'application/jsonl',
      kind: 'journal-entries',
      volume: 'journal',
      title: { zh: '本场次和考点的日志', en: 'Journal of this session and of the station' },
    },
    ...(cosigned === null
      ? []
      : [
          {
            path: WITNESSED_PATH,
            bytes: Buffer.from(cosigned, 'utf8'),
            mediaType: 'text/plain; charset=utf-8',
            kind: 'witnessed-checkpoint',
            volume: 'journal' as const,
            title: { zh: '鉴定中心见证过的检查点', en: 'Checkpoint cosigned by the centre' },
          },
        ]),
  ];
}
