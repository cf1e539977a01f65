import { implement, ORPCError } from '@orpc/server';
import { mayCall } from '../features/staff/roles.ts';
import type { Caller } from './caller.ts';
import { contract } from './index.ts';
import type { ProcedureMeta } from './procedure.ts';

export interface CallContext {
  caller: Caller;
}

/**
 * The contract, ready to be given its handlers: each feature fills its own branch in `procedures.ts`. One guard stands
 * before every procedure: what the contract says about who may call it is enforced here and nowhere else.
 *
 * @param onRefused  puts the refusal on record
 */
export function guardedImplementer(onRefused: (caller: Caller, path: string) => void) {
  return implement(contract)
    .$context<CallContext>()
    .use(({ context, procedure, path, next }) => {
      const { callers } = procedure['~orpc'].meta as ProcedureMeta;
      if (!mayCall(context.caller.member?.roles ?? null, callers)) {
        onRefused(context.caller, path.join('.'));
        throw new ORPCError(context.caller.member ? 'FORBIDDEN' : 'UNAUTHORIZED');
      }
      return next();
    });
}

export type Implementer = ReturnType<typeof guardedImplementer>;
