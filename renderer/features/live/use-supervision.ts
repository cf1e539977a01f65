import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ask } from '../../api/query.ts';
import { play } from '../../ui/sounds.ts';
import { useMe } from '../staff/use-me.ts';

/** What the centre asks and who of it looks, read again at every news; undefined for whoever may not know. */
export function useSupervision() {
  const roles = useMe()?.roles ?? [];
  const enabled = roles.includes('site-lead') || roles.includes('supervisor');
  return useQuery({ ...ask.supervision.state.queryOptions(), enabled }).data;
}

/** Requests that a person has to do something about, the oldest first. */
export const openOf = (state: ReturnType<typeof useSupervision>) =>
  (state?.requests ?? []).filter((request) => request.state.kind !== 'answered').toReversed();

/** A new request is heard once, on whatever page the office is. */
export function useRequestSound(state: ReturnType<typeof useSupervision>): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (state === undefined) return;
    const waiting = openOf(state).map((r) => r.requestId);
    if (known.current !== null && waiting.some((id) => !known.current!.has(id))) play('amber');
    known.current = new Set(waiting);
  }, [state]);
}
