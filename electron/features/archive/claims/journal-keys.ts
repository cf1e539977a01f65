import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { type Checkpoint, parseAndVerifyCheckpoint } from '../../../journal/checkpoint.ts';
import { publicKeyOfLine, sshPublicKeyLine } from '../../../lib/ssh-key-text.ts';
import { rotations } from '../../keys/documents.ts';
import { judgeKey, type KeySpan, spansOfItsJournal } from '../../keys/key-spans.ts';
import { parseBoundedJson } from '../bounded-json.ts';
import { ROTATIONS_PATH } from '../bundle-format.ts';
import { openSmallItem } from '../open-item.ts';
import type { Bag } from '../read-bag.ts';

/** A key that may have signed an earlier checkpoint of the bundle's journal, and for which sizes. */
export type JournalKey = { key: KeyObject; speaksFor: (size: number) => boolean };

const MAX_ROTATIONS_BYTES = 1024 * 1024;
const Rotations = z.array(z.strictObject({ text: z.string(), signature: z.string() })).max(200);

/**
 * The bundle's own key and those that this journal had before: as the centre's station card has them, or without one as the bundle's
 * own rotations do, each of which the key before has signed.
 */
export async function journalKeys(
  bag: Bag,
  station: string,
  stationKey: KeyObject,
  identities: readonly string[],
  spans: readonly KeySpan[],
): Promise<JournalKey[]> {
  const own = sshPublicKeyLine(stationKey);
  const listed = spansOfItsJournal(spans, own);
  if (listed.length > 0) {
    return listed.map(({ signingKey }) => ({
      key: publicKeyOfLine(signingKey)!,
      speaksFor: (size) => judgeKey(spans, signingKey, size) === 'good',
    }));
  }
  const keys: JournalKey[] = [{ key: stationKey, speaksFor: () => true }];
  const opened = await openSmallItem(bag, ROTATIONS_PATH, identities, MAX_ROTATIONS_BYTES);
  const json = opened && parseBoundedJson(opened.bytes, MAX_ROTATIONS_BYTES);
  const given = json?.ok ? Rotations.safeParse(json.value) : undefined;
  let next = own;
  for (const signed of (given?.data ?? []).toReversed()) {
    const read = rotations.read(signed);
    if (!read.ok || read.value.document.newKey !== next || read.value.document.stationId !== station) break;
    const { oldKey, journalSize } = read.value.document;
    if (sshPublicKeyLine(read.value.publicKey) !== oldKey) break;
    keys.push({ key: read.value.publicKey, speaksFor: (size) => size <= journalSize });
    next = oldKey;
  }
  return keys;
}

/** A note's checkpoint where one of these keys signed it and spoke for a journal of its size. */
export function checkpointBy(keys: readonly JournalKey[], note: string, station: string): Checkpoint | undefined {
  for (const { key, speaksFor } of keys) {
    const read = parseAndVerifyCheckpoint(note, station, key);
    if (read.ok && speaksFor(read.value.size)) return read.value;
  }
  return undefined;
}
