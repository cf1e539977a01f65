import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { CameraId, RoomId, SessionId } from '../../lib/ids.ts';
import type { AskKind, CentrePerson, NoReason, ViewEnd } from './protocol-words.ts';

export const supervisionMigration: Migration = {
  id: 320,
  name: 'supervision',
  sql: `
    CREATE TABLE centre_requests (
      request_id TEXT PRIMARY KEY, ask TEXT NOT NULL, room_id TEXT NOT NULL, session_id TEXT NOT NULL, camera_id TEXT,
      by_name TEXT NOT NULL, by_duty TEXT NOT NULL, text TEXT NOT NULL, received_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE centre_answers (
      request_id TEXT PRIMARY KEY REFERENCES centre_requests, outcome TEXT NOT NULL, reason TEXT, text TEXT NOT NULL,
      at_ms INTEGER NOT NULL, view_id TEXT, evidence_id TEXT REFERENCES evidence, taken_ms INTEGER
    ) STRICT;
    -- Until the centre has confirmed an answer, it is sent again after every new line.
    CREATE TABLE centre_answers_arrived (request_id TEXT PRIMARY KEY REFERENCES centre_answers) STRICT;
    CREATE TABLE centre_views (
      view_id TEXT PRIMARY KEY, request_id TEXT NOT NULL REFERENCES centre_requests, room_id TEXT NOT NULL,
      session_id TEXT NOT NULL, by_name TEXT NOT NULL, by_duty TEXT NOT NULL, begun_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE centre_view_ends (
      view_id TEXT PRIMARY KEY REFERENCES centre_views, reason TEXT NOT NULL, at_ms INTEGER NOT NULL
    ) STRICT;
    ${['centre_requests', 'centre_answers', 'centre_answers_arrived', 'centre_views', 'centre_view_ends']
      .map(neverEdited)
      .join('')}
  `,
};

export interface RequestRow {
  requestId: string;
  ask: AskKind;
  roomId: RoomId;
  sessionId: SessionId;
  cameraId: CameraId | null;
  by: CentrePerson;
  text: string;
  receivedAtMs: number;
}

interface StoredRequest extends Omit<RequestRow, 'by'> {
  byName: string;
  byDuty: string;
}

const REQUEST = `SELECT request_id AS requestId, ask, room_id AS roomId, session_id AS sessionId, camera_id AS cameraId,
  by_name AS byName, by_duty AS byDuty, text, received_ms AS receivedAtMs FROM centre_requests`;

const requestOf = ({ byName, byDuty, ...row }: StoredRequest): RequestRow => ({
  ...row,
  by: { name: byName, duty: byDuty },
});

export const findRequest = (db: ReadDb, requestId: string): RequestRow | null => {
  const row = db.prepare(`${REQUEST} WHERE request_id = ?`).get(requestId) as StoredRequest | undefined;
  return row ? requestOf(row) : null;
};

/** The newest first. */
export const newestRequests = (db: ReadDb, limit: number): RequestRow[] =>
  (db.prepare(`${REQUEST} ORDER BY rowid DESC LIMIT ?`).all(limit) as StoredRequest[]).map(requestOf);

/** Without an answer, oldest first. */
export const openRequests = (db: ReadDb): RequestRow[] =>
  (
    db
      .prepare(`${REQUEST} WHERE request_id NOT IN (SELECT request_id FROM centre_answers) ORDER BY rowid`)
      .all() as StoredRequest[]
  ).map(requestOf);

export function insertRequest(w: WriteDb, r: RequestRow): void {
  w.prepare(
    `INSERT INTO centre_requests (request_id, ask, room_id, session_id, camera_id, by_name, by_duty, text, received_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(r.requestId, r.ask, r.roomId, r.sessionId, r.cameraId, r.by.name, r.by.duty, r.text, r.receivedAtMs);
}

export interface AnswerRow {
  requestId: string;
  outcome: 'no' | 'reply' | 'view' | 'still';
  reason: NoReason | null;
  text: string;
  atMs: number;
  viewId: string | null;
  evidenceId: string | null;
  takenAtMs: number | null;
}

const ANSWER = `SELECT request_id AS requestId, outcome, reason, text, at_ms AS atMs, view_id AS viewId,
  evidence_id AS evidenceId, taken_ms AS takenAtMs FROM centre_answers`;

export const answerTo = (db: ReadDb, requestId: string): AnswerRow | null =>
  (db.prepare(`${ANSWER} WHERE request_id = ?`).get(requestId) as AnswerRow | undefined) ?? null;

/** Oldest first. */
export const answersUnderWay = (db: ReadDb): AnswerRow[] =>
  db
    .prepare(`${ANSWER} WHERE request_id NOT IN (SELECT request_id FROM centre_answers_arrived) ORDER BY rowid`)
    .all() as AnswerRow[];

export function insertAnswer(w: WriteDb, a: AnswerRow): void {
  w.prepare(
    `INSERT INTO centre_answers (request_id, outcome, reason, text, at_ms, view_id, evidence_id, taken_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(a.requestId, a.outcome, a.reason, a.text, a.atMs, a.viewId, a.evidenceId, a.takenAtMs);
}

export const hasArrived = (db: ReadDb, requestId: string): boolean =>
  db.prepare('SELECT 1 FROM centre_answers_arrived WHERE request_id = ?').get(requestId) !== undefined;

export function insertArrived(w: WriteDb, requestId: string): void {
  w.prepare('INSERT OR IGNORE INTO centre_answers_arrived (request_id) VALUES (?)').run(requestId);
}

export interface ViewRow {
  viewId: string;
  requestId: string;
  roomId: RoomId;
  sessionId: SessionId;
  by: CentrePerson;
  sinceMs: number;
}

const VIEW = `SELECT view_id AS viewId, request_id AS requestId, room_id AS roomId, session_id AS sessionId,
  by_name AS byName, by_duty AS byDuty, begun_ms AS sinceMs FROM centre_views`;

/** Looks into rooms that have not ended, the longest first. */
export const openViews = (db: ReadDb): ViewRow[] =>
  (
    db.prepare(`${VIEW} WHERE view_id NOT IN (SELECT view_id FROM centre_view_ends) ORDER BY rowid`).all() as (Omit<
      ViewRow,
      'by'
    > & { byName: string; byDuty: string })[]
  ).map(({ byName, byDuty, ...row }) => ({ ...row, by: { name: byName, duty: byDuty } }));

export function insertView(w: WriteDb, v: ViewRow): void {
  w.prepare(
    `INSERT INTO centre_views (view_id, request_id, room_id, session_id, by_name, by_duty, begun_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(v.viewId, v.requestId, v.roomId, v.sessionId, v.by.name, v.by.duty, v.sinceMs);
}

export function insertViewEnd(w: WriteDb, end: { viewId: string; reason: ViewEnd; atMs: number }): void {
  w.prepare('INSERT INTO centre_view_ends (view_id, reason, at_ms) VALUES (?, ?, ?)').run(
    end.viewId,
    end.reason,
    end.atMs,
  );
}
