import { isDefinedError } from '@orpc/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { minuteText } from '../../ui/time-text.ts';
import { ClauseOf } from '../rules/ClauseOf.tsx';

/** The question before a session is ended; before its time it wants a reason. */
export function EndSession(props: { session: SessionRow; early: boolean; onDone: () => void }): ReactNode {
  const { session, early } = props;
  const t = useTexts(officeTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const close = useMutation(
    ask.session.close.mutationOptions({
      onSuccess: props.onDone,
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.session.key() }),
    }),
  );
  const ready = (!early || reason.trim().length >= 2) && !close.isPending;
  const end = () => {
    if (ready) close.mutate({ sessionId: session.sessionId, earlyReason: early ? reason.trim() : '' });
  };
  useKeys({ Enter: end, Escape: close.isPending ? undefined : props.onDone }, { modal: true, verdict: 'end' });
  const tooEarly = isDefinedError(close.error) && close.error.code === 'TOO_EARLY' ? close.error.data : null;
  const title = early ? t.endEarlyTitle : t.endTitle;
  return (
    <div className="ui-veil" role="dialog" aria-modal="true" aria-label={title}>
      <div className="ui-card ui-sheet end-session">
        <h2 className="ui-sheet-title">{title}</h2>
        <p>{early ? t.endEarlyHelp(minuteText(session.endsAtMs)) : t.endHelp}</p>
        {early && (
          <div data-enter="desk">
            <Input
              size="large"
              autoFocus
              maxLength={200}
              value={reason}
              placeholder={t.reason}
              aria-label={t.reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        )}
        {tooEarly !== null && <ClauseOf ruleId="admission.late-after-minutes" sessionId={session.sessionId} />}
        {close.isError && (
          <p className="is-stop" role="alert">
            {tooEarly === null ? sentenceOf(close.error) : t.endTooEarly(minuteText(tooEarly.endsAtMs))}
          </p>
        )}
        <div className="office-pair">
          <BigButton size={64} hint="Esc" disabled={close.isPending} onPress={props.onDone}>
            {t.cancel}
          </BigButton>
          <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={end}>
            {t.confirmEnd}
          </BigButton>
        </div>
        {early && reason.trim().length < 2 && <p className="office-quiet">{t.reasonNeeded}</p>}
      </div>
    </div>
  );
}
