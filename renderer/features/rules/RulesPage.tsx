import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ClauseView, RulesOverview } from '../../../electron/features/rules/contract.ts';
import { ask } from '../../api/query.ts';
import { useLanguage } from '../../texts/language.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { FindInList } from '../../ui/FindInList.tsx';
import { SafetyCertificateOutlined } from '../../ui/icons.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { dateText } from '../../ui/time-text.ts';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import { PackInstall } from './PackInstall.tsx';
import { shownValue } from './value-text.ts';
import './rules.css';

const FILTERS = ['all', 'changed', 'parameter', 'block', 'warn'] as const;
type Filter = (typeof FILTERS)[number];

/** The rules in force (规则): every clause with its source and value, what was changed here, and by whom. */
export function RulesPage({ mayLead }: { mayLead: boolean }): ReactNode {
  const read = useQuery(ask.rules.overview.queryOptions());
  const [installing, setInstalling] = useState(false);
  const [clauseId, choose] = useState<string | null>(null);
  if (read.data === undefined) return read.isError ? <ReadFailed onRetry={() => void read.refetch()} /> : <Loading />;
  if (installing) return <PackInstall onDone={() => setInstalling(false)} />;
  const clause = read.data.clauses.find((c) => c.id === clauseId) ?? null;
  return (
    <>
      <Clauses
        overview={read.data}
        onInstall={mayLead ? () => setInstalling(true) : null}
        onChoose={mayLead ? choose : null}
      />
      <ChangeDrawer
        clause={clause}
        changes={read.data.changes.filter((c) => c.clauseId === clauseId)}
        onClose={() => choose(null)}
      />
    </>
  );
}

function Clauses(props: {
  overview: RulesOverview;
  onInstall: (() => void) | null;
  onChoose: ((clauseId: string) => void) | null;
}): ReactNode {
  const { overview } = props;
  const t = useTexts(rulesTexts);
  const { language } = useLanguage();
  const of = (text: { zh: string; en: string }) => (language === 'zh-CN' ? text.zh : text.en);
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const wanted = search.trim().toLowerCase();
  const found = overview.clauses.filter(
    (c) =>
      (filter === 'all' || (filter === 'changed' ? c.changed !== null : c.severity === filter)) &&
      [of(c.text), c.source, c.id].some((text) => text.toLowerCase().includes(wanted)),
  );
  const changed = overview.clauses.filter((c) => c.changed !== null).length;
  const others = overview.sessions.filter((s) => !s.same).length;
  return (
    <section className="ui-card office-list rules">
      <header>
        <div className="rules-head">
          <h2>{t.title(of(overview.title), overview.version)}</h2>
          <p className="office-quiet">
            {t.layers}：
            {overview.layers.map((l) => (
              <span key={l.sha256} className="rules-layer">
                {t.layer(of(l.title), l.version)}（{l.signedBy === null ? t.shipped : t.signed(l.signedBy.slice(0, 19))}
                ）
              </span>
            ))}
          </p>
          {overview.sessions.length > 0 && (
            <p className="office-quiet">
              {t.sessions(overview.sessions.length)}
              {others > 0 && <b className="is-look">　{t.otherSessions(others)}</b>}
            </p>
          )}
        </div>
        {props.onInstall !== null && (
          <BigButton size={48} blue icon={<SafetyCertificateOutlined />} onPress={props.onInstall}>
            {t.install}
          </BigButton>
        )}
        <div className="rules-find">
          <FindInList
            search={search}
            onSearch={setSearch}
            filter={filter}
            onFilter={setFilter}
            filters={FILTERS}
            words={t}
            count={t.count(overview.clauses.length, changed)}
          />
        </div>
      </header>
      <div className="office-scroll">
        <Table<ClauseView>
          rowKey="id"
          size="middle"
          sticky
          pagination={false}
          dataSource={found}
          locale={{ emptyText: t.none }}
          columns={[
            {
              title: t.columns.severity,
              width: 100,
              render: (_, c) => <Tag className={`rules-kind is-${c.severity}`}>{t.severities[c.severity]}</Tag>,
            },
            {
              title: t.columns.clause,
              render: (_, c) => (
                <>
                  <div>{of(c.text)}</div>
                  <small className="office-quiet">
                    {c.id}
                    {c.whenUnknown === 'block' && ` · ${t.unknownBlocks}`}
                  </small>
                </>
              ),
            },
            {
              title: t.columns.value,
              width: 250,
              render: (_, c) => (
                <div className="rules-value">
                  <b>{c.value === null ? t.noValue : shownValue(t, c.value)}</b>
                  {props.onChoose !== null && c.bounds !== null && (
                    <Button size="small" onClick={() => props.onChoose!(c.id)}>
                      {t.change}
                    </Button>
                  )}
                  {c.changed !== null && <Changed changed={c.changed} />}
                </div>
              ),
            },
            {
              title: t.columns.source,
              width: 290,
              render: (_, c) => (
                <>
                  <div>
                    {c.source === 'site' ? t.ownSource : c.source} {c.article}
                  </div>
                  <small className="office-quiet">{c.source !== 'site' && t.grades[c.grade]}</small>
                </>
              ),
            },
            {
              title: t.columns.where,
              width: 120,
              render: (_, c) => (
                <>
                  <div>{c.jurisdiction}</div>
                  <small className="office-quiet">{t.inForce(c.effectiveFrom, c.effectiveUntil)}</small>
                </>
              ),
            },
          ]}
        />
      </div>
    </section>
  );
}

function Changed({ changed }: { changed: NonNullable<ClauseView['changed']> }): ReactNode {
  const t = useTexts(rulesTexts);
  return (
    <small>
      <Status kind="look">{t.changedHere(shownValue(t, changed.was))}</Status>
      <span className="office-quiet">{t.changedBy(changed.by.name, changed.second.name, dateText(changed.atMs))}</span>
    </small>
  );
}
