import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../../db/database.ts';
import type { SelfTestResult } from './contract.ts';

export const selfTestMigration: Migration = {
  id: 378,
  name: 'self-tests',
  sql: `
    CREATE TABLE self_tests (session_id TEXT NOT NULL, result TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
    CREATE INDEX self_tests_by_session ON self_tests (session_id);
    ${neverEdited('self_tests')}
  `,
};

export function latestSelfTest(db: ReadDb, sessionId: string): SelfTestResult | null {
  const row = db
    .prepare('SELECT result FROM self_tests WHERE session_id = ? ORDER BY rowid DESC LIMIT 1')
    .get(sessionId) as { result: string } | undefined;
  return row ? (JSON.parse(row.result) as SelfTestResult) : null;
}

export function insertSelfTest(w: WriteDb, sessionId: string, result: SelfTestResult): void {
  w.prepare('INSERT INTO self_tests (session_id, result, at_ms) VALUES (?, ?, ?)').run(
    sessionId,
    JSON.stringify(result),
    result.atMs,
  );
}
