import './home.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { StaffMember } from '../../../electron/features/staff/contract.ts';
import { ask } from '../../api/query.ts';
import { Unlock } from '../../features/site/Unlock.tsx';
import { useMe } from '../../features/staff/use-me.ts';
import { frameTexts } from '../../texts/frame.ts';
import { homeTexts } from '../../texts/home.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';

type Desk = 'door' | 'room' | 'examiner' | 'office';

/** Who finds work at which desk; the station decides anew at every call. */
const deskRoles: Record<Desk, StaffMember['roles']> = {
  door: ['door', 'invigilator', 'site-lead'],
  room: ['invigilator', 'supervisor', 'site-lead'],
  examiner: ['examiner'],
  office: ['site-lead', 'supervisor', 'score-keeper'],
};

/** The first page: who am I, what is on today, where do I work. */
export function Home(): ReactNode {
  const t = useTexts(homeTexts);
  const f = useTexts(frameTexts);
  const me = useMe();
  const site = useQuery(ask.site.state.queryOptions()).data;
  const plan = useQuery(ask.plan.current.queryOptions());
  const sessions = useQuery(ask.session.list.queryOptions()).data ?? [];
  if (me === null || site === undefined || site.kind === 'new') return null;
  const mayUse = (desk: Desk) => deskRoles[desk].some((role) => me.roles.includes(role));
  const rooms = [...new Map((plan.data?.sessions ?? []).flatMap((s) => s.rooms).map((r) => [r.roomId, r])).values()];

  const deskCard = (desk: Desk) => {
    const perRoom = desk === 'door' || desk === 'room';
    const open = mayUse(desk);
    return (
      <section key={desk} className={`ui-card home-desk${open ? '' : ' is-closed'}`}>
        <h2>{f.desks[desk]}</h2>
        <p>{open ? t.does[desk] : t.notYours}</p>
        <div className="home-ways">
          {open &&
            (perRoom ? (
              rooms.map((room) => (
                <div key={room.roomId} className="home-room">
                  <a className="ui-button size-64" href={`/${desk}/${room.roomId}`}>
                    <span className="home-way">
                      {room.name}
                      <small>{room.location}</small>
                    </span>
                  </a>
                  {desk === 'door' && (
                    <>
                      <a className="home-lane" href={`/door/${room.roomId}/2`}>
                        {t.secondLane}
                      </a>
                      <a className="home-lane" href={`/door/${room.roomId}/sign`}>
                        {t.signAhead}
                      </a>
                    </>
                  )}
                </div>
              ))
            ) : (
              <a className="ui-button size-64" href={`/${desk}`}>
                {f.desks[desk]}
              </a>
            ))}
        </div>
      </section>
    );
  };
  return (
    <DeskFrame desk={f.product} where={`${site.site.siteName} · ${site.site.stationId}`}>
      <div className="home">
        <h1>{t.hello(me.name)}</h1>
        {site.rehearsal && (
          <p className="home-note">
            <Status kind="look">{t.rehearsal}</Status>
          </p>
        )}
        {me.roles.includes('site-lead') && <Unlock />}
        {plan.data === null && (
          <section className="ui-card home-desk">
            <h2 className="is-not-done">{t.noPlan}</h2>
            <p>{t.noPlanHelp}</p>
          </section>
        )}
        {sessions.length > 0 && (
          <section className="home-sessions" aria-label={t.today}>
            {sessions.map((session) => (
              <div key={session.sessionId} className="ui-card home-session">
                <b>{minuteText(session.startsAtMs)}</b>
                <span>
                  {session.label}
                  <small>{session.occupation}</small>
                </span>
                <em className={session.state === 'open' || session.state === 'running' ? 'is-done' : 'is-not-done'}>
                  {t.states[session.state]}
                </em>
              </div>
            ))}
          </section>
        )}
        <div className="home-desks">{(['door', 'room', 'examiner', 'office'] as const).map(deskCard)}</div>
      </div>
    </DeskFrame>
  );
}
