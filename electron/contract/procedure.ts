import { oc } from '@orpc/contract';
import type { Callers } from '../features/staff/roles.ts';

export interface ProcedureMeta {
  callers: Callers;
}

/** Every procedure starts here and says who may call it; one that does not say so can be called by nobody. */
export const procedure = oc.$meta<ProcedureMeta>({ callers: [] });

export const callableBy = (callers: Callers) => procedure.meta({ callers });
