import { ORPCError } from '@orpc/server';
import type { Caller } from '../contract/caller.ts';
import { contract } from '../contract/index.ts';
import type { ProcedureMeta } from '../contract/procedure.ts';
import { mayCall } from '../features/staff/roles.ts';
import { fileCallOf } from './body-guard.ts';

export interface FileCallRefusal {
  status: 401 | 403;
  reason: 'UNAUTHORIZED' | 'FORBIDDEN';
  /** The procedure as the guard of the contract names it: `plan.check`. */
  path: string;
  /** The reply as the contract's client reads it. */
  body: string;
}

/**
 * Why a caller may not send a file, asked before a byte of it is read: up to 600 MB would otherwise be held in memory only to
 * be refused by the contract's own guard, which asks again. Null for calls without files, which that guard answers alone.
 *
 * @param pathname  `/rpc/...` or `/api/...`
 */
export function fileCallRefusal(pathname: string, caller: Caller): FileCallRefusal | null {
  const call = fileCallOf(pathname);
  if (call === null || mayCall(caller.member?.roles ?? null, callersOf(call))) return null;
  const reason = caller.member ? 'FORBIDDEN' : 'UNAUTHORIZED';
  const error = new ORPCError(reason);
  const json = error.toJSON();
  return {
    status: caller.member ? 403 : 401,
    reason,
    path: call.replaceAll('/', '.'),
    body: JSON.stringify(pathname.startsWith('/rpc/') ? { json } : json),
  };
}

/** @throws Error for a call that is not in the contract: the list of file calls is then wrong */
function callersOf(call: string): ProcedureMeta['callers'] {
  let at: unknown = contract;
  for (const name of call.split('/')) at = (at as Record<string, unknown> | undefined)?.[name];
  const meta = (at as { '~orpc'?: { meta: ProcedureMeta } } | undefined)?.['~orpc']?.meta;
  if (!meta) throw new Error(`${call} is no procedure of the contract`);
  return meta.callers;
}
