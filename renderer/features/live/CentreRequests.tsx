import './live.css';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { View } from '../../../electron/features/supervision/contract.ts';
import { ask } from '../../api/query.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { liveTexts } from '../../texts/live.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { EyeFilled } from '../../ui/icons.tsx';
import { clockText, spanText } from '../../ui/time-text.ts';
import { RequestCard } from './RequestCard.tsx';
import { openOf, useSupervision } from './use-supervision.ts';

/** What the centre wants from this site now, above everything else the office may do: the oldest request, and who looks. */
export function CentreRequests(props: {
  rooms: readonly { roomId: string; name: string }[];
  mayLead: boolean;
}): ReactNode {
  const t = useTexts(liveTexts);
  const state = useSupervision();
  if (state === undefined) return null;
  const nameOf = (roomId: string): string => props.rooms.find((r) => r.roomId === roomId)?.name ?? roomId;
  const [first, ...more] = openOf(state);
  return (
    <>
      {first !== undefined && (
        <RequestCard
          key={first.requestId}
          request={first}
          room={nameOf(first.roomId)}
          more={more.length}
          mayLead={props.mayLead}
        />
      )}
      {state.views.map((view) => (
        <Looking key={view.viewId} view={view} room={nameOf(view.roomId)} mayLead={props.mayLead} />
      ))}
      {state.sending.map(({ roomId }) => (
        <p key={roomId} className="ui-card live-looking">
          <EyeFilled /> {t.sendingRoom(nameOf(roomId))}
        </p>
      ))}
    </>
  );
}

function Looking({ view, room, mayLead }: { view: View; room: string; mayLead: boolean }): ReactNode {
  const t = useTexts(liveTexts);
  const nowMs = useStationClock();
  const end = useMutation(ask.supervision.endView.mutationOptions());
  return (
    <section className="ui-card live-looking">
      <EyeFilled />
      <span>
        <b>{t.looking(room, t.watchedBy(view.by.name, view.by.duty))}</b>
        <small>{t.watchedSince(clockText(view.sinceMs), spanText(nowMs - view.sinceMs))}</small>
      </span>
      {mayLead && (
        <BigButton size={36} disabled={end.isPending} onPress={() => end.mutate({ viewId: view.viewId })}>
          {t.endView}
        </BigButton>
      )}
    </section>
  );
}
