import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../db/database.ts';
import type { EvidenceId, RoomId, SessionId } from '../../lib/ids.ts';

export const timelineMigration: Migration = {
  id: 302,
  name: 'timeline',
  sql: `
    CREATE TABLE look_ups (
      look_up_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, room_id TEXT NOT NULL, staff_id TEXT NOT NULL,
      role TEXT NOT NULL, reason TEXT NOT NULL, begun_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE look_up_views (
      look_up_id TEXT NOT NULL REFERENCES look_ups, camera_id TEXT NOT NULL, begin_ms REAL NOT NULL, end_ms REAL NOT NULL
    ) STRICT;
    CREATE INDEX look_up_views_by_look_up ON look_up_views (look_up_id);
    CREATE TABLE kept_pieces (
      piece_id TEXT PRIMARY KEY, look_up_id TEXT NOT NULL REFERENCES look_ups, session_id TEXT NOT NULL, kind TEXT NOT NULL,
      camera_id TEXT NOT NULL, begin_ms REAL NOT NULL, end_ms REAL NOT NULL, note TEXT NOT NULL,
      evidence_id TEXT NOT NULL REFERENCES evidence, staff_id TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX kept_pieces_by_session ON kept_pieces (session_id);
    ${['look_ups', 'look_up_views', 'kept_pieces'].map(neverEdited).join('')}
  `,
};

export interface LookUpRow {
  lookUpId: string;
  sessionId: SessionId;
  roomId: RoomId;
  staffId: string;
  role: string;
  reason: string;
  begunMs: number;
}

export const findLookUp = (db: ReadDb, lookUpId: string): LookUpRow | null =>
  (db
    .prepare(
      `SELECT look_up_id AS lookUpId, session_id AS sessionId, room_id AS roomId, staff_id AS staffId, role, reason,
         begun_ms AS begunMs FROM look_ups WHERE look_up_id = ?`,
    )
    .get(lookUpId) as LookUpRow | undefined) ?? null;

export function insertLookUp(w: WriteDb, l: LookUpRow): void {
  w.prepare(
    `INSERT INTO look_ups (look_up_id, session_id, room_id, staff_id, role, reason, begun_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(l.lookUpId, l.sessionId, l.roomId, l.staffId, l.role, l.reason, l.begunMs);
}

export interface View {
  cameraId: string;
  beginMs: number;
  endMs: number;
}

/** What a look-up was given, in the order it went on record. */
export const viewsOf = (db: ReadDb, lookUpId: string): View[] =>
  db
    .prepare(
      `SELECT camera_id AS cameraId, begin_ms AS beginMs, end_ms AS endMs FROM look_up_views
       WHERE look_up_id = ? ORDER BY rowid`,
    )
    .all(lookUpId) as View[];

export function insertView(w: WriteDb, lookUpId: string, v: View): void {
  w.prepare('INSERT INTO look_up_views (look_up_id, camera_id, begin_ms, end_ms) VALUES (?, ?, ?, ?)').run(
    lookUpId,
    v.cameraId,
    v.beginMs,
    v.endMs,
  );
}

export interface PieceRow {
  pieceId: string;
  lookUpId: string;
  sessionId: string;
  kind: 'clip' | 'still';
  cameraId: string;
  beginMs: number;
  endMs: number;
  note: string;
  evidenceId: EvidenceId;
  staffId: string;
  atMs: number;
}

const PIECE = `SELECT piece_id AS pieceId, look_up_id AS lookUpId, session_id AS sessionId, kind, camera_id AS cameraId,
  begin_ms AS beginMs, end_ms AS endMs, note, evidence_id AS evidenceId, staff_id AS staffId, at_ms AS atMs
  FROM kept_pieces`;

/** All of a session, oldest first. */
export const piecesIn = (db: ReadDb, sessionId: string): PieceRow[] =>
  db.prepare(`${PIECE} WHERE session_id = ? ORDER BY rowid`).all(sessionId) as PieceRow[];

export const findPiece = (db: ReadDb, pieceId: string): PieceRow | null =>
  (db.prepare(`${PIECE} WHERE piece_id = ?`).get(pieceId) as PieceRow | undefined) ?? null;

export function insertPiece(w: WriteDb, p: PieceRow): void {
  w.prepare(
    `INSERT INTO kept_pieces (piece_id, look_up_id, session_id, kind, camera_id, begin_ms, end_ms, note, evidence_id,
       staff_id, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    p.pieceId,
    p.lookUpId,
    p.sessionId,
    p.kind,
    p.cameraId,
    p.beginMs,
    p.endMs,
    p.note,
    p.evidenceId,
    p.staffId,
    p.atMs,
  );
}
