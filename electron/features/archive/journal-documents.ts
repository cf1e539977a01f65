import { ENTRIES_PATH, LEAVES_PATH } from './bundle-format.ts';
import type { BundleDocument } from './write-bundle.ts';

/**
 * The two journal files of a bundle: all leaf hashes up to the checkpoint, which prove the tree, and the entries this
 * bundle shows. Entries of other sessions stay at home; only their hashes travel.
 *
 * @param leaves   32 bytes for each entry of the whole journal, in order
 * @param entries  `entryBytes` of this session's entries and of those that belong to none, in order
 */
export function journalDocuments(leaves: Uint8Array, entries: readonly Uint8Array[]): BundleDocument[] {
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
  ];
}
