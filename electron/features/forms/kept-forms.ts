import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import type { EntryCode } from './entry-code.ts';

export const keptFormsMigration: Migration = {
  id: 360,
  name: 'kept-forms',
  sql: `
    -- Forms printed before they are asked for, by the hash of all that stands on them; other facts are another form.
    CREATE TABLE kept_forms (
      session_id TEXT NOT NULL, form_id TEXT NOT NULL, facts_sha256 TEXT NOT NULL,
      evidence_id TEXT NOT NULL REFERENCES evidence, cited TEXT NOT NULL,
      PRIMARY KEY (session_id, form_id, facts_sha256)
    ) STRICT;
    ${neverEdited('kept_forms')}
  `,
};

/** A signature that stands on a form: the evidence of its strokes and the entry its code leads to. */
export interface Cited {
  evidenceId: string;
  entry: EntryCode;
}

/** A form that was printed, and lies encrypted in the vault. */
export interface KeptForm {
  evidenceId: EvidenceId;
  cited: Cited[];
}

export interface KeptKey {
  sessionId: string;
  formId: string;
  factsSha256: string;
}

export function findKept(db: ReadDb, { sessionId, formId, factsSha256 }: KeptKey): KeptForm | null {
  const row = db
    .prepare(
      `SELECT evidence_id AS evidenceId, cited FROM kept_forms
       WHERE session_id = ? AND form_id = ? AND facts_sha256 = ?`,
    )
    .get(sessionId, formId, factsSha256) as { evidenceId: EvidenceId; cited: string } | undefined;
  return row ? { evidenceId: row.evidenceId, cited: JSON.parse(row.cited) as Cited[] } : null;
}

export const insertKept = (w: WriteDb, { sessionId, formId, factsSha256 }: KeptKey, kept: KeptForm): void => {
  w.prepare(
    'INSERT INTO kept_forms (session_id, form_id, facts_sha256, evidence_id, cited) VALUES (?, ?, ?, ?, ?)',
  ).run(sessionId, formId, factsSha256, kept.evidenceId, JSON.stringify(kept.cited));
};
