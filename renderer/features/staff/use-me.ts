import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { StaffMember } from '../../../electron/features/staff/contract.ts';
import { ask } from '../../api/query.ts';

/** Who is signed in at this window's browser; null before sign-in and while it is being asked. */
export function useMe(): StaffMember | null {
  return useQuery(ask.staff.me.queryOptions()).data ?? null;
}

/** Ends the sign-in and goes to the first page; whatever the desk did is at the station. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const { mutate } = useMutation(
    ask.staff.signOut.mutationOptions({
      onSuccess: () => {
        queries.clear();
        window.location.assign('/');
      },
    }),
  );
  return () => mutate(undefined);
}
