import { implement } from '@orpc/server';
import type { Caller } from './caller.ts';
import { contract } from './index.ts';

export interface CallContext {
  caller: Caller;
}

/** The contract, ready to be given its handlers: each feature fills its own branch in `procedures.ts`. */
export const implementer = implement(contract).$context<CallContext>();
export type Implementer = typeof implementer;
