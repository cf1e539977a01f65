import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { keysTexts } from '../../texts/keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { TwoPins, useTwoPins } from '../staff/TwoPins.tsx';

/** The question before the keys change: what it means, two PINs, and the passphrase where one wraps the keys. */
export function KeysForm({ act, onDone }: { act: 'rotate' | 'renew'; onDone: () => void }): ReactNode {
  const t = useTexts(keysTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const pins = useTwoPins();
  const needsPassphrase = useQuery(ask.site.state.queryOptions()).data?.keyWrap === 'passphrase';
  const [passphrase, setPassphrase] = useState('');
  const settled = {
    onSuccess: onDone,
    onError: pins.clear,
    onSettled: () => void queries.invalidateQueries(),
  };
  const rotate = useMutation(ask.keys.rotate.mutationOptions(settled));
  const renew = useMutation(ask.keys.renew.mutationOptions(settled));
  const change = act === 'rotate' ? rotate : renew;
  const spoken = !needsPassphrase || passphrase.length >= (act === 'renew' ? 8 : 1);
  const ready = pins.given !== null && spoken && !change.isPending;
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
      <TwoPins draft={pins} words={t} disabled={change.isPending} />
      <p role="alert">{change.isError && <Status kind="stop">{sentenceOf(change.error)}</Status>}</p>
      <div className="devices-row">
        <BigButton size={48} onPress={onDone}>
          {t.cancel}
        </BigButton>
        <BigButton
          size={48}
          disabled={!ready}
          onPress={() => pins.given && change.mutate({ ...pins.given, ...(needsPassphrase && { passphrase }) })}
        >
          {change.isPending ? t.working : act === 'rotate' ? t.rotate : t.renew}
        </BigButton>
      </div>
    </div>
  );
}
