import { useQuery } from '@tanstack/react-query';
import { Table, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DossierRow } from '../../../electron/features/examiners/contract.ts';
import { ask } from '../../api/query.ts';
import { examinersTexts } from '../../texts/examiners.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { FindInList } from '../../ui/FindInList.tsx';
import { FileExcelOutlined, InboxOutlined } from '../../ui/icons.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { DossierDrawer } from './DossierDrawer.tsx';
import { DossierForm } from './DossierForm.tsx';
import { DossierImport } from './DossierImport.tsx';
import { Warnings } from './Warnings.tsx';
import './examiners.css';

const FILTERS = ['all', 'plan', 'look', 'stop'] as const;
type Filter = (typeof FILTERS)[number];

const stopped = (row: DossierRow) => row.warnings.some((w) => w.level === 'stop');
const passes: Record<Filter, (row: DossierRow) => boolean> = {
  all: () => true,
  plan: (row) => row.examinerId !== null,
  look: (row) => row.warnings.length > 0,
  stop: stopped,
};

/** Examiners' dossiers (考评员档案): who is on file, what is not known or not right of them, and the way to change it. */
export function ExaminersPage({ mayLead }: { mayLead: boolean }): ReactNode {
  const list = useQuery(ask.examiners.list.queryOptions());
  const [doing, setDoing] = useState<'importing' | 'adding' | null>(null);
  const [shown, show] = useState<string | null>(null);
  const done = () => setDoing(null);
  if (list.data === undefined) return list.isError ? <ReadFailed onRetry={() => void list.refetch()} /> : <Loading />;
  if (doing === 'importing') return <DossierImport onDone={done} />;
  if (doing === 'adding') return <DossierForm base={null} onDone={done} />;
  return (
    <>
      <DossierList rows={list.data} mayLead={mayLead} onDo={setDoing} onShow={show} />
      <DossierDrawer dossierId={shown} mayLead={mayLead} onClose={() => show(null)} />
    </>
  );
}

function DossierList(props: {
  rows: readonly DossierRow[];
  mayLead: boolean;
  onDo: (what: 'importing' | 'adding') => void;
  onShow: (dossierId: string) => void;
}): ReactNode {
  const { rows, mayLead } = props;
  const t = useTexts(examinersTexts);
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const wanted = search.trim().toLowerCase();
  const found = rows.filter(
    (row) =>
      passes[filter](row) &&
      [row.name, row.cardNumber, ...row.occupations].some((text) => text.toLowerCase().includes(wanted)),
  );
  const looked = rows.filter((r) => r.warnings.length > 0 && !stopped(r)).length;
  return (
    <section className="ui-card office-list dossiers">
      <header>
        <FindInList
          search={search}
          onSearch={setSearch}
          filter={filter}
          onFilter={setFilter}
          filters={FILTERS}
          words={t}
          count={t.count(rows.length, looked, rows.filter(stopped).length)}
        />
        {mayLead && (
          <div className="dossiers-acts">
            <BigButton size={48} onPress={() => props.onDo('adding')}>
              {t.add}
            </BigButton>
            <BigButton size={48} blue icon={<FileExcelOutlined />} onPress={() => props.onDo('importing')}>
              {t.read}
            </BigButton>
          </div>
        )}
      </header>
      <div className="office-scroll">
        {rows.length === 0 ? (
          <div className="office-empty dossiers-none">
            <h2 className="is-not-done">
              <InboxOutlined /> {t.nobody}
            </h2>
            <p>{t.nobodyHelp}</p>
          </div>
        ) : (
          <Rows rows={found} onShow={props.onShow} />
        )}
      </div>
    </section>
  );
}

function Rows({ rows, onShow }: { rows: readonly DossierRow[]; onShow: (dossierId: string) => void }): ReactNode {
  const t = useTexts(examinersTexts);
  const byText = (pick: (row: DossierRow) => string) => (a: DossierRow, b: DossierRow) =>
    pick(a).localeCompare(pick(b), 'zh', { numeric: true });
  return (
    <Table<DossierRow>
      rowKey={(row) => row.dossierId ?? `plan ${row.examinerId}`}
      size="middle"
      sticky
      dataSource={rows}
      locale={{ emptyText: t.none }}
      pagination={rows.length > 100 && { pageSize: 100, showSizeChanger: false }}
      rowClassName={(row) => (row.dossierId === null ? '' : 'dossier-row')}
      onRow={(row) => ({ onClick: () => row.dossierId !== null && onShow(row.dossierId) })}
      columns={[
        {
          title: t.columns.name,
          width: 170,
          sorter: byText((r) => r.name),
          render: (_, r) =>
            r.dossierId === null ? (
              r.name
            ) : (
              <button type="button" className="dossier-name" onClick={() => onShow(r.dossierId!)}>
                {r.name}
              </button>
            ),
        },
        {
          title: t.columns.card,
          width: 190,
          sorter: byText((r) => r.cardNumber),
          render: (_, r) => (
            <>
              {r.cardNumber} {r.examinerId !== null && <Tag>{t.inPlan}</Tag>}
            </>
          ),
        },
        {
          title: t.columns.grade,
          width: 120,
          sorter: byText((r) => r.grade ?? ''),
          render: (_, r) => (r.grade ? t.grades[r.grade] : t.notKnown),
        },
        { title: t.columns.occupations, render: (_, r) => r.occupations.join('、') || t.notKnown },
        {
          title: t.columns.cardUntil,
          width: 130,
          sorter: byText((r) => r.cardUntil ?? ''),
          render: (_, r) => r.cardUntil ?? t.notKnown,
        },
        {
          title: t.columns.pool,
          width: 120,
          sorter: byText((r) => r.pool ?? ''),
          render: (_, r) => (r.pool ? t.pools[r.pool] : t.notKnown),
        },
        {
          title: t.columns.served,
          width: 110,
          align: 'right',
          sorter: (a, b) => a.served - b.served,
          render: (_, r) => r.served,
        },
        {
          title: t.columns.look,
          width: 320,
          sorter: (a, b) => a.warnings.length - b.warnings.length,
          render: (_, r) => <Warnings warnings={r.warnings} />,
        },
      ]}
    />
  );
}
