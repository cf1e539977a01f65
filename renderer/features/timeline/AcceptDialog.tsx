import { useMutation, useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CandidateCoverage } from '../../../electron/features/coverage/contract.ts';
import type { StaffId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { useMe } from '../staff/use-me.ts';
import { Dialog } from './Dialog.tsx';

/** Two persons let the score stand although video is short: the reason, and the PIN of each. */
export function AcceptDialog(props: { person: CandidateCoverage; onDone: () => void; onBack: () => void }): ReactNode {
  const { person } = props;
  const t = useTexts(timelineTexts);
  const sentence = useErrorSentence();
  const me = useMe();
  const staff = useQuery(ask.staff.names.queryOptions()).data ?? [];
  const others = staff.filter(
    (s) => s.staffId !== me?.staffId && s.roles.some((r) => r === 'supervisor' || r === 'site-lead'),
  );
  const [reason, write] = useState('');
  const [pin, setPin] = useState('');
  const [chosen, choose] = useState<StaffId | null>(null);
  const [secondPin, setSecondPin] = useState('');
  const secondId = chosen ?? others[0]?.staffId ?? null;
  const accept = useMutation(
    ask.coverage.accept.mutationOptions({
      onSuccess: props.onDone,
      onError: () => {
        setPin('');
        setSecondPin('');
      },
    }),
  );
  const ready =
    reason.trim().length >= 4 && pin.length === 6 && secondPin.length === 6 && secondId !== null && !accept.isPending;
  const go = () => {
    if (!ready) return;
    const second = { staffId: secondId, pin: secondPin };
    accept.mutate({ candidateId: person.candidateId, reason: reason.trim(), pin, second });
  };
  return (
    <Dialog title={t.acceptTitle(`${t.seat(person.seat)} ${person.name} `)} onBack={props.onBack} onEnter={go}>
      <p>{t.acceptHelp}</p>
      <div className="tl-fields">
        <label htmlFor="tl-accept-why">{t.acceptWhy}</label>
        <Input.TextArea
          id="tl-accept-why"
          rows={2}
          autoFocus
          maxLength={400}
          placeholder={t.acceptWhyHint}
          value={reason}
          onChange={(event) => write(event.target.value)}
        />
        <span>{t.ownPin}</span>
        <PinInput value={pin} onChange={setPin} label={t.ownPin} />
        <span>{t.second}</span>
        <Select<StaffId>
          aria-label={t.second}
          value={secondId}
          onChange={choose}
          options={others.map((s) => ({ value: s.staffId, label: s.name }))}
        />
        <span>{t.secondPin}</span>
        <PinInput value={secondPin} onChange={setSecondPin} label={t.secondPin} />
      </div>
      <p role="alert">{accept.isError && <Status kind="stop">{sentence(accept.error)}</Status>}</p>
      <div className="ui-row">
        <BigButton size={48} hint="Escape" onPress={props.onBack}>
          {t.cancel}
        </BigButton>
        <BigButton size={48} blue hint="Enter" disabled={!ready} onPress={go}>
          {t.confirm}
        </BigButton>
      </div>
    </Dialog>
  );
}
