import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ExaminerId, StaffId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { StaffMember } from './contract.ts';
import { staffEvents } from './events.ts';
import { type CheckPin, hashPin, type PinError } from './pin.ts';
import { clashingRoles, type Role } from './roles.ts';
import {
  allStaff,
  bindConnection,
  type ExaminerInPlan,
  type ExaminerPerson,
  examinerTaken,
  findStaff,
  insertStaff,
  memberUnder,
  nameTaken,
  savePinHash,
} from './store.ts';

export interface StaffDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  checkPin: CheckPin;
  /** Who stands under an id in the plan in force. */
  examiner: (examinerId: ExaminerId) => ExaminerPerson | null;
  examinerInPlan: ExaminerInPlan;
  /** Somebody is at a desk now: what the day asks of their being there. */
  signedOn: (caller: Caller) => void;
  /** Whoever was at this desk is not any more: what it held of candidates goes. */
  signedOff: (caller: Caller) => void;
  changed: () => void;
}

export const staffNames = (deps: StaffDeps): StaffMember[] =>
  allStaff(deps.db).map((p) => memberUnder(deps.examinerInPlan, p));

export async function signIn(
  deps: StaffDeps,
  caller: Caller,
  wish: { staffId: StaffId; pin: string; desk: string },
): Promise<Result<StaffMember, PinError>> {
  const checked = await deps.checkPin(wish.staffId, wish.pin, 'sign-in', actorOf(caller));
  if (!checked.ok) return checked;
  const member = memberUnder(deps.examinerInPlan, findStaff(deps.db, wish.staffId)!);
  inTransaction(deps.db, (w) => {
    const before = caller.member;
    if (before && before.staffId !== member.staffId) {
      deps.journal.append(w, actorOf(caller), staffEvents.signedOut, { staffId: before.staffId });
    }
    bindConnection(w, caller.connectionId, member.staffId, wish.desk);
    deps.journal.append(w, actorOf({ ...caller, member, desk: wish.desk }), staffEvents.signedIn, {
      staffId: member.staffId,
      desk: wish.desk,
    });
  });
  if (caller.member && caller.member.staffId !== member.staffId) deps.signedOff(caller);
  deps.signedOn({ ...caller, member, desk: wish.desk });
  deps.changed();
  return ok(member);
}

export function signOut(deps: StaffDeps, caller: Caller): void {
  const member = caller.member;
  if (member === null) return;
  inTransaction(deps.db, (w) => {
    bindConnection(w, caller.connectionId, null, '');
    deps.journal.append(w, actorOf(caller), staffEvents.signedOut, { staffId: member.staffId });
  });
  deps.signedOff(caller);
  deps.changed();
}

type AddError =
  | { code: 'ROLES_CLASH'; data: { clashes: [Role, Role][] } }
  | { code: 'UNKNOWN_EXAMINER' }
  | { code: 'NAME_TAKEN' }
  | { code: 'EXAMINER_TAKEN' };

/** Adds a member of staff. Refusals are journaled without the name, which may be a typing error of somebody else's. */
export async function addStaff(
  deps: StaffDeps,
  caller: Caller,
  wish: { name: string; roles: Role[]; pin: string; examinerId: ExaminerId | null },
): Promise<Result<StaffMember, AddError>> {
  const pinHash = await hashPin(wish.pin);
  const result = inTransaction(deps.db, (w): Result<StaffMember, AddError> => {
    const refused = addViolation(deps, w, wish);
    if (refused) {
      deps.journal.append(w, actorOf(caller, 'site-lead'), staffEvents.addRefused, { code: refused.code });
      return err(refused);
    }
    const member: StaffMember = {
      staffId: newId('S') as StaffId,
      name: wish.name,
      roles: [...new Set(wish.roles)],
      examinerId: wish.examinerId,
    };
    insertStaff(w, member, pinHash, wish.examinerId && deps.examiner(wish.examinerId));
    deps.journal.append(w, actorOf(caller, 'site-lead'), staffEvents.added, member);
    return ok(member);
  });
  if (result.ok) deps.changed();
  return result;
}

function addViolation(
  deps: StaffDeps,
  w: WriteDb,
  wish: { name: string; roles: Role[]; examinerId: ExaminerId | null },
): AddError | null {
  const clashes = clashingRoles(wish.roles);
  if (clashes.length > 0) return { code: 'ROLES_CLASH', data: { clashes } };
  if (nameTaken(w, wish.name)) return { code: 'NAME_TAKEN' };
  if (wish.examinerId === null) return null;
  const examiner = deps.examiner(wish.examinerId);
  if (!examiner) return { code: 'UNKNOWN_EXAMINER' };
  return examinerTaken(w, examiner) ? { code: 'EXAMINER_TAKEN' } : null;
}

/** Everybody's PIN is their own: the lead sets the first, and it is changed by whoever knows it. */
export async function changePin(
  deps: StaffDeps,
  caller: Caller,
  wish: { old: string; next: string },
): Promise<Result<Record<string, never>, PinError | { code: 'SAME_PIN' }>> {
  const actor = actorOf(caller);
  const { staffId } = caller.member!;
  const checked = await deps.checkPin(staffId, wish.old, 'change-pin', actor);
  if (!checked.ok) return checked;
  if (wish.next === wish.old) return err({ code: 'SAME_PIN' });
  const pinHash = await hashPin(wish.next);
  inTransaction(deps.db, (w) => {
    savePinHash(w, staffId, pinHash);
    deps.journal.append(w, actor, staffEvents.pinChanged, { staffId });
  });
  return ok({});
}
