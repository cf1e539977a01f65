import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import { ask } from '../../api/query.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { InboxOutlined } from '../../ui/icons.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Board } from './Board.tsx';
import { Ceremony } from './draw/Ceremony.tsx';
import './assignment.css';

/** Who sits in which panel (委派), and the draw (随机抽取) that decides it. */
export function AssignmentPage(props: { sessionId: SessionRow['sessionId']; mayLead: boolean }): ReactNode {
  const t = useTexts(assignmentTexts);
  const sentenceOf = useErrorSentence();
  const board = useQuery(ask.assignment.board.queryOptions({ input: { sessionId: props.sessionId } }));
  const draws = useQuery(ask.assignment.draw.list.queryOptions({ input: { sessionId: props.sessionId } }));
  const [drawing, setDrawing] = useState(false);
  if (board.data === undefined || draws.data === undefined) {
    const failed = board.isError ? board : draws;
    if (!failed.isError) return <Loading />;
    return <ReadFailed onRetry={() => void failed.refetch()} sentence={sentenceOf(failed.error)} />;
  }
  if (!board.data.session.hasPanels) {
    return (
      <div className="ui-loading">
        <h2 className="is-not-done">
          <InboxOutlined /> {t.noPanels}
        </h2>
      </div>
    );
  }
  if (drawing) {
    return (
      <Ceremony
        sessionId={props.sessionId}
        draw={draws.data[0] ?? null}
        mayLead={props.mayLead}
        onClose={() => setDrawing(false)}
      />
    );
  }
  return (
    <Board board={board.data} draw={draws.data[0] ?? null} mayLead={props.mayLead} onDraw={() => setDrawing(true)} />
  );
}
