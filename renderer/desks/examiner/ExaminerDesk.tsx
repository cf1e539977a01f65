import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import type { Panel } from '../../features/scoring/marking-record.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { NoPanels, PanelChoice } from './PanelChoice.tsx';
import { PanelDesk } from './PanelDesk.tsx';
import './examiner.css';
import '../../features/scoring/sign.css';
import './conference.css';

/** Marking (评分): one panel at a time, alone until everyone has locked. */
export default function ExaminerDesk(): ReactNode {
  const t = useTexts(examinerTexts);
  const mine = useQuery(ask.scoring.mine.queryOptions());
  const [chosen, choose] = useState<Panel | null>(null);
  const only = mine.data?.length === 1 ? mine.data[0] : undefined;
  const panel = chosen ?? only;
  if (panel !== undefined) {
    return (
      <PanelDesk
        key={`${panel.sessionId}/${panel.roomId}`}
        panel={{ sessionId: panel.sessionId, roomId: panel.roomId }}
        onChangePanel={only === undefined ? () => choose(null) : null}
      />
    );
  }
  return (
    <DeskFrame desk={t.desk} where="">
      {mine.data === undefined ? (
        mine.isError ? (
          <ReadFailed onRetry={() => void mine.refetch()} />
        ) : (
          <Loading />
        )
      ) : mine.data.length === 0 ? (
        <NoPanels onRetry={() => void mine.refetch()} />
      ) : (
        <PanelChoice panels={mine.data} onChoose={choose} />
      )}
    </DeskFrame>
  );
}
