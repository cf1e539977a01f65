import type { ReadDb } from '../db/database.ts';
import { currentDossiers } from '../features/examiners/store.ts';

/**
 * Training bodies at which somebody of this name holds a post now, by the dossiers. Staff accounts that are no examiner's
 * carry no card number, so the name is all there is to go by: who shares it with a trainer has to be told apart by the lead.
 */
export const trainingPostsOf = (db: ReadDb, name: string): string[] =>
  currentDossiers(db).flatMap(({ record }) =>
    record.name === name ? record.trainingPosts.filter((p) => p.until === null).map((p) => p.institution) : [],
  );
