import { join } from 'node:path';
import { type BundleIndex, externalIdentifier } from '../bundle-format.ts';
import type { TwoTongues } from '../claims/claim.ts';
import { itemReader } from '../item-reader.ts';
import type { OpenedFile } from '../opened-file.ts';
import { placeBytes } from '../place-file.ts';
import type { Bag } from '../read-bag.ts';
import { Strokes } from './documents.ts';
import { readJournal } from './journal-pages.ts';
import { sessionPage } from './page.ts';
import { personOfAttempt } from './people-view.ts';
import { type readSession, staffNames } from './read-session.ts';
import { sessionView, shelfOf } from './session-view.ts';

/** What the pages are made of: the bundle they come from, and what of it was opened where. */
export interface PagesWish {
  bag: Bag;
  index: BundleIndex;
  identities: readonly string[];
  out: string;
  files: readonly OpenedFile[];
  session: Awaited<ReturnType<typeof readSession>>;
  /** The one candidate opened, or null for everything: then the journal has pages of its own. */
  only: string | null;
  events: ReadonlyMap<string, TwoTongues>;
}

/** Writes `index.html`, and `journal-N.html` where everything was opened. */
export async function writePages(wish: PagesWish): Promise<void> {
  const { bag, index, identities, out, files, session, only, events } = wish;
  const { documents } = session;
  const journal = await readJournal(
    bag,
    {
      identities,
      out,
      identifier: externalIdentifier(index.bundle),
      rehearsal: index.bundle.rehearsal,
      staff: staffNames(documents),
      personOf: personOfAttempt(documents),
      events,
    },
    only === null,
  );
  const unread = journal.whole ? session.unread : [...session.unread, 'data/journal/entries.jsonl.age'];
  const reader = itemReader(bag, index, identities);
  const pathOf = new Map(
    files.map((f) => [f.item.path.slice(f.item.path.lastIndexOf('/') + 1, -'.age'.length), f.item.path]),
  );
  const shelf = shelfOf(files, async (evidenceId) => {
    const path = pathOf.get(evidenceId);
    const written = path === undefined ? undefined : Strokes.safeParse(await reader.json(path)).data;
    return written?.strokes ?? null;
  });
  const view = await sessionView({ index, files, documents, unread, journal, events, shelf, only });
  await placeBytes(join(out, 'index.html'), Buffer.from(sessionPage(view), 'utf8'));
}
