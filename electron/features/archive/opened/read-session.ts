import type { z } from 'zod';
import * as paths from '../content/documents.ts';
import { PANELS_PATH } from '../content/panels-document.ts';
import type { ReadJson } from '../item-reader.ts';
import * as doc from './documents.ts';

const FILES = {
  people: [paths.CANDIDATES_PATH, doc.People],
  plan: [paths.PLAN_PATH, doc.Plan],
  attempts: [paths.ATTEMPTS_PATH, doc.Attempts],
  staff: ['data/3-process/staff.json.age', doc.Staff],
  absences: ['data/3-process/absences.json.age', doc.Absences],
  consents: [paths.CONSENTS_PATH, doc.Consents],
  presence: [paths.PRESENCE_PATH, doc.Presence],
  coverage: ['data/3-process/coverage.json.age', doc.Coverage],
  recordings: ['data/3-process/recordings.json.age', doc.Recordings],
  panels: [PANELS_PATH, doc.Panels],
  sheets: [paths.SHEETS_PATH, doc.Sheets],
  decisions: [paths.DECISIONS_PATH, doc.Decisions],
  results: [paths.RESULTS_PATH, doc.Results],
} as const;

type Files = typeof FILES;
/** The documents of a session that the page rests on; one that is lost or of another shape is left out. */
export type SessionDocuments = { [K in keyof Files]?: z.infer<Files[K][1]> };

/** Reads them all; `unread` names by path those that did not open or are not what this page knows. */
export async function readSession(readJson: ReadJson): Promise<{ documents: SessionDocuments; unread: string[] }> {
  const documents: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const [name, [path, schema]] of Object.entries(FILES)) {
    const parsed = schema.safeParse(await readJson(path));
    if (parsed.success) documents[name] = parsed.data;
    else unread.push(path);
  }
  return { documents: documents as SessionDocuments, unread };
}

/** Names of staff by their id; an id that nobody has stays an id. */
export const staffNames = ({ staff }: SessionDocuments): ((staffId: string) => string) => {
  const names = new Map(staff?.map((s) => [s.staffId, s.name]));
  return (staffId) => names.get(staffId) || staffId;
};
