import { ORPCError } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { station } from './client.ts';
import { askForSignIn } from './sign-in-request.ts';

/** Query and mutation options of every procedure: `useQuery(ask.session.list.queryOptions())`. */
export const ask = createTanstackQueryUtils(station);

/** A refusal by the guard, not by a procedure's own rules: nobody is signed in, or not in a role for this. */
export function guardRefusal(error: unknown): 'signed-out' | 'wrong-role' | null {
  if (!(error instanceof ORPCError) || error.defined) return null;
  if (error.code === 'UNAUTHORIZED') return 'signed-out';
  return error.code === 'FORBIDDEN' ? 'wrong-role' : null;
}

const onError = (error: unknown): void => {
  const refusal = guardRefusal(error);
  if (refusal !== null) askForSignIn(refusal);
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // The station is on this machine or in this building: the browser's idea of "online" says nothing about it.
      networkMode: 'always',
      // Answers the station gave stand. Only a lost connection is asked again; the events tell when data changes.
      retry: (failures, error) => !(error instanceof ORPCError) && failures < 3,
      retryDelay: 700,
      staleTime: 30_000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
