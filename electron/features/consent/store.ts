import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { Consent, ConsentText } from './contract.ts';

export const consentMigration: Migration = {
  id: 150,
  name: 'consent',
  sql: `
    -- Every text that anybody has signed, as it was shown.
    CREATE TABLE consent_texts (sha256 TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
    -- One row a signing; the newest of a candidate counts.
    CREATE TABLE consents (
      consent_id TEXT PRIMARY KEY, candidate_id TEXT NOT NULL, session_id TEXT NOT NULL, face TEXT NOT NULL,
      text_sha256 TEXT NOT NULL REFERENCES consent_texts, evidence_id TEXT NOT NULL REFERENCES evidence,
      evidence_sha256 TEXT NOT NULL, lane INTEGER NOT NULL, at_ms INTEGER NOT NULL, by_staff TEXT NOT NULL,
      by_name TEXT NOT NULL
    ) STRICT;
    CREATE INDEX consents_by_candidate ON consents (candidate_id);
    ${neverEdited('consent_texts')}
    ${neverEdited('consents')}
  `,
};

/** A signing as it stands in volume 3. */
export interface ConsentRecord extends Consent {
  evidenceId: string;
  evidenceSha256: string;
  lane: number;
  byStaffId: string;
}

const CONSENT = `SELECT consent_id AS consentId, candidate_id AS candidateId, face, text_sha256 AS textSha256,
  evidence_id AS evidenceId, evidence_sha256 AS evidenceSha256, lane, at_ms AS atMs, by_staff AS byStaffId,
  by_name AS byName FROM consents`;

/** A candidate's signings, oldest first. */
export const consentsOf = (db: ReadDb, candidateId: string): ConsentRecord[] =>
  db.prepare(`${CONSENT} WHERE candidate_id = ? ORDER BY rowid`).all(candidateId) as ConsentRecord[];

/** The signing that counts. */
export const latestConsent = (db: ReadDb, candidateId: string): ConsentRecord | null =>
  (db.prepare(`${CONSENT} WHERE candidate_id = ? ORDER BY rowid DESC LIMIT 1`).get(candidateId) as
    | ConsentRecord
    | undefined) ?? null;

/** All signings of a session, oldest first, with the texts they name. */
export function consentsIn(
  db: ReadDb,
  sessionId: string,
): { texts: Omit<ConsentText, 'sha256'>[]; signings: ConsentRecord[] } {
  const signings = db.prepare(`${CONSENT} WHERE session_id = ? ORDER BY rowid`).all(sessionId) as ConsentRecord[];
  const texts = db
    .prepare(
      `SELECT text FROM consent_texts WHERE sha256 IN (SELECT text_sha256 FROM consents WHERE session_id = ?) ORDER BY rowid`,
    )
    .all(sessionId) as { text: string }[];
  return { texts: texts.map((t) => JSON.parse(t.text) as Omit<ConsentText, 'sha256'>), signings };
}

export function insertConsent(w: WriteDb, sessionId: string, text: ConsentText, c: ConsentRecord): void {
  const { sha256, ...shown } = text;
  w.prepare('INSERT INTO consent_texts (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    sha256,
    JSON.stringify(shown),
  );
  w.prepare(
    `INSERT INTO consents (consent_id, candidate_id, session_id, face, text_sha256, evidence_id, evidence_sha256, lane,
       at_ms, by_staff, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    c.consentId,
    c.candidateId,
    sessionId,
    c.face,
    c.textSha256,
    c.evidenceId,
    c.evidenceSha256,
    c.lane,
    c.atMs,
    c.byStaffId,
    c.byName,
  );
}
