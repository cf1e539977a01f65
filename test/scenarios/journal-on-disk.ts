import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { parseAndVerifyCheckpoint } from '../../electron/journal/checkpoint.ts';
import { JournalEntry, leafHash } from '../../electron/journal/entry.ts';
import { merkleRoot } from '../../electron/journal/merkle.ts';
import { ed25519PublicKey, rawKeyOfBlob } from '../../electron/lib/ssh-key-text.ts';

/**
 * Reads the journal of a station that is not running, out of a copy of its files, and builds the tree again.
 *
 * @returns what is wrong with it, empty when nothing is, and how many entries there are
 */
export async function inspectJournal(dataDir: string): Promise<{ faults: string[]; entries: number }> {
  const copy = await mkdtemp(join(tmpdir(), 'kaodian-journal-'));
  try {
    for (const end of ['', '-wal', '-shm']) {
      await cp(join(dataDir, `station.db${end}`), join(copy, `station.db${end}`)).catch(() => undefined);
    }
    const db = new SQLite(join(copy, 'station.db'));
    try {
      return inspect(db);
    } finally {
      db.close();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

type Row = { seq: number; bytes: Buffer; leaf: Buffer; event: string };
type Note = { size: number; note: string };

function inspect(db: SQLite.Database): { faults: string[]; entries: number } {
  const faults: string[] = [];
  const found = db.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'journal_entries'").get() as {
    n: number;
  };
  if (found.n === 0) return { faults, entries: 0 };
  if ((db.pragma('integrity_check', { simple: true }) as string) !== 'ok') faults.push('the database is damaged');
  const rows = db.prepare('SELECT seq, bytes, leaf, event FROM journal_entries ORDER BY seq').all() as Row[];
  rows.forEach((row, i) => {
    const entry = JournalEntry.parse(JSON.parse(row.bytes.toString('utf8')));
    if (row.seq !== i || entry.seq !== i) faults.push(`entry ${i} says ${row.seq} and ${entry.seq}`);
    if (!row.leaf.equals(leafHash(row.bytes))) faults.push(`the leaf of entry ${i} is not of its bytes`);
  });
  const leaves = rows.map((r) => r.leaf);
  const notes = db.prepare('SELECT size, note FROM journal_checkpoints').all() as Note[];
  for (const { size, note } of notes) {
    const card = rows.find((r) => r.event === 'site.created');
    if (!card) faults.push('a checkpoint without a site');
    else faults.push(...checkpointFaults(card.bytes, note, leaves.slice(0, size)));
  }
  return { faults, entries: rows.length };
}

function checkpointFaults(created: Buffer, note: string, leaves: Buffer[]): string[] {
  const { data } = JSON.parse(created.toString('utf8')) as { data: { stationId: string; signingKey: string } };
  const raw = rawKeyOfBlob(Buffer.from(data.signingKey.split(' ')[1] ?? '', 'base64'));
  const read = raw && parseAndVerifyCheckpoint(note, data.stationId, ed25519PublicKey(raw));
  if (!read?.ok) return ['a checkpoint is not signed by the station'];
  const root = merkleRoot(leaves);
  return Buffer.compare(root, read.value.root) === 0 && read.value.size === leaves.length
    ? []
    : [`the tree of ${leaves.length} entries is not the one that was signed`];
}
