import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { ExaminerId, StaffId } from '../../lib/ids.ts';
import { Role } from './roles.ts';

/** Six digits: what one hand types on a number pad. */
export const Pin = z.string().regex(/^\d{6}$/);

export const StaffMember = z.object({
  staffId: StaffId,
  name: z.string(),
  roles: z.array(Role),
  /** The examiner of the plan in force this person is; null also where the plan gives their id to somebody else. */
  examinerId: ExaminerId.nullable(),
});
export type StaffMember = z.infer<typeof StaffMember>;

/** A second person confirms by their own PIN on somebody else's desk. */
export const SecondPerson = z.object({ staffId: StaffId, pin: Pin });
export type SecondPerson = z.infer<typeof SecondPerson>;

/** `retryAtMs`: station wall time before which no further try is looked at. */
export const pinErrors = {
  WRONG_PIN: { status: 401, data: z.object({ failures: z.int(), retryAtMs: z.number() }) },
  PIN_LOCKED: { status: 429, data: z.object({ retryAtMs: z.number() }) },
};

export const staff = {
  /** Everyone who can sign in, by name. */
  names: callableBy('anyone').output(z.array(StaffMember)),
  me: callableBy('anyone').output(StaffMember.nullable()),
  signIn: callableBy('anyone')
    .input(z.object({ staffId: StaffId, pin: Pin, desk: z.string().max(40) }))
    .output(StaffMember)
    .errors(pinErrors),
  signOut: callableBy('anyone').output(z.object({})),
  changePin: callableBy('signed-in')
    .input(z.object({ old: Pin, next: Pin }))
    .output(z.object({}))
    .errors({ ...pinErrors, SAME_PIN: { status: 422 } }),
  add: callableBy(['site-lead'])
    .input(
      z.object({
        name: z.string().trim().min(1).max(40),
        roles: z.array(Role).min(1),
        pin: Pin,
        examinerId: ExaminerId.nullable().default(null),
      }),
    )
    .output(StaffMember)
    .errors({
      ROLES_CLASH: { status: 422, data: z.object({ clashes: z.array(z.tuple([Role, Role])) }) },
      UNKNOWN_EXAMINER: { status: 422 },
      NAME_TAKEN: { status: 409 },
      /** This examiner of the plan is registered already, under another name. */
      EXAMINER_TAKEN: { status: 409 },
    }),
};
