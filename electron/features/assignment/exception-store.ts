import type { ReadDb, WriteDb } from '../../db/database.ts';

/** Why somebody is off: 近亲属, 任教, 同单位, 师徒, 其他. */
export type RecusalGround = 'kin' | 'taught' | 'employer' | 'master-apprentice' | 'other';

export interface Recusal {
  sessionId: string;
  examinerId: string;
  roomId: string;
  by: 'self' | 'demand';
  ground: RecusalGround;
  note: string;
  byStaffId: string;
  atMs: number;
  seq: number;
}

/** Who is off a session, in the order it came about. */
export const recusalsIn = (db: ReadDb, sessionId: string): Recusal[] =>
  db
    .prepare(
      `SELECT session_id AS sessionId, examiner_id AS examinerId, room_id AS roomId, by, ground, note,
         by_staff AS byStaffId, at_ms AS atMs, seq FROM recusals WHERE session_id = ? ORDER BY rowid`,
    )
    .all(sessionId) as Recusal[];

export const recusedFrom = (db: ReadDb, sessionId: string): Set<string> =>
  new Set(recusalsIn(db, sessionId).map((r) => r.examinerId));

export function insertRecusal(w: WriteDb, r: Recusal): void {
  w.prepare(
    `INSERT INTO recusals (session_id, examiner_id, room_id, by, ground, note, by_staff, at_ms, seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(r.sessionId, r.examinerId, r.roomId, r.by, r.ground, r.note, r.byStaffId, r.atMs, r.seq);
}

/** The approval (批文) by which a sole provider trains and assesses, for one session. */
export interface Approval {
  number: string;
  officialStaffId: string;
  officialName: string;
  fileName: string;
  fileSha256: string;
  evidenceId: string;
  byStaffId: string;
  atMs: number;
  seq: number;
}

/** The approval in force for a session, and since when its official is there; null where there is none. */
export function approvalFor(db: ReadDb, sessionId: string): (Approval & { signedOnMs: number | null }) | null {
  const row = db
    .prepare(
      `SELECT a.number, a.official_staff AS officialStaffId, a.official_name AS officialName, a.file_name AS fileName,
         a.file_sha256 AS fileSha256, a.evidence_id AS evidenceId, a.by_staff AS byStaffId, a.at_ms AS atMs, a.seq,
         o.at_ms AS signedOnMs
       FROM sole_provider_approvals a
       LEFT JOIN official_sign_ons o ON o.session_id = a.session_id AND o.staff_id = a.official_staff
       WHERE a.session_id = ? ORDER BY a.rowid DESC LIMIT 1`,
    )
    .get(sessionId);
  return (row as (Approval & { signedOnMs: number | null }) | undefined) ?? null;
}

export function insertApproval(w: WriteDb, sessionId: string, a: Approval): void {
  w.prepare(
    `INSERT INTO sole_provider_approvals (session_id, number, official_staff, official_name, file_name, file_sha256,
       evidence_id, by_staff, at_ms, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    sessionId,
    a.number,
    a.officialStaffId,
    a.officialName,
    a.fileName,
    a.fileSha256,
    a.evidenceId,
    a.byStaffId,
    a.atMs,
    a.seq,
  );
}

/** The official is there; the first time counts. */
export function insertOfficialSignOn(
  w: WriteDb,
  at: { sessionId: string; staffId: string; atMs: number; seq: number },
): void {
  w.prepare('INSERT OR IGNORE INTO official_sign_ons (session_id, staff_id, at_ms, seq) VALUES (?, ?, ?, ?)').run(
    at.sessionId,
    at.staffId,
    at.atMs,
    at.seq,
  );
}
