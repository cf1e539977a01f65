import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input, Switch, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { JournalRow } from '../../../electron/features/journal/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { journalTexts } from '../../texts/journal.ts';
import { useLanguage } from '../../texts/language.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { statusIcon } from '../../ui/Status.tsx';
import { clockText, dateText } from '../../ui/time-text.ts';
import { roleNames } from '../staff/role-names.ts';
import { Checkpoint } from './Checkpoint.tsx';

const pageSize = 50;

/** The journal as it was written: searched, never edited. Pages go by sequence number, so new entries shift nothing. */
export function JournalPage({ sessionId, mayLead }: { sessionId: SessionId | null; mayLead: boolean }): ReactNode {
  const t = useTexts(journalTexts);
  const { language } = useLanguage();
  const [contains, setContains] = useState('');
  const [refusalsOnly, setRefusalsOnly] = useState(false);
  const [thisSession, setThisSession] = useState(false);
  /** Where each page already turned began; empty is the newest page. */
  const [turned, setTurned] = useState<number[]>([]);
  const [checkpointOpen, setCheckpointOpen] = useState(false);
  const page = useQuery({
    ...ask.journal.page.queryOptions({
      input: {
        beforeSeq: turned.at(-1) ?? null,
        limit: pageSize,
        sessionId: thisSession ? sessionId : null,
        refusalsOnly,
        contains: contains.trim(),
      },
    }),
    placeholderData: keepPreviousData,
  });
  const filter = (apply: () => void) => {
    setTurned([]);
    apply();
  };
  const rows = page.data?.rows ?? [];
  const columns: TableColumnsType<JournalRow> = [
    { title: t.sequence, dataIndex: 'seq', width: 96, align: 'right' },
    { title: t.time, width: 190, render: (_, row) => `${dateText(row.wallMs)} ${clockText(row.wallMs)}` },
    {
      title: t.event,
      render: (_, row) => (
        <span className={row.refusal ? 'journal-event is-look' : 'journal-event'}>
          {row.refusal && statusIcon('look')}
          {language === 'zh-CN' ? row.meaning.zh : row.meaning.en}
          {row.refusal && <small>{t.refusal}</small>}
        </span>
      ),
    },
    {
      title: t.who,
      width: 240,
      render: (_, row) => (
        <>
          {row.actor.name} <small>{roleNames([row.actor.role], language)}</small>
        </>
      ),
    },
    { title: t.where, width: 140, ellipsis: true, render: (_, row) => row.actor.desk },
  ];
  if (page.isError && page.data === undefined) return <ReadFailed onRetry={() => void page.refetch()} />;
  return (
    <section className="ui-card office-list">
      <header className="journal-head">
        <div>
          <h2>{t.title}</h2>
          <p className="office-quiet">{t.help}</p>
        </div>
        <Input.Search
          allowClear
          size="large"
          maxLength={60}
          placeholder={t.search}
          aria-label={t.search}
          onSearch={(text) => filter(() => setContains(text))}
        />
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control */}
        <label>
          <Switch checked={refusalsOnly} onChange={(on) => filter(() => setRefusalsOnly(on))} /> {t.refusalsOnly}
        </label>
        {sessionId !== null && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
          <label>
            <Switch checked={thisSession} onChange={(on) => filter(() => setThisSession(on))} /> {t.thisSession}
          </label>
        )}
        <BigButton size={36} onPress={() => setCheckpointOpen(true)}>
          {t.checkpoint}
        </BigButton>
      </header>
      <div className="office-scroll">
        <Table<JournalRow>
          rowKey="seq"
          size="small"
          sticky
          pagination={false}
          loading={page.isPending && { delay: 1000 }}
          locale={{ emptyText: t.none }}
          columns={columns}
          dataSource={rows}
          expandable={{
            expandRowByClick: true,
            expandedRowRender: (row) => (
              <pre className="journal-data">
                {row.event}
                {'\n'}
                {JSON.stringify(row.data, null, 2)}
              </pre>
            ),
          }}
        />
      </div>
      <footer className="journal-foot">
        <span className="office-quiet">{page.data && t.size(page.data.size)}</span>
        <BigButton size={36} disabled={turned.length === 0} onPress={() => setTurned([])}>
          {t.newest}
        </BigButton>
        <BigButton size={36} disabled={turned.length === 0} onPress={() => setTurned(turned.slice(0, -1))}>
          {t.newer}
        </BigButton>
        <BigButton
          size={36}
          disabled={rows.length < pageSize}
          onPress={() => setTurned([...turned, rows.at(-1)?.seq ?? 0])}
        >
          {t.older}
        </BigButton>
      </footer>
      {checkpointOpen && <Checkpoint mayLead={mayLead} onClose={() => setCheckpointOpen(false)} />}
    </section>
  );
}
