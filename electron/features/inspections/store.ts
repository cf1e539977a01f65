import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { InspectionResult } from './contract.ts';
import { PublishedInspection } from './published-inspection.ts';

export const inspectionsMigration: Migration = {
  id: 365,
  name: 'inspections',
  sql: `
    -- 'drawn' holds the draw as it is published, so that what is repeated is what was kept.
    CREATE TABLE inspections (
      inspection_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, nth INTEGER NOT NULL, room_id TEXT NOT NULL,
      inspector TEXT NOT NULL, drawn TEXT NOT NULL, at_ms INTEGER NOT NULL, seq INTEGER NOT NULL,
      UNIQUE (session_id, nth)
    ) STRICT;
    CREATE TABLE inspection_results (
      inspection_id TEXT PRIMARY KEY REFERENCES inspections, result TEXT NOT NULL, at_ms INTEGER NOT NULL,
      by_staff TEXT NOT NULL, seq INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE inspection_signatures (
      inspection_id TEXT PRIMARY KEY REFERENCES inspection_results, at_ms INTEGER NOT NULL, by_staff TEXT NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT;
    ${['inspections', 'inspection_results', 'inspection_signatures'].map(neverEdited).join('')}
  `,
};

interface Entered {
  atMs: number;
  byStaffId: string;
  seq: number;
}

export interface InspectionRow {
  inspectionId: string;
  sessionId: string;
  drawn: PublishedInspection;
  atMs: number;
  seq: number;
  result: (Entered & { found: InspectionResult }) | null;
  signed: Entered | null;
}

interface Row {
  inspectionId: string;
  sessionId: string;
  drawn: string;
  atMs: number;
  seq: number;
  result: string | null;
  resultAtMs: number;
  resultBy: string;
  resultSeq: number;
  signedAtMs: number | null;
  signedBy: string;
  signedSeq: number;
}

const SELECT = `SELECT i.inspection_id AS inspectionId, i.session_id AS sessionId, i.drawn, i.at_ms AS atMs, i.seq,
    r.result, r.at_ms AS resultAtMs, r.by_staff AS resultBy, r.seq AS resultSeq,
    s.at_ms AS signedAtMs, s.by_staff AS signedBy, s.seq AS signedSeq
  FROM inspections i LEFT JOIN inspection_results r USING (inspection_id)
    LEFT JOIN inspection_signatures s USING (inspection_id)`;

const rowOf = (r: Row): InspectionRow => ({
  inspectionId: r.inspectionId,
  sessionId: r.sessionId,
  drawn: PublishedInspection.parse(JSON.parse(r.drawn)),
  atMs: r.atMs,
  seq: r.seq,
  result:
    r.result === null
      ? null
      : {
          found: JSON.parse(r.result) as InspectionResult,
          atMs: r.resultAtMs,
          byStaffId: r.resultBy,
          seq: r.resultSeq,
        },
  signed: r.signedAtMs === null ? null : { atMs: r.signedAtMs, byStaffId: r.signedBy, seq: r.signedSeq },
});

/** Inspections of a session, in the order drawn. */
export const inspectionsIn = (db: ReadDb, sessionId: string): InspectionRow[] =>
  (db.prepare(`${SELECT} WHERE i.session_id = ? ORDER BY i.nth`).all(sessionId) as Row[]).map(rowOf);

export function findInspection(db: ReadDb, inspectionId: string): InspectionRow | null {
  const row = db.prepare(`${SELECT} WHERE i.inspection_id = ?`).get(inspectionId) as Row | undefined;
  return row ? rowOf(row) : null;
}

export function insertInspection(w: WriteDb, i: Pick<InspectionRow, 'inspectionId' | 'drawn' | 'atMs' | 'seq'>): void {
  const { sessionId, nth, roomId, inspectorId } = i.drawn;
  w.prepare(
    `INSERT INTO inspections (inspection_id, session_id, nth, room_id, inspector, drawn, at_ms, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(i.inspectionId, sessionId, nth, roomId, inspectorId, JSON.stringify(i.drawn), i.atMs, i.seq);
}

export function insertResult(w: WriteDb, inspectionId: string, found: InspectionResult, e: Entered): void {
  w.prepare('INSERT INTO inspection_results (inspection_id, result, at_ms, by_staff, seq) VALUES (?, ?, ?, ?, ?)').run(
    inspectionId,
    JSON.stringify(found),
    e.atMs,
    e.byStaffId,
    e.seq,
  );
}

export function insertSignature(w: WriteDb, inspectionId: string, e: Entered): void {
  w.prepare('INSERT INTO inspection_signatures (inspection_id, at_ms, by_staff, seq) VALUES (?, ?, ?, ?)').run(
    inspectionId,
    e.atMs,
    e.byStaffId,
    e.seq,
  );
}
