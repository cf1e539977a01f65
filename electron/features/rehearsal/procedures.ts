import { answer } from '../../contract/answer.ts';
import { actorOf } from '../../contract/caller.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { SimulatedClock } from '../../devices/clock/simulated.ts';
import type { Journal } from '../../journal/journal.ts';
import { saveSetting } from '../site/settings.ts';
import { rehearsalEvents } from './events.ts';
import type { RehearsalRunner } from './service.ts';

export interface RehearsalProcedureDeps {
  db: Db;
  journal: Journal;
  runner: RehearsalRunner;
  /** Null in a station that is no rehearsal. */
  simulatedClock: SimulatedClock | null;
  clockMoved: () => void;
}

export const rehearsalProcedures = (os: Implementer, deps: RehearsalProcedureDeps) => ({
  start: os.rehearsal.start.handler(({ errors }) => answer(deps.runner.start(), errors)),
  cancel: os.rehearsal.cancel.handler(() => deps.runner.cancel()),
  status: os.rehearsal.status.handler(() => deps.runner.status()),
  moveClock: os.rehearsal.moveClock.handler(({ input, context, errors }) => {
    const clock = deps.simulatedClock;
    const actor = actorOf(context.caller, 'site-lead');
    const backwards = clock !== null && input.toWallMs < clock.wallMs();
    if (clock === null || backwards) {
      const code = backwards ? 'BACKWARDS' : 'NOT_A_REHEARSAL';
      inTransaction(deps.db, (w) => deps.journal.append(w, actor, rehearsalEvents.clockRefused, { code }));
      throw backwards ? errors.BACKWARDS() : errors.NOT_A_REHEARSAL();
    }
    inTransaction(deps.db, (w) => {
      const byMs = clock.moveTo(input.toWallMs);
      saveSetting(w, 'rehearsal-ahead-ms', String(clock.aheadMs()));
      deps.journal.append(w, actor, rehearsalEvents.clockMoved, { toMs: clock.wallMs(), byMs });
    });
    deps.clockMoved();
    return { wallMs: clock.wallMs() };
  }),
});
