import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Alarm, SessionOverview } from '../../../electron/features/session/contract.ts';
import { ask } from '../../api/query.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { CentreRequests } from '../../features/live/CentreRequests.tsx';
import { AlarmCard } from '../../features/session/AlarmCard.tsx';
import { EndSession } from '../../features/session/EndSession.tsx';
import { HealthLine } from '../../features/session/HealthLine.tsx';
import { ReadinessGate } from '../../features/session/ReadinessGate.tsx';
import { RoomsTable } from '../../features/session/RoomsTable.tsx';
import { worstFirst } from '../../features/session/room-status.ts';
import { StepsBar } from '../../features/session/StepsBar.tsx';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { CheckCircleFilled } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import type { OfficePage } from './office-page.ts';

/** What is going on in every room, and the one thing to do now. */
export function OverviewPage(props: {
  overview: SessionOverview;
  mayLead: boolean;
  onGo: (page: OfficePage) => void;
}): ReactNode {
  const { overview, mayLead } = props;
  return (
    <div className="overview">
      <StepsBar overview={overview} />
      <section className="ui-card overview-rooms">
        <div className="overview-scroll">
          <RoomsTable overview={overview} />
        </div>
        <HealthLine overview={overview} />
      </section>
      <div className="overview-side">
        <CentreRequests rooms={overview.rooms} mayLead={mayLead} />
        <NextThing overview={overview} mayLead={mayLead} onGo={props.onGo} />
      </div>
    </div>
  );
}

/** More cards would push the session's own step off a low screen; the rest come up with the arrow. */
const mostCards = 2;

/** Right column: alarms, worst first, then the session's own next step. Only one block is blue. */
function NextThing(props: {
  overview: SessionOverview;
  mayLead: boolean;
  onGo: (page: OfficePage) => void;
}): ReactNode {
  const { overview } = props;
  const t = useTexts(officeTexts);
  const [sent, setSent] = useState<ReadonlyMap<string, number>>(new Map());
  const [chosen, choose] = useState<string | null>(null);
  const alarms = worstFirst(overview.alarms);
  const waiting = alarms.filter((alarm) => !sent.has(alarm.alarmId));
  const current = waiting.find((alarm) => alarm.alarmId === chosen) ?? waiting[0];

  const mark = useMutation(ask.session.mark.mutationOptions());
  const act = (alarm: Alarm) => {
    if (alarm.code === 'clock-jump') return props.onGo('journal');
    if (alarm.code === 'panel-facts') return props.onGo('assignment');
    if (mark.isPending) return;
    const room = overview.rooms.find((r) => r.roomId === alarm.roomId);
    const title = t.alarms[alarm.code].title({ ...alarm.facts, ...(room && { room: room.name }) });
    mark.mutate(
      { sessionId: overview.session.sessionId, roomId: alarm.roomId, note: t.markNote(title) },
      { onSuccess: ({ atMs }) => setSent((before) => new Map(before).set(alarm.alarmId, atMs)) },
    );
  };
  const next = () => {
    if (current === undefined) return;
    choose(waiting[(waiting.indexOf(current) + 1) % waiting.length]?.alarmId ?? null);
  };
  useKeys(
    { Enter: current && (() => act(current)), ArrowDown: waiting.length > 1 ? next : undefined },
    { verdict: current?.alarmId ?? 'none' },
  );

  const shown = current === undefined ? alarms : [current, ...alarms.filter((alarm) => alarm !== current)];
  return (
    <>
      {shown.slice(0, mostCards).map((alarm) => (
        <AlarmCard
          key={alarm.alarmId}
          alarm={alarm}
          room={overview.rooms.find((r) => r.roomId === alarm.roomId)}
          current={alarm === current}
          sentAtMs={sent.get(alarm.alarmId) ?? null}
          onAct={() => act(alarm)}
        />
      ))}
      {shown.length > mostCards && (
        <p className="office-quiet">
          {t.moreAlarms(shown.length - mostCards)} <KeyHint name="↓" /> {t.nextAlarm}
        </p>
      )}
      {mark.isError && (
        <p className="is-stop" role="alert">
          {t.markFailed}
        </p>
      )}
      <SessionStep {...props} blue={current === undefined} />
    </>
  );
}

function SessionStep(props: {
  overview: SessionOverview;
  mayLead: boolean;
  blue: boolean;
  onGo: (page: OfficePage) => void;
}): ReactNode {
  const { overview, mayLead, blue } = props;
  const { session, rooms } = overview;
  const t = useTexts(officeTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const nowMs = useStationClock();
  const [ending, setEnding] = useState(false);
  const open = useMutation(
    ask.session.open.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.session.key() }),
    }),
  );
  const openDoor = () => open.mutate({ sessionId: session.sessionId });
  const stops = overview.readiness.some((item) => item.result === 'stop');
  const due = nowMs >= session.endsAtMs;
  const enter: Record<typeof session.state, (() => void) | undefined> = {
    preparing: stops || open.isPending ? undefined : openDoor,
    open: undefined,
    running: due ? () => setEnding(true) : undefined,
    closed: () => props.onGo('closing'),
    sealed: () => props.onGo('closing'),
  };
  const enterNow = blue && (mayLead || session.state === 'closed' || session.state === 'sealed');
  useKeys({ Enter: enterNow ? enter[session.state] : undefined });

  if (session.state === 'preparing') {
    return (
      <ReadinessGate
        readiness={overview.readiness}
        busy={open.isPending}
        problem={open.isError ? sentenceOf(open.error) : null}
        blue={blue}
        onOpen={mayLead ? openDoor : null}
      />
    );
  }
  const sum = (pick: (marking: (typeof rooms)[number]['marking']) => number) =>
    rooms.reduce((total, room) => total + pick(room.marking), 0);
  const [panel, signed, locked] = [sum((m) => m.panel), sum((m) => m.signed), sum((m) => m.locked)];
  const closing = session.state === 'closed' || session.state === 'sealed';
  if (session.state === 'running' && overview.alarms.length > 0 && !mayLead) return null;
  return (
    <section className="ui-card gate">
      {session.state === 'open' && (
        <>
          <h2>{t.doorOpen}</h2>
          <p className="office-quiet">{t.doorOpenHelp(minuteText(session.startsAtMs))}</p>
        </>
      )}
      {session.state === 'running' && overview.alarms.length === 0 && (
        <>
          <h2 className="is-done">
            <CheckCircleFilled /> {t.allWell}
          </h2>
          <p className="office-quiet">{t.allWellHelp}</p>
        </>
      )}
      {closing && (
        <>
          <h2 className={session.state === 'sealed' ? 'is-done' : ''}>
            {session.state === 'sealed' ? t.sealedTitle : signed < panel ? t.toMarking : t.toClosing}
          </h2>
          <p className="office-quiet">
            {session.state === 'sealed'
              ? t.sealedHelp
              : signed < panel
                ? t.toMarkingHelp(locked, signed, panel)
                : t.toClosingHelp}
          </p>
          {session.state === 'closed' && signed >= panel && <Status kind="done">{t.signedOf(signed, panel)}</Status>}
        </>
      )}
      {closing ? (
        <BigButton size={64} blue={blue} hint={blue ? 'Enter' : undefined} onPress={() => props.onGo('closing')}>
          {t.goClosing}
        </BigButton>
      ) : (
        mayLead && (
          <BigButton
            size={due ? 64 : 36}
            blue={blue && due}
            hint={blue && due ? 'Enter' : undefined}
            onPress={() => setEnding(true)}
          >
            {due ? t.endSession : t.endEarly}
          </BigButton>
        )
      )}
      {ending && <EndSession session={session} early={!due} onDone={() => setEnding(false)} />}
    </section>
  );
}
