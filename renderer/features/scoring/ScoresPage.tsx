import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { scoresTexts } from '../../texts/scores.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { useMe } from '../staff/use-me.ts';
import { CodesTab } from './CodesTab.tsx';
import { FilesTab } from './FilesTab.tsx';
import { ScoreTable } from './ScoreTable.tsx';
import { TheoryTab } from './TheoryTab.tsx';
import './scores.css';

/** Scores (成绩): everybody's result and what keeps it open, theory marks, irregularities, rubrics and earlier passes. */
export function ScoresPage({ sessionId }: { sessionId: SessionId }): ReactNode {
  const t = useTexts(scoresTexts);
  const me = useMe();
  const sentenceOf = useErrorSentence();
  const [tab, setTab] = useState('results');
  const board = useQuery(ask.scoring.scoreBoard.queryOptions({ input: { sessionId } }));
  const roles = me?.roles ?? [];
  if (board.data === undefined) {
    if (!board.isError) return <Loading />;
    return <ReadFailed onRetry={() => void board.refetch()} sentence={sentenceOf(board.error)} />;
  }
  const keeps = roles.includes('score-keeper');
  const tabs = [
    { key: 'results', label: t.tabs.results, children: <ScoreTable board={board.data} /> },
    ...(keeps && board.data.part === 'theory'
      ? [{ key: 'theory', label: t.tabs.theory, children: <TheoryTab sessionId={sessionId} /> }]
      : []),
    { key: 'codes', label: t.tabs.codes, children: <CodesTab board={board.data} /> },
    {
      key: 'files',
      label: t.tabs.files,
      children: <FilesTab mayRubrics={roles.includes('site-lead')} keeps={keeps} />,
    },
  ];
  return (
    <div className="scores">
      <Tabs size="small" activeKey={tab} onChange={setTab} items={tabs} destroyOnHidden />
    </div>
  );
}
