import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PurgeRow } from '../../../electron/features/purge/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { purgeTexts } from '../../texts/purge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { useMe } from '../staff/use-me.ts';

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
  const me = useMe();
  const people = useQuery(ask.staff.names.queryOptions()).data ?? [];
  const [pin, setPin] = useState('');
  const [secondId, setSecondId] = useState<string | null>(null);
  const [secondPin, setSecondPin] = useState('');
  const run = useMutation(
    ask.purge.run.mutationOptions({
      onSuccess: props.onDone,
      onError: () => {
        setPin('');
        setSecondPin('');
      },
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.purge.key() }),
    }),
  );
  useKeys({ Escape: run.isPending ? undefined : props.onDone }, { modal: true, verdict: 'purge' });
  const kind = t.kinds[row.kind];
  const seconds = people.filter(
    (p) => p.staffId !== me?.staffId && p.roles.some((role) => role === 'supervisor' || role === 'site-lead'),
  );
  const second = seconds.find((p) => p.staffId === secondId);
  const ready = pin.length === 6 && second !== undefined && secondPin.length === 6 && !run.isPending;
  const title = t.sheet(kind);
  return (
    <div className="ui-veil" role="dialog" aria-modal="true" aria-label={title}>
      <div className="ui-card ui-sheet purge-sheet">
        <h2 className="ui-sheet-title">{title}</h2>
        <p>{t.sheetHelp(String(row.files), sizeText(row.bytes), props.receiptNumber)}</p>
        <b>{t.own}</b>
        <PinInput value={pin} onChange={setPin} label={t.own} autoFocus disabled={run.isPending} />
        <b>{t.second}</b>
        <Select
          size="large"
          value={secondId}
          placeholder={t.chooseSecond}
          aria-label={t.second}
          options={seconds.map((p) => ({ value: p.staffId, label: p.name }))}
          onChange={setSecondId}
        />
        {second && (
          <>
            <b>{t.secondPin(second.name)}</b>
            <PinInput
              value={secondPin}
              onChange={setSecondPin}
              label={t.secondPin(second.name)}
              disabled={run.isPending}
            />
          </>
        )}
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
            onPress={() =>
              second &&
              run.mutate({ sessionId, kind: row.kind, pin, second: { staffId: second.staffId, pin: secondPin } })
            }
          >
            {run.isPending ? t.running : t.confirm}
          </BigButton>
        </div>
      </div>
    </div>
  );
}
