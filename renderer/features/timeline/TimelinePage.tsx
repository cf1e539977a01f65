import './timeline.css';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { SessionState } from '../../../electron/features/session/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { LookUpForm } from './LookUpForm.tsx';
import { TimelineBoard } from './TimelineBoard.tsx';

/** Looking back at a session: first the reason, then the board over the whole window. */
export function TimelinePage(props: {
  session: { sessionId: SessionId; state: SessionState };
  where: string;
}): ReactNode {
  const { where } = props;
  const { sessionId, state } = props.session;
  const [lookUpId, setLookUp] = useState<string | null>(null);
  const sentence = useErrorSentence();
  const room = useQuery(
    ask.timeline.room.queryOptions({
      input: { lookUpId: lookUpId ?? '' },
      enabled: lookUpId !== null,
      refetchInterval: 20_000,
    }),
  );
  const coverage = useQuery(ask.coverage.session.queryOptions({ input: { sessionId }, refetchInterval: 20_000 }));
  if (lookUpId === null) return <LookUpForm sessionId={sessionId} onBegun={setLookUp} />;
  if (room.data !== undefined && coverage.data !== undefined) {
    return (
      <TimelineBoard
        key={lookUpId}
        where={where}
        room={room.data}
        coverage={coverage.data}
        session={state}
        refresh={() => {
          void room.refetch();
          void coverage.refetch();
        }}
        onLeave={() => setLookUp(null)}
      />
    );
  }
  const failed = [room, coverage].find((q) => q.isError);
  if (failed === undefined) return <Loading />;
  return <ReadFailed onRetry={() => void failed.refetch()} sentence={sentence(failed.error)} />;
}
