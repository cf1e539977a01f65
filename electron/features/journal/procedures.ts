import type { Implementer } from '../../contract/implementer.ts';
import type { Db } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import type { EventDefinition } from '../../journal/events.ts';
import type { Journal } from '../../journal/journal.ts';
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
    const entries = deps.journal.page({ ...input, events: all ? null : shown.map((d) => d.id) });
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
        data: e.data,
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
