import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PurgeRow } from '../../../electron/features/purge/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { purgeTexts } from '../../texts/purge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { sizeText } from '../../ui/size-text.ts';
import { TwoPins, useTwoPins } from '../staff/TwoPins.tsx';

/** The question before data is taken away for good: what, how much, and two PINs. Enter answers nothing here. */
export function PurgeSheet(props: {
  sessionId: SessionId;
  row: PurgeRow;
  receiptNumber: string;
  onDone: () => void;
}): ReactNode {
  const { sessionId, row } = props;
  const t = useTexts(purgeTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const pins = useTwoPins();
  const run = useMutation(
    ask.purge.run.mutationOptions({
      onSuccess: props.onDone,
      onError: pins.clear,
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.purge.key() }),
    }),
  );
  useKeys({ Escape: run.isPending ? undefined : props.onDone }, { modal: true, verdict: 'purge' });
  const kind = t.kinds[row.kind];
  const ready = pins.given !== null && !run.isPending;
  const title = t.sheet(kind);
  return (
    <div className="ui-veil" role="dialog" aria-modal="true" aria-label={title}>
      <div className="ui-card ui-sheet purge-sheet">
        <h2 className="ui-sheet-title">{title}</h2>
        <p>{t.sheetHelp(String(row.files), sizeText(row.bytes), props.receiptNumber)}</p>
        <TwoPins draft={pins} words={t} autoFocus disabled={run.isPending} />
        {run.isError && (
          <p className="is-stop" role="alert">
            {sentenceOf(run.error)}
          </p>
        )}
        <div className="office-pair">
          <BigButton size={64} hint="Esc" disabled={run.isPending} onPress={props.onDone}>
            {t.cancel}
          </BigButton>
          <BigButton
            size={64}
            disabled={!ready}
            onPress={() => pins.given && run.mutate({ sessionId, kind: row.kind, ...pins.given })}
          >
            {run.isPending ? t.running : t.confirm}
          </BigButton>
        </div>
      </div>
    </div>
  );
}
