import { isDefinedError, safe } from '@orpc/client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { station } from '../../api/client.ts';
import { ask, guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LockFilled } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { minuteText } from '../../ui/time-text.ts';
import type { Panel } from './marking-record.ts';
import type { Marking } from './open-marking.ts';

/** Locks the sheet: only when every cell is marked and on record, and after one question, since it cannot be undone. */
export function LockBlock(props: {
  panel: Panel;
  marking: Marking;
  missing: number;
  openSheets: number;
  sheets: number;
}): ReactNode {
  const { panel, marking, missing } = props;
  const t = useTexts(examinerTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [step, setStep] = useState<'idle' | 'asking' | 'locking'>('idle');
  const [problem, setProblem] = useState<string | null>(null);

  const ready = missing === 0 && props.sheets > 0;
  const askFirst = async () => {
    if (step !== 'idle' || props.sheets === 0) return;
    setProblem(null);
    if (!(await marking.allSaved())) return setProblem(t.lockNotYet);
    const cells = marking.draft.get();
    const open = cells.rows.length * cells.items.length - cells.marks.size;
    if (open > 0) return setProblem(t.lockNeeds(open));
    setStep('asking');
  };
  const lock = async () => {
    setStep('locking');
    const { error, data } = await safe(station.scoring.lock(panel));
    if (data !== undefined) {
      queries.setQueryData(ask.scoring.sheet.queryKey({ input: panel }), data);
      return;
    }
    setStep('idle');
    const early = isDefinedError(error) && error.code === 'TOO_EARLY' ? error.data : null;
    setProblem(early === null ? sentenceOf(error) : t.lockTooEarly(minuteText(early.endsAtMs)));
    const refusal = guardRefusal(error);
    if (refusal !== null) askForSignIn(refusal);
    void queries.invalidateQueries({ queryKey: ask.scoring.key() });
  };
  useKeys({ 'Ctrl+Enter': () => void askFirst() });

  return (
    <>
      <BigButton size={64} blue={ready} hint="Ctrl Enter" disabled={!ready} onPress={() => void askFirst()}>
        {t.lock}
      </BigButton>
      <p className={problem === null ? 'marking-lock-note' : 'marking-lock-note is-stop'} role="status">
        {problem ?? (missing > 0 ? t.lockMissing(props.openSheets) : ready ? t.lockReady : '')}
      </p>
      {step !== 'idle' && (
        <LockQuestion
          sheets={props.sheets}
          busy={step === 'locking'}
          onLock={() => void lock()}
          onBack={() => setStep('idle')}
        />
      )}
    </>
  );
}

function LockQuestion(props: { sheets: number; busy: boolean; onLock: () => void; onBack: () => void }): ReactNode {
  const t = useTexts(examinerTexts);
  useKeys(props.busy ? {} : { Enter: props.onLock, Escape: props.onBack }, { modal: true, verdict: 'lock' });
  return (
    <div className="ui-veil" role="dialog" aria-modal="true" aria-label={t.lockSure}>
      <div className="ui-card ui-sheet lock-question">
        <h2 className="ui-sheet-title">
          <LockFilled /> {t.lockSure}
        </h2>
        <p>{t.lockSureHelp(props.sheets)}</p>
        <div className="sign-actions">
          <BigButton size={64} hint="Esc" disabled={props.busy} onPress={props.onBack}>
            {t.lookAgain}
          </BigButton>
          <BigButton size={64} blue hint="Enter" verdict="lock" disabled={props.busy} onPress={props.onLock}>
            {t.lockNow}
          </BigButton>
        </div>
      </div>
    </div>
  );
}
