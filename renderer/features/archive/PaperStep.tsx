import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { CertificatesTab } from './CertificatesTab.tsx';
import { CountTab } from './CountTab.tsx';
import { ScansTab } from './ScansTab.tsx';

type Tab = 'count' | 'scans' | 'certificates';

/** Paper and what comes of it: pieces counted twice, sheets scanned, certificate data checked. */
export function PaperStep(props: {
  sessionId: SessionId;
  mayLead: boolean;
  /** To say why nothing is counted. */
  onSkip: () => void;
  /** To what is due next; null while counting itself is due. */
  onNext: (() => void) | null;
}): ReactNode {
  const { sessionId } = props;
  const t = useTexts(volumesTexts);
  const sentenceOf = useErrorSentence();
  const [tab, setTab] = useState<Tab>('count');
  const view = useQuery(ask.paper.view.queryOptions({ input: { sessionId } }));
  if (view.data === undefined) {
    if (!view.isError) return <Loading />;
    return <ReadFailed onRetry={() => void view.refetch()} sentence={sentenceOf(view.error)} />;
  }
  return (
    <>
      <Segmented<Tab>
        className="paper-tabs"
        size="large"
        value={tab}
        onChange={setTab}
        options={(['count', 'scans', 'certificates'] as const).map((value) => ({ value, label: t.tabs[value] }))}
      />
      {tab === 'count' && (
        <CountTab
          key={view.data.round}
          view={view.data}
          onSkip={props.mayLead ? props.onSkip : null}
          onNext={props.onNext}
        />
      )}
      {tab === 'scans' && <ScansTab view={view.data} />}
      {tab === 'certificates' && <CertificatesTab sessionId={sessionId} />}
    </>
  );
}
