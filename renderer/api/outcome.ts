import { ORPCError } from '@orpc/client';

/**
 * Whether the station gave no answer of its own to this call: the connection broke, or something failed that no rule
 * foresaw. Then nobody knows whether the change was saved; the desk reads the record again and does not repeat the call.
 */
export function outcomeUnknown(error: unknown): boolean {
  if (!(error instanceof ORPCError)) return true;
  return error.status >= 500 && !error.defined;
}
