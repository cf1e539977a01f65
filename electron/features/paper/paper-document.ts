import type { ReadDb } from '../../db/database.ts';
import { entriesIn, removedScansIn, restartsIn, scansIn } from './store.ts';

/** What a bundle says of its paper (`kaodian-paper/1`): every entry as it was typed, and every scan, those taken out as well. */
export const paperDocument = (db: ReadDb, sessionId: string, lines: readonly string[], otherPersonNeeded: boolean) => ({
  format: 'kaodian-paper/1',
  lines,
  otherPersonNeeded,
  entries: entriesIn(db, sessionId),
  restarts: restartsIn(db, sessionId),
  scans: scansIn(db, sessionId),
  removed: removedScansIn(db, sessionId),
});
