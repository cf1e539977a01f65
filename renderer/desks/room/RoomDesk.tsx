import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { RoomId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { sessionOfRoom } from '../../features/recording/choose-session.ts';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { RoomAtWork } from './RoomAtWork.tsx';
import './room.css';

/** Room recording (考场录像): is it on? */
export default function RoomDesk({ roomId }: { roomId: string }): ReactNode {
  const t = useTexts(roomTexts);
  const plan = useQuery(ask.plan.current.queryOptions());
  const sessions = useQuery(ask.session.list.queryOptions());
  const room = RoomId.safeParse(roomId);
  const here = room.success && plan.data && sessions.data ? sessionOfRoom(plan.data, sessions.data, room.data) : null;
  if (room.success && here !== null) {
    return <RoomAtWork key={here.session.sessionId} roomId={room.data} session={here.session} />;
  }
  const isRead = plan.data !== undefined && sessions.data !== undefined;
  const failed = plan.isError || sessions.isError;
  return (
    <DeskFrame desk={t.desk} where={roomId}>
      {isRead || !room.success ? (
        <section className="ui-card room-empty">
          <h2>{t.noSession}</h2>
          <p>{t.noSessionHelp}</p>
        </section>
      ) : failed ? (
        <ReadFailed onRetry={() => void Promise.all([plan.refetch(), sessions.refetch()])} />
      ) : (
        <Loading />
      )}
    </DeskFrame>
  );
}
