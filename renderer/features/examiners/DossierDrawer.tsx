import { useQuery } from '@tanstack/react-query';
import { Drawer, Timeline } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DossierDetail, DossierView } from '../../../electron/features/examiners/contract.ts';
import { ask } from '../../api/query.ts';
import { examinersTexts } from '../../texts/examiners.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { EditOutlined } from '../../ui/icons.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { dateText, minuteText } from '../../ui/time-text.ts';
import { DossierForm } from './DossierForm.tsx';
import { type DossierField, fieldLines } from './field-text.ts';
import { Warnings } from './Warnings.tsx';

/** One dossier: what is on file, what to look at, where the person served, and every version with who made it and why. */
export function DossierDrawer(props: { dossierId: string | null; mayLead: boolean; onClose: () => void }): ReactNode {
  const t = useTexts(examinersTexts);
  const [editing, setEditing] = useState(false);
  const { dossierId } = props;
  const read = useQuery(
    ask.examiners.dossier.queryOptions({ input: { dossierId: dossierId ?? '' }, enabled: dossierId !== null }),
  );
  const detail = dossierId === null ? undefined : read.data;
  return (
    <Drawer
      open={dossierId !== null}
      size={820}
      title={detail && t.drawer(detail.view.name)}
      closable={{ 'aria-label': t.close }}
      onClose={() => {
        setEditing(false);
        props.onClose();
      }}
      extra={
        props.mayLead &&
        detail &&
        !editing && (
          <BigButton size={36} icon={<EditOutlined />} onPress={() => setEditing(true)}>
            {t.edit}
          </BigButton>
        )
      }
    >
      {detail === undefined ? (
        read.isError ? (
          <ReadFailed onRetry={() => void read.refetch()} />
        ) : (
          <Loading />
        )
      ) : editing ? (
        <DossierForm key={detail.versionId} base={detail} onDone={() => setEditing(false)} />
      ) : (
        <Detail detail={detail} />
      )}
    </Drawer>
  );
}

function Detail({ detail }: { detail: DossierDetail }): ReactNode {
  const t = useTexts(examinersTexts);
  const { view, served, history } = detail;
  return (
    <div className="dossier-detail">
      <Warnings warnings={detail.warnings} />
      <dl className="dossier-facts">
        {(Object.keys(view) as DossierField[]).map((field) => (
          <Fact key={field} field={field} view={view} />
        ))}
      </dl>
      <h3>{t.servedTitle(served.length)}</h3>
      {served.length === 0 ? (
        <p className="office-quiet">{view.incomplete.includes('served') ? t.notKnown : t.noneOfIt}</p>
      ) : (
        <ul className="dossier-served">
          {served.map((s) => (
            <li key={`${s.siteId}/${s.sessionId}/${s.roomId}`}>
              <b>
                {dateText(s.startsAtMs)} {minuteText(s.startsAtMs)}
              </b>{' '}
              {s.siteId} · {s.sessionId} · {s.roomId} · {s.duty === null ? t.notKnown : t.duties[s.duty]}
              <small>{t.servedBy[s.source]}</small>
            </li>
          ))}
        </ul>
      )}
      <h3>{t.historyTitle}</h3>
      <p className="office-quiet">{t.historyHelp}</p>
      <Timeline
        items={history.map((h) => ({
          key: h.versionId,
          content: (
            <div className="dossier-version">
              <b>
                {dateText(h.atMs)} {minuteText(h.atMs)}　{t.by(h.by, t.sources[h.source] ?? h.source)}
              </b>
              <p>{h.reason}</p>
              {h.before === null ? (
                <p className="office-quiet">{t.made}</p>
              ) : (
                <ChangedFields fields={h.fields} before={h.before} after={h.after} />
              )}
            </div>
          ),
        }))}
      />
    </div>
  );
}

function Fact({ field, view }: { field: DossierField; view: DossierView }): ReactNode {
  const t = useTexts(examinersTexts);
  const lines = fieldLines(t, field, view);
  return (
    <>
      <dt>{t.fields[field]}</dt>
      <dd>
        {lines.map((line) => (
          <div key={line} className={line === t.notKnown ? 'is-look' : ''}>
            {line}
          </div>
        ))}
      </dd>
    </>
  );
}

/** What a version changed, field by field. */
export function ChangedFields(props: {
  fields: readonly DossierField[];
  before: Partial<DossierView> | null;
  after: Partial<DossierView>;
}): ReactNode {
  const t = useTexts(examinersTexts);
  return (
    <ul className="dossier-changes">
      {props.fields.map((field) => (
        <li key={field}>
          <span>{t.fields[field]}</span>
          {props.before !== null && <del>{fieldLines(t, field, props.before).join('；')}</del>}
          <ins>{fieldLines(t, field, props.after).join('；')}</ins>
        </li>
      ))}
    </ul>
  );
}
