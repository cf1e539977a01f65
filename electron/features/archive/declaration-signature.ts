import { createHash } from 'node:crypto';
import { type Migration, neverEdited, type ReadDb } from '../../db/database.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { type Declaration, declarationsIn } from './store.ts';

export const declarationSignaturesMigration: Migration = {
  id: 376,
  name: 'declaration-signatures',
  sql: `
    -- A signature stands for the reasons on record then: one that is added makes it a signature for something else.
    CREATE TABLE declaration_signatures (
      session_id TEXT NOT NULL, declarations_sha256 TEXT NOT NULL, by_staff TEXT NOT NULL, by_name TEXT NOT NULL,
      evidence_id TEXT NOT NULL REFERENCES evidence, at_ms INTEGER NOT NULL
    ) STRICT;
    ${neverEdited('declaration_signatures')}
  `,
};

export interface DeclarationSignature {
  declarationsSha256: string;
  byName: string;
  evidenceId: string;
  atMs: number;
}

/** Names what is signed: every item with its reason, in the order of the items' names. */
export const declarationsSha256 = (declarations: readonly Pick<Declaration, 'itemId' | 'reason'>[]): string => {
  const signed = declarations.map((d) => [d.itemId, d.reason]).sort(([a], [b]) => (a! < b! ? -1 : 1));
  return createHash('sha256').update(canonicalJson(signed)).digest('hex');
};

/** The signature under the reasons as they stand; null where there is none, or a reason has come since. */
export function standingSignature(db: ReadDb, sessionId: string): DeclarationSignature | null {
  const last = db
    .prepare(
      `SELECT declarations_sha256 AS declarationsSha256, by_name AS byName, evidence_id AS evidenceId, at_ms AS atMs
       FROM declaration_signatures WHERE session_id = ? ORDER BY rowid DESC LIMIT 1`,
    )
    .get(sessionId) as DeclarationSignature | undefined;
  const now = declarationsSha256([...declarationsIn(db, sessionId).values()]);
  return last?.declarationsSha256 === now ? last : null;
}
