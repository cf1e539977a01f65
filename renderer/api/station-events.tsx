import { useEffect } from 'react';
import type { StationEvent } from '../../electron/contract/events.ts';
import { unreachable } from '../../electron/lib/result.ts';
import { connection } from './connection.ts';
import { openEvents } from './event-source.ts';
import { ask, queryClient } from './query.ts';
import { heardStationTime } from './station-clock.ts';

const listeners = new Set<(event: StationEvent) => void>();

/** Follows single events, such as the reader's, in the order they come. Returns the way to stop. */
export function onStationEvent(listener: (event: StationEvent) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

type Topic = Extract<StationEvent, { kind: 'changed' }>['topic'];

/** Which procedures' answers a topic makes old. Counts at the door stand also in the session's overview. */
function staleBy(topic: Topic) {
  switch (topic) {
    case 'alarm':
      return [ask.session.key()];
    case 'session':
      return [
        ask.session.key(),
        ask.checkin.key(),
        ask.presence.key(),
        ask.recording.key(),
        ask.archive.key(),
        ask.supervision.key(),
      ];
    case 'plan':
      return [
        ask.plan.key(),
        ask.session.key(),
        ask.checkin.key(),
        ask.consent.text.key(),
        ask.presence.key(),
        ask.recording.key(),
        ask.scoring.key(),
        ask.assignment.key(),
      ];
    case 'checkin':
      return [
        ask.checkin.lane.key(),
        ask.checkin.list.key(),
        ask.consent.of.key(),
        ask.presence.room.key(),
        ask.session.key(),
        ask.scoring.sheet.key(),
        ask.archive.key(),
      ];
    case 'presence':
      return [
        ask.presence.room.key(),
        ask.inspections.key(),
        ask.checkin.lane.key(),
        ask.checkin.list.key(),
        ask.session.key(),
        ask.archive.key(),
      ];
    case 'recording':
      return [ask.recording.key(), ask.session.key()];
    case 'assignment':
      return [ask.assignment.key(), ask.session.key(), ask.scoring.key(), ask.archive.key()];
    case 'appraisal':
      // What both agree on goes into the dossier.
      return [ask.appraisal.key(), ask.examiners.key(), ask.archive.key()];
    case 'scoring':
      return [ask.scoring.key(), ask.session.key(), ask.archive.key()];
    case 'site':
      return [ask.site.key(), ask.session.key(), ask.archive.key()];
    case 'staff':
      return [ask.staff.key(), ask.session.key(), ask.assignment.key(), ask.inspections.key()];
    case 'delivery':
      return [ask.delivery.key(), ask.purge.key()];
    case 'examiners':
      // What is on file now may speak against a panel that was assigned.
      return [ask.examiners.key(), ask.assignment.key(), ask.session.key(), ask.archive.key()];
    case 'rules':
    case 'archive':
    case 'journal':
    case 'supervision':
    case 'rehearsal':
      return [ask[topic].key()];
    default:
      return unreachable(topic);
  }
}

function hear(event: StationEvent): void {
  if (event.kind === 'hello') heardStationTime(event.wallMs);
  if (event.kind === 'tick') heardStationTime(event.wallMs, event.monoMs);
  if (event.kind === 'changed') {
    for (const queryKey of staleBy(event.topic)) void queryClient.invalidateQueries({ queryKey });
  }
  for (const listener of listeners) listener(event);
}

/** Connects this window to the event stream; mounted once, draws nothing. */
export function StationEvents(): null {
  useEffect(
    () =>
      openEvents((message) => {
        if (message.kind === 'event') {
          hear(message.event);
          return;
        }
        const wasLost = connection.get() === 'lost';
        connection.set(message.live ? 'live' : 'lost');
        // What changed while nobody listened is unknown: read everything on the screen again.
        if (message.live && wasLost) void queryClient.invalidateQueries();
      }),
    [],
  );
  return null;
}
