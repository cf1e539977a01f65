import { join } from 'node:path';
import { parseBoundedJson } from '../bounded-json.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import type { TwoTongues } from '../claims/claim.ts';
import { eachLine } from '../each-line.ts';
import { placeBytes } from '../place-file.ts';
import type { Bag } from '../read-bag.ts';
import { Line } from './documents.ts';
import { journalPage } from './page.ts';
import type { EventRow, JournalView, SessionView } from './view.ts';

/** A busy day is one page; a browser opens that many without waiting. */
const ENTRIES_A_PAGE = 20_000;
const MAX_LINE_BYTES = 1024 * 1024;
/** Of one person the page itself shows so many entries; the journal has all. */
const MAX_OF_PERSON = 400;

interface JournalDeps {
  identities: readonly string[];
  /** Where the pages go. */
  out: string;
  identifier: string;
  rehearsal: boolean;
  staff: (staffId: string) => string;
  /** By attempt id. */
  personOf: ReadonlyMap<string, string>;
  events: ReadonlyMap<string, TwoTongues>;
}

/** What came of the journal: its pages, who is named in what, and whether it could be read to its end. */
export interface JournalRead {
  pages: SessionView['journal'];
  ofPerson: Map<string, EventRow[]>;
  whole: boolean;
}

/** Reads the journal once, line by line, and writes it out in pages as it goes; `pages: false` only gathers the people's entries. */
export async function readJournal(bag: Bag, deps: JournalDeps, pages: boolean): Promise<JournalRead> {
  const read: JournalRead = { pages: [], ofPerson: new Map(), whole: false };
  let held: JournalView['entries'] = [];
  const take = (bytes: Uint8Array): boolean => {
    const json = parseBoundedJson(bytes, MAX_LINE_BYTES);
    const line = json.ok ? Line.safeParse(json.value).data : undefined;
    if (!line) return false;
    const { seq, wallMs, event, actor, data } = line;
    const who = actor.staffId === undefined ? actor.kind : deps.staff(actor.staffId);
    if (pages) held.push([seq, wallMs, event, who, JSON.stringify(data)]);
    const candidate = data.candidateId ?? deps.personOf.get(String(data.attemptId ?? ''));
    if (typeof candidate === 'string') {
      const rows = read.ofPerson.get(candidate) ?? [];
      if (rows.length < MAX_OF_PERSON) rows.push({ seq, atMs: wallMs, event, who });
      read.ofPerson.set(candidate, rows);
    }
    return true;
  };
  const write = async (entries: JournalView['entries'], hasNext: boolean): Promise<void> => {
    const page = read.pages.length + 1;
    const file = `journal-${page}.html`;
    read.pages.push({ file, firstSeq: entries[0]![0], lastSeq: entries.at(-1)![0], entries: entries.length });
    const { identifier, rehearsal, events } = deps;
    const html = journalPage({ identifier, rehearsal, entries, page, hasNext, events: titlesOf(entries, events) });
    await placeBytes(join(deps.out, file), Buffer.from(html, 'utf8'));
  };
  const drain = async (): Promise<void> => {
    while (held.length > ENTRIES_A_PAGE) {
      await write(held.slice(0, ENTRIES_A_PAGE), true);
      held = held.slice(ENTRIES_A_PAGE);
    }
  };
  read.whole = await eachLine(bag, ENTRIES_PATH, deps.identities, MAX_LINE_BYTES, take, drain);
  await drain();
  if (held.length > 0) await write(held, false);
  return read;
}

const titlesOf = (entries: JournalView['entries'], events: ReadonlyMap<string, TwoTongues>) =>
  Object.fromEntries(
    [...new Set(entries.map(([, , event]) => event))].flatMap((e) => (events.has(e) ? [[e, events.get(e)!]] : [])),
  );
