import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { CheckPin, PinError } from '../staff/pin.ts';
import type { RuleChangeView } from './contract.ts';
import { rulesEvents } from './events.ts';
import type { PackShelf } from './pack-shelf.ts';
import type { ClauseValue, RulePack } from './rule-pack.ts';
import { isRuleValue } from './rule-values.ts';
import { insertChange, type RuleChange, type Signatory } from './store.ts';

export interface ChangeDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  shelf: PackShelf;
  /** The pack in force now. */
  pack: () => RulePack;
  checkPin: CheckPin;
  /** Name and role of somebody who may stand for a change as the second: a supervisor or another lead; null for others. */
  secondPerson: (staffId: string) => Signatory | null;
  changed: () => void;
}

export interface ChangeWish {
  clauseId: string;
  from: ClauseValue;
  value: ClauseValue;
  reason: string;
  pin: string;
  second: { staffId: string; pin: string };
}

export type ChangeError =
  | {
      code:
        | 'NO_SUCH_CLAUSE'
        | 'NOT_A_PARAMETER'
        | 'VALUE_OUT_OF_BOUNDS'
        | 'VALUE_CHANGED_MEANWHILE'
        | 'SAME_VALUE'
        | 'SAME_PERSON'
        | 'NOT_A_SECOND';
    }
  | PinError;

/**
 * Changes a value here (本地改动), for sessions that are not open yet. Only parameters, only within the station's bounds,
 * only by two persons: the lead and a supervisor or another lead, each by their own PIN.
 */
export async function changeValue(
  deps: ChangeDeps,
  caller: Caller,
  wish: ChangeWish,
): Promise<Result<RuleChangeView, ChangeError>> {
  const actor = actorOf(caller, 'site-lead');
  const refused = <E extends ChangeError>(error: E) => {
    const { clauseId } = wish;
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actor, rulesEvents.changeRefused, { clauseId, code: error.code }),
    );
    return err(error);
  };
  const fault = wishFault(deps.pack(), wish);
  if (fault) return refused({ code: fault });
  const { staffId, name } = caller.member!;
  if (wish.second.staffId === staffId) return refused({ code: 'SAME_PERSON' });
  const second = deps.secondPerson(wish.second.staffId);
  if (!second) return refused({ code: 'NOT_A_SECOND' });
  for (const [who, pin] of [
    [staffId, wish.pin],
    [second.staffId, wish.second.pin],
  ] as const) {
    const checked = await deps.checkPin(who, pin, 'rule-change', actor);
    if (!checked.ok) return refused(checked.error);
  }
  const done = inTransaction(deps.db, (w): Result<RuleChange, ChangeError> => {
    // While the PINs were checked somebody may have changed it, or installed another pack.
    const pack = deps.pack();
    const again = wishFault(pack, wish);
    if (again) {
      deps.journal.append(w, actor, rulesEvents.changeRefused, { clauseId: wish.clauseId, code: again });
      return err({ code: again });
    }
    const clause = pack.clauses.find((c) => c.id === wish.clauseId)!;
    const change: RuleChange = {
      changeId: newId('RC'),
      packId: pack.id,
      clauseId: clause.id,
      was: clause.changed?.was ?? clause.value!,
      value: wish.value,
      reason: wish.reason,
      by: { staffId, name, role: 'site-lead' },
      second,
      atMs: deps.clock.wallMs(),
    };
    insertChange(w, change);
    const { by: _, second: __, atMs: ___, ...data } = change;
    const persons = { byStaffId: staffId, secondStaffId: second.staffId };
    deps.journal.append(w, actor, rulesEvents.changed, { ...data, ...persons });
    return ok(change);
  });
  if (!done.ok) return done;
  deps.shelf.reload();
  deps.changed();
  return ok(changeView(done.value, true));
}

function wishFault(pack: RulePack, { clauseId, from, value }: ChangeWish) {
  const clause = pack.clauses.find((c) => c.id === clauseId);
  if (!clause) return 'NO_SUCH_CLAUSE';
  if (clause.severity !== 'parameter' || clause.value === undefined) return 'NOT_A_PARAMETER';
  if (clause.value !== from) return 'VALUE_CHANGED_MEANWHILE';
  if (value === from) return 'SAME_VALUE';
  return isRuleValue(clauseId, value) ? null : 'VALUE_OUT_OF_BOUNDS';
}

export const changeView = ({ by, second, ...c }: RuleChange, holds: boolean): RuleChangeView => ({
  ...c,
  by: { name: by.name, role: by.role },
  second: { name: second.name, role: second.role },
  holds,
});
