import { useQuery } from '@tanstack/react-query';
import { Select, Tabs } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionOverview, SessionRow } from '../../../electron/features/session/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { ask } from '../../api/query.ts';
import { AppraisalPage } from '../../features/appraisal/AppraisalPage.tsx';
import { ClosingPage } from '../../features/archive/ClosingPage.tsx';
import { AssignmentPage } from '../../features/assignment/AssignmentPage.tsx';
import { DoorBoard } from '../../features/checkin/DoorBoard.tsx';
import { ExaminersPage } from '../../features/examiners/ExaminersPage.tsx';
import { FormsPage } from '../../features/forms/FormsPage.tsx';
import { InspectionsPage } from '../../features/inspections/InspectionsPage.tsx';
import { JournalPage } from '../../features/journal/JournalPage.tsx';
import { RequestNote } from '../../features/live/RequestNote.tsx';
import { PlanPage } from '../../features/plan/PlanPage.tsx';
import { RehearsalPage } from '../../features/rehearsal/RehearsalPage.tsx';
import { RulesPage } from '../../features/rules/RulesPage.tsx';
import { ScoresPage } from '../../features/scoring/ScoresPage.tsx';
import { currentSession } from '../../features/session/current-session.ts';
import { useAlarmChime } from '../../features/session/use-alarm-chime.ts';
import { DevicesPage } from '../../features/site/DevicesPage.tsx';
import { useMe } from '../../features/staff/use-me.ts';
import { TimelinePage } from '../../features/timeline/TimelinePage.tsx';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { frameTexts } from '../../texts/frame.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Count, DeskFrame } from '../../ui/DeskFrame.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { dateText, minuteText } from '../../ui/time-text.ts';
import { NoSession } from './NoSession.tsx';
import { OverviewPage } from './OverviewPage.tsx';
import { type OfficePage, pagesFor, useOfficePage } from './office-page.ts';
import { StaffPage } from './StaffPage.tsx';
import './office.css';

/** Office (办公室): one session at a time, seen whole, and the pages around it. */
export default function OfficeDesk(): ReactNode {
  const t = useTexts(officeTexts);
  const f = useTexts(frameTexts);
  const me = useMe();
  const [page, go] = useOfficePage();
  const site = useQuery(ask.site.state.queryOptions()).data;
  const sessions = useQuery(ask.session.list.queryOptions());
  const [chosenId, choose] = useState<string | null>(null);
  const roles = me?.roles ?? [];
  const pages = pagesFor(roles);
  const session =
    sessions.data?.find((s) => s.sessionId === chosenId) ?? (sessions.data ? currentSession(sessions.data) : null);
  // Once shown, a session stays: sealing it must not put another one under the hand.
  const shownId = session?.sessionId ?? null;
  useEffect(() => {
    if (shownId !== null) choose(shownId);
  }, [shownId]);
  const overview = useQuery(
    ask.session.overview.queryOptions({
      input: { sessionId: session?.sessionId as SessionRow['sessionId'] },
      enabled: session !== null,
    }),
  );
  useAlarmChime(overview.data?.alarms);
  const siteName = site && site.kind !== 'new' ? site.site.siteName : '';
  const words = (s: SessionRow) =>
    `${s.label} · ${f.occupation(s.occupation, s.level)} · ${t.parts[s.part as keyof typeof t.parts] ?? s.part} · ${minuteText(s.startsAtMs)}`;
  return (
    <DeskFrame
      desk={t.desk}
      where={session ? `${siteName} · ${dateText(session.startsAtMs)}` : siteName}
      session={
        session && (session.state === 'open' || session.state === 'running' || session.state === 'preparing')
          ? session
          : null
      }
      notes={
        <>
          <RequestNote onOpen={() => go('overview')} />
          {session !== null && (
            <Select
              className="office-session"
              aria-label={t.session}
              value={session.sessionId as string}
              onChange={choose}
              options={sessions.data?.map((s) => ({ value: s.sessionId as string, label: words(s) }))}
            />
          )}
        </>
      }
      foot={overview.data && <Counts overview={overview.data} />}
      keys={[{ key: '↓', does: t.keyHelp.next }]}
    >
      <div className="office">
        <Tabs
          className="office-tabs"
          tabBarGutter={20}
          aria-label={t.pagesLabel}
          activeKey={page}
          onChange={(key) => go(key as OfficePage)}
          items={pages.map((key) => ({ key, label: t.pages[key] }))}
        />
        <div className="office-page">
          <Page
            page={pages.includes(page) ? page : 'overview'}
            session={session}
            sessionsRead={sessions.data !== undefined}
            retry={() => void sessions.refetch()}
            failed={sessions.isError}
            overview={overview}
            mayLead={roles.includes('site-lead')}
            go={go}
          />
        </div>
      </div>
    </DeskFrame>
  );
}

function Page(props: {
  page: OfficePage;
  session: SessionRow | null;
  sessionsRead: boolean;
  failed: boolean;
  retry: () => void;
  overview: { data: SessionOverview | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  mayLead: boolean;
  go: (page: OfficePage) => void;
}): ReactNode {
  const { page, session, overview, mayLead, go } = props;
  const sentenceOf = useErrorSentence();
  switch (page) {
    case 'plan':
      return <PlanPage mayLead={mayLead} />;
    case 'examiners':
      return <ExaminersPage mayLead={mayLead} />;
    case 'rules':
      return <RulesPage mayLead={mayLead} />;
    case 'staff':
      return <StaffPage />;
    case 'devices':
      return <DevicesPage />;
    case 'journal':
      return <JournalPage sessionId={session?.sessionId ?? null} mayLead={mayLead} />;
    case 'rehearsal':
      return <RehearsalPage />;
    case 'assignment':
    case 'inspections':
    case 'appraisal':
    case 'forms':
    case 'scores':
    case 'closing':
    case 'overview':
    case 'door':
    case 'timeline':
      break;
    default:
      return unreachable(page);
  }
  if (!props.sessionsRead) return props.failed ? <ReadFailed onRetry={props.retry} /> : <Loading />;
  if (session === null) return <NoSession onGo={mayLead ? () => go('plan') : null} />;
  if (page === 'assignment') {
    return <AssignmentPage key={session.sessionId} sessionId={session.sessionId} mayLead={mayLead} />;
  }
  if (page === 'timeline') {
    const where = `${dateText(session.startsAtMs)} ${session.label} ${minuteText(session.startsAtMs)}–${minuteText(session.endsAtMs)}`;
    return <TimelinePage key={session.sessionId} session={session} where={where} />;
  }
  if (page === 'inspections') return <InspectionsPage key={session.sessionId} session={session} mayLead={mayLead} />;
  if (page === 'appraisal') return <AppraisalPage key={session.sessionId} sessionId={session.sessionId} />;
  if (page === 'scores') return <ScoresPage key={session.sessionId} sessionId={session.sessionId} />;
  if (page === 'forms') return <FormsPage key={session.sessionId} sessionId={session.sessionId} />;
  if (page === 'closing') {
    return (
      <ClosingPage
        key={session.sessionId}
        sessionId={session.sessionId}
        mayLead={mayLead}
        onBack={() => go('overview')}
      />
    );
  }
  if (overview.data !== undefined) {
    if (page === 'door') return <DoorBoard key={session.sessionId} overview={overview.data} />;
    return <OverviewPage key={session.sessionId} overview={overview.data} mayLead={mayLead} onGo={go} />;
  }
  if (!overview.isError) return <Loading />;
  return <ReadFailed onRetry={() => void overview.refetch()} sentence={sentenceOf(overview.error)} />;
}

function Counts({ overview }: { overview: SessionOverview }): ReactNode {
  const t = useTexts(officeTexts);
  const { counts, alarms } = overview;
  const stops = alarms.filter((alarm) => alarm.level === 'stop').length;
  return (
    <>
      {(['expected', 'admitted', 'setAside', 'absent', 'notYet'] as const).map((key) => (
        <Count key={key} word={t.counts[key]} figure={counts[key]} />
      ))}
      {alarms.length > 0 && <span>{t.alarmsCount(stops, alarms.length - stops)}</span>}
    </>
  );
}
