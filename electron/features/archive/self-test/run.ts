import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { leafHash } from '../../../journal/entry.ts';
import { HASH_BYTES } from '../../../journal/merkle.ts';
import type { PlanBook } from '../../plan/plan-book.ts';
import { missingOf } from '../closing.ts';
import type { ArchiveDeps } from '../deps.ts';
import { type PlacedEvidence, sourceFile, type VolumeItems } from '../volumes.ts';
import type { CheckId, Property, TestedCheck } from './contract.ts';
import { isHarmless, isLasting, looksLike } from './looks-like.ts';

/** Of the video so many segments are read in full: a day's video is read whole by `kaodian verify`. */
const VIDEO_SAMPLES = 100;

const PROPERTY: Record<CheckId, Property> = {
  'journal-agrees': 'authenticity',
  'signatures-readable': 'authenticity',
  'files-there': 'integrity',
  'bytes-agree': 'integrity',
  'missing-declared': 'integrity',
  'paper-counted': 'integrity',
  'formats-lasting': 'usability',
  'contents-open': 'usability',
  'no-active-content': 'safety',
  'encrypted-for-both': 'safety',
};

/** As the card's chip gives it, in the form of its own standard: kept byte for byte, since it is the evidence. */
const AS_READ = new Set(['card-text', 'card-photo']);

/** Counts what was looked at, and names what did not hold. */
class Tally {
  readonly #found = new Map<CheckId, { looked: number; wrong: string[] }>();
  look(id: CheckId, name: string, holds: boolean): void {
    const found = this.#found.get(id) ?? { looked: 0, wrong: [] };
    found.looked += 1;
    if (!holds && found.wrong.length < 50) found.wrong.push(name);
    this.#found.set(id, found);
  }
  checks(): TestedCheck[] {
    return (Object.keys(PROPERTY) as CheckId[]).map((id) => {
      const { looked, wrong } = this.#found.get(id) ?? { looked: 0, wrong: [] };
      const result = looked === 0 ? 'not-done' : wrong.length === 0 ? 'pass' : 'fail';
      return { id, property: PROPERTY[id], result, looked, wrong };
    });
  }
}

/**
 * Tests what would be sealed now, in the manner of DA/T 70: authentic (the journal's entries agree with its tree, signatures
 * open), whole (every file there with its bytes, everything missing declared, paper counted), usable (lasting formats that open as what
 * they say), safe (nothing that runs, each file encrypted to those it is for). Of the video a sample is read.
 *
 * @param progress  answers false to stop @returns null when stopped
 */
export async function runSelfTest(
  deps: ArchiveDeps,
  book: PlanBook,
  sessionId: string,
  items: VolumeItems,
  progress: (done: number, total: number) => boolean,
): Promise<TestedCheck[] | null> {
  const tally = new Tally();
  testJournal(deps, sessionId, tally);
  const missing = missingOf(deps, book, sessionId);
  for (const item of missing) tally.look('missing-declared', item.itemId, item.declared !== null);
  if (missing.length === 0) tally.look('missing-declared', '', true);
  const counted = missing.find((m) => m.code === 'paper-not-counted');
  tally.look('paper-counted', 'paper', counted === undefined || counted.declared !== null);
  for (const d of items.documents) tally.look('formats-lasting', d.path, isLasting(d.mediaType));

  const video = items.evidence.filter((e) => e.item.kind === 'video');
  const every = Math.max(1, Math.ceil(video.length / VIDEO_SAMPLES));
  const sampled = new Set(video.filter((_, i) => i % every === 0));
  for (const [i, placed] of items.evidence.entries()) {
    if (!progress(i, items.evidence.length)) return null;
    await testFile(deps, placed, placed.item.kind !== 'video' || sampled.has(placed), tally);
    await setImmediate();
  }
  return tally.checks();
}

function testJournal(deps: ArchiveDeps, sessionId: string, tally: Tally): void {
  const size = deps.journal.size();
  const leaves = deps.journal.leaves(size);
  for (const bytes of deps.journal.entriesOf(sessionId, size)) {
    const { seq } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { seq: number };
    const leaf = leaves.subarray(seq * HASH_BYTES, (seq + 1) * HASH_BYTES);
    tally.look('journal-agrees', String(seq), Buffer.from(leafHash(bytes)).equals(leaf));
  }
}

async function testFile(
  deps: ArchiveDeps,
  { evidence, item }: PlacedEvidence,
  whole: boolean,
  tally: Tally,
): Promise<void> {
  const file = sourceFile(deps.vault.folder, evidence);
  const there = await stat(file).catch(() => null);
  tally.look('files-there', item.path, there?.size === evidence.storedBytes);
  if (!AS_READ.has(item.kind)) tally.look('formats-lasting', item.path, isLasting(item.mediaType));
  if (!there || !whole) return;
  const stored = await readFile(file);
  tally.look('bytes-agree', item.path, createHash('sha256').update(stored).digest('hex') === evidence.storedSha256);
  const apart = item.volume === 'supervision';
  // The header's lines stand before the first line that begins with three dashes (age-encryption.org/v1).
  const header = stored.toString('latin1', 0, 4096).split('\n---')[0]!;
  const recipients = header.match(/^-> X25519 /gm)?.length ?? 0;
  tally.look('encrypted-for-both', item.path, apart ? recipients === 1 : recipients >= 2);
  if (apart) return;
  const read = await deps.vault.read(evidence);
  const opens = read.ok && looksLike(item.mediaType, read.value);
  tally.look(item.kind.endsWith('signature') ? 'signatures-readable' : 'contents-open', item.path, opens);
  if (item.kind === 'paper-scan') tally.look('no-active-content', item.path, read.ok && isHarmless(read.value));
}
