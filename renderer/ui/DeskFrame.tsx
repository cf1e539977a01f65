import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { connection } from '../api/connection.ts';
import { ask } from '../api/query.ts';
import { roleNames } from '../features/staff/role-names.ts';
import { useMe } from '../features/staff/use-me.ts';
import { frameTexts } from '../texts/frame.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { AllKeys, type KeyHelp } from './AllKeys.tsx';
import { Clock, Countdown } from './Countdown.tsx';
import { DisconnectOutlined, UserOutlined } from './icons.tsx';
import { KeyHint } from './KeyHint.tsx';
import { useKeys } from './keys.ts';
import { Status } from './Status.tsx';
import { silenceTwoMinutes } from './sounds.ts';

export interface DeskFrameProps {
  /** The desk's name, top left. */
  desk: string;
  /** Room, occupation, session: one line. */
  where: ReactNode;
  /** The session counted to; absent where a desk has none. */
  session?: { startsAtMs: number; endsAtMs: number } | null | undefined;
  /** Small words between place and clock, such as the number of alarms. */
  notes?: ReactNode;
  /** Left side of the foot: counts. */
  foot?: ReactNode;
  /** The desk's own keys for the list under F1, beside the common ones. */
  keys?: readonly KeyHelp[];
  children: ReactNode;
}

/** The frame every desk shares: top bar, work, foot. It answers F1 and F3 itself. */
export function DeskFrame(props: DeskFrameProps): ReactNode {
  const t = useTexts(frameTexts);
  const { language } = useLanguage();
  const me = useMe();
  const connected = connection.use();
  const rehearsal = useQuery(ask.site.state.queryOptions()).data?.rehearsal ?? false;
  const [helpOpen, setHelpOpen] = useState(false);
  useKeys({ F1: () => setHelpOpen(true), F3: silenceTwoMinutes });
  return (
    <div className="ui-desk">
      <header className="ui-desk-top">
        <h1>{props.desk}</h1>
        <span className="ui-desk-where">{props.where}</span>
        {connected === 'lost' && (
          <span className="ui-status is-not-done" role="status">
            <DisconnectOutlined />
            {t.connectionLost}
          </span>
        )}
        {rehearsal && <Status kind="look">{t.rehearsal}</Status>}
        {props.notes}
        {props.session && <Countdown startsAtMs={props.session.startsAtMs} endsAtMs={props.session.endsAtMs} />}
        <Clock />
      </header>
      <main className="ui-desk-work">{props.children}</main>
      <footer className="ui-desk-foot">
        <div className="ui-desk-foot-left">{props.foot}</div>
        {me && (
          <button type="button" className="ui-plain-button" onClick={() => setHelpOpen(true)}>
            <UserOutlined />
            {me.name} · {roleNames(me.roles, language)}
          </button>
        )}
        <button type="button" className="ui-plain-button" onClick={() => setHelpOpen(true)}>
          <KeyHint name="F1" /> {t.allKeys}
        </button>
      </footer>
      {helpOpen && <AllKeys keys={props.keys ?? []} onClose={() => setHelpOpen(false)} />}
    </div>
  );
}

/** A number of the foot: word, large figure, small remark. */
export function Count(props: { word: string; figure: ReactNode; remark?: ReactNode }): ReactNode {
  return (
    <span className="ui-count">
      {props.word} <b>{props.figure}</b>
      {props.remark !== undefined && <small>{props.remark}</small>}
    </span>
  );
}
