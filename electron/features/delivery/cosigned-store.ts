import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';

export const cosignedMigration: Migration = {
  id: 390,
  name: 'checkpoints that left',
  sql: `
    -- Checkpoints of the journal that the centre has cosigned. note: the station's, with the centre's line under it.
    CREATE TABLE cosigned_checkpoints (
      address TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL, witness TEXT NOT NULL,
      witnessed_ms INTEGER NOT NULL, PRIMARY KEY (address, size)
    ) STRICT;
    ${neverEdited('cosigned_checkpoints')}
  `,
};

export type CosignedCheckpoint = {
  /** Entries of the journal under it. */
  size: number;
  note: string;
  witness: string;
  /** By the centre's clock, whole seconds. */
  witnessedMs: number;
  /** The centre's, as it was set then. */
  address: string;
};

const COLUMNS = 'size, note, witness, witnessed_ms AS witnessedMs, address';

/** The longest one of at most `upTo` entries, whichever centre it was; null when none has left yet. */
export const lastCosigned = (db: ReadDb, upTo = Number.MAX_SAFE_INTEGER): CosignedCheckpoint | null =>
  (db
    .prepare(
      `SELECT ${COLUMNS} FROM cosigned_checkpoints WHERE size <= ? ORDER BY size DESC, witnessed_ms DESC LIMIT 1`,
    )
    .get(upTo) as CosignedCheckpoint | undefined) ?? null;

/** The longest one that the centre at this address has cosigned. */
export const lastCosignedAt = (db: ReadDb, address: string): CosignedCheckpoint | null =>
  (db
    .prepare(`SELECT ${COLUMNS} FROM cosigned_checkpoints WHERE address = ? ORDER BY size DESC LIMIT 1`)
    .get(address) as CosignedCheckpoint | undefined) ?? null;

export function insertCosigned(w: WriteDb, c: CosignedCheckpoint): void {
  w.prepare(
    'INSERT OR IGNORE INTO cosigned_checkpoints (address, size, note, witness, witnessed_ms) VALUES (?, ?, ?, ?, ?)',
  ).run(c.address, c.size, c.note, c.witness, c.witnessedMs);
}
