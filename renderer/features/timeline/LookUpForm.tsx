import { useMutation, useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { type RoomId, RoomId as RoomIdSchema, type SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';

/** The reason comes first: without one on record no video is shown. */
export function LookUpForm(props: { sessionId: SessionId; onBegun: (lookUpId: string) => void }): ReactNode {
  const t = useTexts(timelineTexts);
  const sentence = useErrorSentence();
  const plan = useQuery(ask.plan.current.queryOptions()).data;
  const rooms = plan?.sessions.find((s) => s.sessionId === props.sessionId)?.rooms ?? [];
  const [chosen, choose] = useState<RoomId | null>(null);
  const [reason, write] = useState('');
  const [tried, setTried] = useState(false);
  const roomId = chosen ?? rooms[0]?.roomId ?? null;
  const begin = useMutation(
    ask.timeline.begin.mutationOptions({ onSuccess: ({ lookUpId }) => props.onBegun(lookUpId) }),
  );
  const go = () => {
    setTried(true);
    if (roomId === null || reason.trim().length < 4 || begin.isPending) return;
    begin.mutate({ sessionId: props.sessionId, roomId, reason: reason.trim() });
  };
  useKeys({ Enter: go });
  return (
    <section className="ui-card tl-ask">
      <h2>{t.askTitle}</h2>
      <p className="office-quiet">{t.askHelp}</p>
      <label htmlFor="tl-room">
        {t.room}
        <Select<string>
          id="tl-room"
          size="large"
          value={roomId}
          onChange={(id) => choose(RoomIdSchema.parse(id))}
          options={rooms.map((r) => ({ value: r.roomId as string, label: `${r.name} ${r.location}` }))}
        />
      </label>
      <label htmlFor="tl-reason">
        {t.reason}
        <Input
          id="tl-reason"
          size="large"
          autoFocus
          data-enter="desk"
          maxLength={200}
          placeholder={t.reasonHint}
          value={reason}
          onChange={(event) => write(event.target.value)}
        />
      </label>
      <p role="alert">
        {begin.isError ? (
          <Status kind="stop">{sentence(begin.error)}</Status>
        ) : (
          tried && reason.trim().length < 4 && <Status kind="look">{t.reasonShort}</Status>
        )}
      </p>
      <BigButton size={64} blue hint="Enter" disabled={begin.isPending || roomId === null} onPress={go}>
        {t.begin}
      </BigButton>
    </section>
  );
}
