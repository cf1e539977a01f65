import type { Implementer } from '../../contract/implementer.ts';
import type { Db } from '../../db/database.ts';
import type { Actor, JournalEntry } from '../../journal/entry.ts';
import type { EventDefinition } from '../../journal/events.ts';
import type { Journal, PageQuery } from '../../journal/journal.ts';
import { scoringEvents } from '../scoring/events.ts';
import type { KeyRing } from '../site/service.ts';
import { findStaff } from '../staff/store.ts';

export interface JournalDeps {
  db: Db;
  journal: Journal;
  ring: KeyRing;
  catalogue: ReadonlyMap<string, EventDefinition>;
}

export const journalProcedures = (os: Implementer, deps: JournalDeps) => ({
  page: os.journal.page.handler(({ input, context }) => {
    // Whoever marks must not read the other examiners' marks here, nor whose number is whose.
    const marks = context.caller.member?.roles.includes('examiner') ?? false;
    const shown = [...deps.catalogue.values()].filter(
      (d) => (d.refusal || !input.refusalsOnly) && !(marks && d.id.startsWith('scoring.')),
    );
    const all = !marks && !input.refusalsOnly;
    const entries = entriesShown(deps, { ...input, events: all ? null : shown.map((d) => d.id) });
    const rows = entries.map((e) => {
      const definition = deps.catalogue.get(e.event);
      return {
        seq: e.seq,
        wallMs: e.wallMs,
        event: e.event,
        meaning: definition?.meaning ?? { zh: e.event, en: e.event },
        refusal: definition?.refusal ?? false,
        actor: actorShown(deps.db, e.actor),
        sessionId: e.sessionId,
        data: isBlind(deps, e) ? HIDDEN : e.data,
      };
    });
    return { rows, size: deps.journal.size() };
  }),
  checkpoint: os.journal.checkpoint.handler(({ errors }) => {
    const keys = deps.ring.keys();
    const site = deps.ring.site();
    if (!keys || !site) throw errors.KEYS_LOCKED();
    return deps.journal.checkpoint('asked', keys.signing, site.stationId);
  }),
});

/** What tells marks, or whose number is whose, before the room's whole panel has locked. */
const BLIND: ReadonlySet<string> = new Set(
  [scoringEvents.marked, scoringEvents.noted, scoringEvents.locked, scoringEvents.numbersDrawn].map((e) => e.id),
);
/** Stands in the place of the data; the row itself, who and when, stays to be seen. */
const HIDDEN = { hidden: '全组锁定评分后才显示 / shown once the whole panel has locked' };

/** Marking is blind for those who watch, too: nobody reads here what the results page does not show yet. */
function isBlind({ journal }: JournalDeps, { event, sessionId, data }: JournalEntry): boolean {
  if (!BLIND.has(event)) return false;
  const events = [scoringEvents.revealed.id];
  const revealed = journal.page({ beforeSeq: null, limit: 1000, sessionId, events, contains: '' });
  return !revealed.some((r) => roomOf(r.data) === roomOf(data));
}

const roomOf = (data: unknown): string => scoringEvents.revealed.data.parse(data).roomId;

/** A page in which a search finds nothing by what is hidden: the words looked for would tell it. */
function entriesShown(deps: JournalDeps, query: PageQuery): JournalEntry[] {
  if (query.contains === '') return deps.journal.page(query);
  const found: JournalEntry[] = [];
  for (let { beforeSeq } = query; found.length < query.limit; ) {
    const page = deps.journal.page({ ...query, beforeSeq });
    found.push(...page.filter((e) => !isBlind(deps, e)));
    if (page.length < query.limit) break;
    beforeSeq = page.at(-1)!.seq;
  }
  return found.slice(0, query.limit);
}

function actorShown(db: Db, actor: Actor): { name: string; role: string; desk: string } {
  switch (actor.kind) {
    case 'staff':
      return { name: findStaff(db, actor.staffId)?.name ?? actor.staffId, role: actor.role, desk: actor.desk };
    case 'station':
      return { name: '', role: 'station', desk: '' };
    case 'stranger':
      return { name: '', role: 'stranger', desk: actor.from };
  }
}
