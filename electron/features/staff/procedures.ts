import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { addStaff, changePin, type StaffDeps, signIn, signOut, staffNames } from './service.ts';

export const staffProcedures = (os: Implementer, deps: StaffDeps) => ({
  names: os.staff.names.handler(() => staffNames(deps)),
  me: os.staff.me.handler(({ context }) => context.caller.member),
  signIn: os.staff.signIn.handler(async ({ input, context, errors }) =>
    answer(await signIn(deps, context.caller, input), errors),
  ),
  signOut: os.staff.signOut.handler(({ context }) => {
    signOut(deps, context.caller);
    return {};
  }),
  changePin: os.staff.changePin.handler(async ({ input, context, errors }) =>
    answer(await changePin(deps, context.caller, input), errors),
  ),
  add: os.staff.add.handler(async ({ input, context, errors }) =>
    answer(await addStaff(deps, context.caller, input), errors),
  ),
});
