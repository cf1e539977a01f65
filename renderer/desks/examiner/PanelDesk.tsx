import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { unreachable } from '../../../electron/lib/result.ts';
import { ask } from '../../api/query.ts';
import { RecuseForm } from '../../features/assignment/RecuseForm.tsx';
import type { Panel } from '../../features/scoring/marking-record.ts';
import { panelWords } from '../../features/scoring/panel-words.ts';
import { SignSheet } from '../../features/scoring/SignSheet.tsx';
import { useMe } from '../../features/staff/use-me.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { frameTexts } from '../../texts/frame.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { LockedTag } from './LockedTag.tsx';
import { MarkingView } from './MarkingView.tsx';
import { ResultsView } from './ResultsView.tsx';
import { SignedDesk } from './SignedDesk.tsx';
import { WaitingView } from './WaitingView.tsx';

/** One panel's sheet, from the first mark to the signature; the record's state alone decides which step is shown. */
export function PanelDesk(props: { panel: Panel; onChangePanel: (() => void) | null }): ReactNode {
  const { panel, onChangePanel } = props;
  const t = useTexts(examinerTexts);
  const f = useTexts(frameTexts);
  const me = useMe();
  const sentenceOf = useErrorSentence();
  const a = useTexts(assignmentTexts);
  const [signing, setSigning] = useState(false);
  const [recusing, setRecusing] = useState(false);
  // Marks are typed over what this reads: an answer from before this desk opened will not do.
  const sheetQuery = useQuery({
    ...ask.scoring.sheet.queryOptions({ input: panel }),
    refetchOnMount: 'always',
  });
  const sheet = sheetQuery.isFetchedAfterMount ? sheetQuery.data : undefined;
  if (sheet === undefined) {
    return (
      <DeskFrame desk={t.desk} where="">
        {sheetQuery.isError ? (
          <ReadFailed onRetry={() => void sheetQuery.refetch()} sentence={sentenceOf(sheetQuery.error)} />
        ) : (
          <Loading />
        )}
      </DeskFrame>
    );
  }
  const where = panelWords(t, f, sheet);
  if (recusing) {
    return (
      <DeskFrame desk={t.desk} where={where}>
        <RecuseForm panel={panel} onBack={() => setRecusing(false)} />
      </DeskFrame>
    );
  }
  const changePanel = (
    <>
      {onChangePanel && (
        <button type="button" className="ui-plain-button" onClick={onChangePanel}>
          {t.changePanel}
        </button>
      )}
      <button type="button" className="ui-plain-button" onClick={() => setRecusing(true)}>
        {a.recuse.button}
      </button>
    </>
  );
  switch (sheet.state.kind) {
    case 'draft':
      return <MarkingView panel={panel} sheet={sheet} where={where} foot={changePanel} />;
    case 'locked':
      return <WaitingView sheet={sheet} state={sheet.state} where={where} foot={changePanel} />;
    case 'revealed':
      return (
        <DeskFrame
          desk={signing ? t.signDesk : t.desk}
          where={where}
          notes={<LockedTag atMs={sheet.state.atMs} />}
          foot={
            <>
              {changePanel}
              {signing && (
                <span>
                  <KeyHint name="Esc" /> {t.signLater}
                </span>
              )}
            </>
          }
        >
          {signing ? (
            <SignSheet
              panel={panel}
              sheet={sheet}
              checkCode={sheet.state.checkCode}
              signer={me?.name ?? ''}
              onBack={() => setSigning(false)}
            />
          ) : (
            <ResultsView
              panel={panel}
              me={me?.name ?? null}
              signed={null}
              onSign={() => setSigning(true)}
              after={null}
            />
          )}
        </DeskFrame>
      );
    case 'signed':
      return <SignedDesk panel={panel} sheet={sheet} signed={sheet.state} where={where} foot={changePanel} />;
    default:
      return unreachable(sheet.state);
  }
}
