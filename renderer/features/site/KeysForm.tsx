import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { keysTexts } from '../../texts/keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { useMe } from '../staff/use-me.ts';

/** The question before the keys change: what it means, two PINs, and the passphrase where one wraps the keys. */
export function KeysForm({ act, onDone }: { act: 'rotate' | 'renew'; onDone: () => void }): ReactNode {
  const t = useTexts(keysTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const me = useMe();
  const people = useQuery(ask.staff.names.queryOptions()).data ?? [];
  const needsPassphrase = useQuery(ask.site.state.queryOptions()).data?.keyWrap === 'passphrase';
  const [pin, setPin] = useState('');
  const [secondId, setSecondId] = useState<string | null>(null);
  const [secondPin, setSecondPin] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const settled = {
    onSuccess: onDone,
    onError: () => {
      setPin('');
      setSecondPin('');
    },
    onSettled: () => void queries.invalidateQueries(),
  };
  const rotate = useMutation(ask.keys.rotate.mutationOptions(settled));
  const renew = useMutation(ask.keys.renew.mutationOptions(settled));
  const change = act === 'rotate' ? rotate : renew;
  const seconds = people.filter(
    (p) => p.staffId !== me?.staffId && p.roles.some((role) => role === 'supervisor' || role === 'site-lead'),
  );
  const second = seconds.find((p) => p.staffId === secondId);
  const spoken = !needsPassphrase || passphrase.length >= (act === 'renew' ? 8 : 1);
  const ready = pin.length === 6 && second !== undefined && secondPin.length === 6 && spoken && !change.isPending;
  const word = act === 'rotate' ? t.passphrase : t.newPassphrase;
  return (
    <div className="devices-form">
      <p>{act === 'rotate' ? t.rotateHelp : t.renewHelp}</p>
      {needsPassphrase && (
        <label htmlFor="keys-passphrase">
          {word}
          <Input.Password
            id="keys-passphrase"
            size="large"
            autoComplete={act === 'rotate' ? 'current-password' : 'new-password'}
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </label>
      )}
      <b>{t.own}</b>
      <PinInput value={pin} onChange={setPin} label={t.own} disabled={change.isPending} />
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
            disabled={change.isPending}
          />
        </>
      )}
      <p role="alert">{change.isError && <Status kind="stop">{sentenceOf(change.error)}</Status>}</p>
      <div className="devices-row">
        <BigButton size={48} onPress={onDone}>
          {t.cancel}
        </BigButton>
        <BigButton
          size={48}
          disabled={!ready}
          onPress={() =>
            second &&
            change.mutate({
              pin,
              second: { staffId: second.staffId, pin: secondPin },
              ...(needsPassphrase && { passphrase }),
            })
          }
        >
          {change.isPending ? t.working : act === 'rotate' ? t.rotate : t.renew}
        </BigButton>
      </div>
    </div>
  );
}
