import { ORPCError } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { ask } from '../../api/query.ts';
import { heardStationTime } from '../../api/station-clock.ts';
import { siteTexts } from '../../texts/site.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { FirstStart } from './FirstStart.tsx';

/** A station that has no site yet shows the first start, whatever page was asked for. */
export function SiteGate({ children }: { children: ReactNode }): ReactNode {
  const t = useTexts(siteTexts);
  const site = useQuery(ask.site.state.queryOptions());
  const wallMs = site.data?.wallMs;
  useEffect(() => {
    if (wallMs !== undefined) heardStationTime(wallMs);
  }, [wallMs]);
  // The first start leaves by itself: its last page shows the new keys, when the site already exists.
  const isNew = site.data?.kind === 'new';
  const [began, setBegan] = useState(false);
  useEffect(() => {
    if (isNew) setBegan(true);
  }, [isNew]);
  if (site.data !== undefined) return isNew || began ? <FirstStart /> : children;
  if (site.isPending) return <Loading />;
  // 401 before any sign-in: this browser does not hold the station's ticket.
  const noTicket = site.error instanceof ORPCError && site.error.code === 'UNAUTHORIZED';
  return <ReadFailed onRetry={() => void site.refetch()} {...(noTicket && { sentence: t.noTicket })} />;
}
