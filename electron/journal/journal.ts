import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import type { Db, Migration, ReadDb, WriteDb } from '../db/database.ts';
import { neverEdited } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { signCheckpoint } from './checkpoint.ts';
import { type Actor, entryBytes, JournalEntry, leafHash } from './entry.ts';
import type { EventDefinition } from './events.ts';
import { Frontier } from './merkle.ts';

export const journalMigration: Migration = {
  id: 10,
  name: 'journal',
  sql: `
    CREATE TABLE journal_entries (
      seq INTEGER PRIMARY KEY,
      bytes BLOB NOT NULL,
      leaf BLOB NOT NULL,
      session_id TEXT,
      event TEXT NOT NULL,
      wall_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX journal_by_session ON journal_entries (session_id, seq);
    CREATE INDEX journal_by_event ON journal_entries (event, seq);
    CREATE TABLE journal_checkpoints (
      size INTEGER NOT NULL, note TEXT NOT NULL, wall_ms INTEGER NOT NULL, reason TEXT NOT NULL
    ) STRICT;
    ${neverEdited('journal_entries')}
    ${neverEdited('journal_checkpoints')}
  `,
};

export interface Checkpoint {
  readonly note: string;
  readonly size: number;
  readonly atMs: number;
}

/**
 * The append-only record of everything done and refused. Entries are appended inside the transaction of the change
 * they report, so one cannot exist without the other.
 */
export interface Journal {
  /**
   * Adds one entry and returns its sequence number.
   * @param sessionId  the session the fact belongs to; null for facts about the station as a whole
   * @throws ZodError when `data` is not of the event's shape: a defect in the caller
   */
  append<S extends z.ZodType>(
    w: WriteDb,
    who: Actor,
    definition: EventDefinition<S>,
    data: z.input<S>,
    sessionId?: string | null,
  ): number;
  size(): number;
  /**
   * The Merkle root over everything so far: what nobody could choose, as the seed of a draw. Asked inside the draw's own
   * transaction, right before its entry is appended, `size` is that entry's sequence number.
   */
  root(): { size: number; root: Uint8Array };
  /** Signs the tree as it stands and keeps the note. */
  checkpoint(reason: string, key: KeyObject, origin: string): Checkpoint;
  lastCheckpoint(): Checkpoint | null;
  /** Leaf hashes 0 to size-1, 32 bytes each, end to end. */
  leaves(size: number): Uint8Array;
  /** Leaf hashes from `from` up to before `to`, one by one: what the tree grew by. */
  leavesBetween(from: number, to: number): Uint8Array[];
  /** Canonical bytes of one session's entries and of those that belong to none, in order, up to `size`. */
  entriesOf(sessionId: string, size: number): Uint8Array[];
  /** Whether one of these events stands at `seq` or later. */
  hasSince(seq: number, events: readonly string[]): boolean;
  page(query: PageQuery): JournalEntry[];
}

export interface PageQuery {
  beforeSeq: number | null;
  limit: number;
  sessionId: string | null;
  /** Only these events, when given. */
  events: readonly string[] | null;
  contains: string;
}

/** @param boot  a fresh random id for each start of the station: monotonic readings compare within one boot only */
export function openJournal(db: Db, clock: Clock, boot: string): Journal {
  const insert = db.prepare(
    'INSERT INTO journal_entries (seq, bytes, leaf, session_id, event, wall_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const count = db.prepare('SELECT coalesce(max(seq) + 1, 0) AS n FROM journal_entries');
  const size = () => (count.get() as { n: number }).n;
  // The tree is a cache over the committed rows: a rolled-back append never reaches it.
  const tree = Frontier.empty();

  const rootAt = (n: number, over: Frontier = tree): Uint8Array => {
    const rows = db.prepare('SELECT leaf FROM journal_entries WHERE seq >= ? AND seq < ? ORDER BY seq');
    for (const row of rows.iterate(over.size, n) as IterableIterator<{ leaf: Buffer }>) over.append(row.leaf);
    return over.root();
  };

  return {
    size,
    root() {
      const n = size();
      // A copy: what is asked inside a transaction may still be rolled back.
      return { size: n, root: rootAt(n, Frontier.fromBytes(tree.toBytes())) };
    },
    append(_w, who, definition, data, sessionId = null) {
      const seq = size();
      const entry = JournalEntry.parse({
        seq,
        wallMs: clock.wallMs(),
        monotonicMs: clock.monotonicMs(),
        boot,
        sessionId,
        actor: who,
        event: definition.id,
        data: definition.data.parse(data),
      });
      const bytes = entryBytes(entry);
      insert.run(seq, bytes, leafHash(bytes), sessionId, definition.id, entry.wallMs);
      return seq;
    },
    checkpoint(reason, key, origin) {
      const n = size();
      const root = rootAt(n);
      const note = signCheckpoint({ origin, size: n, root }, key);
      const atMs = clock.wallMs();
      db.prepare('INSERT INTO journal_checkpoints (size, note, wall_ms, reason) VALUES (?, ?, ?, ?)').run(
        n,
        note,
        atMs,
        reason,
      );
      return { note, size: n, atMs };
    },
    lastCheckpoint() {
      const row = db.prepare('SELECT size, note, wall_ms FROM journal_checkpoints ORDER BY rowid DESC LIMIT 1').get() as
        | { size: number; note: string; wall_ms: number }
        | undefined;
      return row ? { note: row.note, size: row.size, atMs: row.wall_ms } : null;
    },
    leaves(n) {
      const rows = db.prepare('SELECT leaf FROM journal_entries WHERE seq < ? ORDER BY seq').all(n) as {
        leaf: Buffer;
      }[];
      return Buffer.concat(rows.map((r) => r.leaf));
    },
    leavesBetween(from, to) {
      const rows = db.prepare('SELECT leaf FROM journal_entries WHERE seq >= ? AND seq < ? ORDER BY seq').all(from, to);
      return (rows as { leaf: Buffer }[]).map((r) => r.leaf);
    },
    entriesOf(sessionId, n) {
      const rows = db
        .prepare(
          'SELECT bytes FROM journal_entries WHERE seq < ? AND (session_id = ? OR session_id IS NULL) ORDER BY seq',
        )
        .all(n, sessionId) as { bytes: Buffer }[];
      return rows.map((r) => r.bytes);
    },
    hasSince(seq, events) {
      const found = db
        .prepare('SELECT 1 FROM journal_entries WHERE event IN (SELECT value FROM json_each(?)) AND seq >= ? LIMIT 1')
        .get(JSON.stringify(events), seq);
      return found !== undefined;
    },
    page: (query) => journalPage(db, query),
  };
}

function journalPage(db: ReadDb, q: PageQuery): JournalEntry[] {
  const rows = db
    .prepare(
      `SELECT bytes FROM journal_entries
       WHERE seq < coalesce(?, 9007199254740991)
         AND (? IS NULL OR session_id = ?)
         AND (? IS NULL OR event IN (SELECT value FROM json_each(?)))
         AND (? = '' OR instr(CAST(bytes AS TEXT), ?) > 0)
       ORDER BY seq DESC LIMIT ?`,
    )
    .all(
      q.beforeSeq,
      q.sessionId,
      q.sessionId,
      q.events && '1',
      q.events ? JSON.stringify(q.events) : null,
      q.contains,
      q.contains,
      q.limit,
    ) as { bytes: Buffer }[];
  return rows.map((r) => JournalEntry.parse(JSON.parse(r.bytes.toString('utf8'))));
}
