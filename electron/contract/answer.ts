import type { Result } from '../lib/result.ts';

/** An expected refusal as services return it: the contract's error code and, where the contract has it, its data. */
export interface Refusal {
  code: string;
  data?: unknown;
}

type Constructors<Code extends string> = { readonly [K in Code]: (options: never) => Error };

/** Turns a service's result into the contract's reply: the value, or the typed error of the same code. */
export function answer<T, E extends Refusal>(result: Result<T, E>, errors: Constructors<E['code']>): T {
  if (result.ok) return result.value;
  const construct = errors[result.error.code as E['code']] as unknown as (options: { data: unknown }) => Error;
  throw construct({ data: result.error.data });
}
