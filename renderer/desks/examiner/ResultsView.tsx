import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { ask } from '../../api/query.ts';
import { OwnSheets } from '../../features/forms/OwnSheets.tsx';
import type { Panel } from '../../features/scoring/marking-record.ts';
import { ResultsSummary, ResultsTable } from '../../features/scoring/ResultsTable.tsx';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { CheckCircleFilled } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { clockText } from '../../ui/time-text.ts';

export interface AfterSigning {
  conferences: number;
  rechecks: number;
  onConference: (() => void) | null;
  onRecheck: (() => void) | null;
  /** The lead alone corrects. */
  onCorrect: (() => void) | null;
}

/** The next thing about signed marks: the lead's conference, then a re-check; correcting is always there for the lead. */
function AfterBlock({ after }: { after: AfterSigning }): ReactNode {
  const t = useTexts(examinerTexts);
  const { onConference, onRecheck, onCorrect } = after;
  return (
    <>
      {onConference && (
        <BigButton size={64} blue hint="Enter" onPress={onConference}>
          {t.toConference(after.conferences)}
        </BigButton>
      )}
      {onRecheck && (
        <BigButton size={64} blue={!onConference} hint={onConference ? undefined : 'Enter'} onPress={onRecheck}>
          {t.toRecheck(after.rechecks)}
        </BigButton>
      )}
      {onCorrect && (
        <BigButton size={48} hint="F7" onPress={onCorrect}>
          {t.correct}
        </BigButton>
      )}
    </>
  );
}

/** The panel's marks lie open: before signing they are looked through, after it they stay readable. */
export function ResultsView(props: {
  panel: Panel;
  me: string | null;
  signed: Extract<MarkingSheet['state'], { kind: 'signed' }> | null;
  onSign: (() => void) | null;
  /** What the panel still has to do about marks that are signed. */
  after: AfterSigning | null;
}): ReactNode {
  const { signed, onSign, after } = props;
  const t = useTexts(examinerTexts);
  const sentenceOf = useErrorSentence();
  const revealed = useQuery(ask.scoring.revealed.queryOptions({ input: props.panel }));
  const first = onSign ?? after?.onConference ?? after?.onRecheck ?? undefined;
  useKeys({ Enter: first, F7: after?.onCorrect ?? undefined });
  if (revealed.data === undefined) {
    if (!revealed.isError) return <Loading />;
    return <ReadFailed onRetry={() => void revealed.refetch()} sentence={sentenceOf(revealed.error)} />;
  }
  return (
    <div className="marking">
      <section className="ui-card results-sheet">
        <header>
          <h2 className={signed === null ? '' : 'is-done'}>
            {signed !== null && <CheckCircleFilled />} {signed === null ? t.revealedHeadline : t.signedHeadline}
          </h2>
          <p className="rubric-max">
            {signed === null
              ? t.revealedHelp
              : `${t.signedAt(clockText(signed.atMs))} · ${t.signedHelp(signed.waitingFor)}`}
          </p>
        </header>
        <div className="results-scroll">
          <ResultsTable revealed={revealed.data} me={props.me} />
        </div>
      </section>
      <section className="ui-card marking-side">
        <div className="rubric">
          <ResultsSummary revealed={revealed.data} />
        </div>
        <div className="marking-foot">
          {signed !== null && (
            <p className="marking-progress">
              {t.checkCode} <b className="check-code">{signed.checkCode}</b>
            </p>
          )}
          {signed !== null && <OwnSheets panel={props.panel} />}
          {onSign !== null && (
            <BigButton size={64} blue hint="Enter" onPress={onSign}>
              {t.goSign}
            </BigButton>
          )}
          {after && <AfterBlock after={after} />}
        </div>
      </section>
    </div>
  );
}
