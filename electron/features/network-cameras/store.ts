import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import type { CameraId } from '../../lib/ids.ts';

export const networkCamerasMigration: Migration = {
  id: 310,
  name: 'network-cameras',
  sql: `
    -- What this site plugs in, no record of an exam. The login is an age file for the station's own key.
    CREATE TABLE network_cameras (
      camera_id TEXT PRIMARY KEY, address TEXT NOT NULL, user TEXT NOT NULL, login BLOB NOT NULL
    ) STRICT;
  `,
};

export interface CameraRow {
  cameraId: CameraId;
  address: string;
  user: string;
  login: Uint8Array;
}

export const allCameras = (db: ReadDb): CameraRow[] =>
  db
    .prepare('SELECT camera_id AS cameraId, address, user, login FROM network_cameras ORDER BY rowid')
    .all() as CameraRow[];

export function saveCamera(w: WriteDb, c: CameraRow): void {
  w.prepare('INSERT OR REPLACE INTO network_cameras (camera_id, address, user, login) VALUES (?, ?, ?, ?)').run(
    c.cameraId,
    c.address,
    c.user,
    c.login,
  );
}

export function deleteCamera(w: WriteDb, cameraId: string): void {
  w.prepare('DELETE FROM network_cameras WHERE camera_id = ?').run(cameraId);
}
