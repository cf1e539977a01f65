import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PlanOverview } from '../../../electron/features/plan/contract.ts';
import { ask } from '../../api/query.ts';
import { frameTexts } from '../../texts/frame.ts';
import { officeTexts } from '../../texts/office.ts';
import { planTexts } from '../../texts/plan.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { InboxOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { dateText, minuteText } from '../../ui/time-text.ts';
import { PlanImport } from './PlanImport.tsx';
import { PlanFacts } from './PlanReady.tsx';

/** The session plan: what is adopted, and the way to read in another. */
export function PlanPage({ mayLead }: { mayLead: boolean }): ReactNode {
  const current = useQuery(ask.plan.current.queryOptions());
  const [importing, setImporting] = useState(false);
  if (current.data === undefined) {
    return current.isError ? <ReadFailed onRetry={() => void current.refetch()} /> : <Loading />;
  }
  if (importing) return <PlanImport onDone={() => setImporting(false)} />;
  const begin = mayLead ? () => setImporting(true) : null;
  return current.data === null ? <NoPlan onImport={begin} /> : <CurrentPlan plan={current.data} onImport={begin} />;
}

function NoPlan({ onImport }: { onImport: (() => void) | null }): ReactNode {
  const t = useTexts(planTexts);
  useKeys({ Enter: onImport ?? undefined });
  return (
    <div className="ui-loading">
      <div className="ui-card ui-sheet office-empty">
        <h2 className="is-not-done">
          <InboxOutlined /> {t.none}
        </h2>
        <p>{onImport === null ? t.onlyLead : t.noneHelp}</p>
        {onImport !== null && (
          <BigButton size={64} blue hint="Enter" onPress={onImport}>
            {t.read}
          </BigButton>
        )}
      </div>
    </div>
  );
}

function CurrentPlan({ plan, onImport }: { plan: PlanOverview; onImport: (() => void) | null }): ReactNode {
  const t = useTexts(planTexts);
  const office = useTexts(officeTexts);
  const frame = useTexts(frameTexts);
  return (
    <section className="ui-card office-list">
      <header className="plan-head">
        <div>
          <h2>{t.current}</h2>
          <p className="office-quiet">{t.adoptedAt(dateText(plan.adoptedAtMs), minuteText(plan.adoptedAtMs))}</p>
        </div>
        {onImport !== null && (
          <BigButton size={48} under={t.replaceHelp} onPress={onImport}>
            {t.replace}
          </BigButton>
        )}
      </header>
      <div className="office-scroll plan-body">
        <PlanFacts summary={plan.summary} />
        <Table
          rowKey="sessionId"
          size="middle"
          pagination={false}
          dataSource={plan.sessions}
          columns={[
            { title: t.sessionsTable.label, dataIndex: 'label' },
            { title: t.sessionsTable.part, render: (_, s) => office.parts[s.part] },
            {
              title: t.sessionsTable.occupation,
              render: (_, s) => frame.occupation(s.occupation, s.level),
            },
            {
              title: t.sessionsTable.time,
              render: (_, s) => `${dateText(s.startsAtMs)} ${minuteText(s.startsAtMs)}–${minuteText(s.endsAtMs)}`,
            },
            { title: t.sessionsTable.rooms, render: (_, s) => s.rooms.map((room) => room.name).join('、') },
            {
              title: t.sessionsTable.candidates,
              align: 'right',
              render: (_, s) => s.rooms.reduce((sum, room) => sum + room.candidates, 0),
            },
          ]}
        />
      </div>
    </section>
  );
}
