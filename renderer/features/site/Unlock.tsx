import './site.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { siteTexts } from '../../texts/site.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LockFilled } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';

/**
 * The lead's passphrase opens the keys. Until then the day goes on; only sealing and checkpoints wait. Where the keys were
 * wrapped by the other shell's means it says which shell opens them, and asks for nothing. Draws nothing when open.
 */
export function Unlock(): ReactNode {
  const t = useTexts(siteTexts);
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const state = useQuery(ask.site.state.queryOptions()).data;
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation(
    ask.site.unlock.mutationOptions({
      onSettled: () => {
        setPassphrase('');
        void queries.invalidateQueries({ queryKey: ask.site.key() });
      },
    }),
  );
  if (state?.kind !== 'locked') return null;
  if (state.wrappedBy !== undefined && state.wrappedBy !== state.keyWrap) {
    return (
      <section className="ui-card site-unlock" role="alert">
        <h2 className="is-stop">
          <LockFilled /> {t.otherWrap}
        </h2>
        <p>{t.otherWrapHelp[state.wrappedBy]}</p>
        <p>{t.otherWrapGoesOn}</p>
      </section>
    );
  }
  return (
    <form
      className="ui-card site-unlock"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase !== '' && !unlock.isPending) unlock.mutate({ passphrase });
      }}
    >
      <h2 className="is-look">
        <LockFilled /> {t.keysLocked}
      </h2>
      <p>{t.keysLockedHelp}</p>
      <div className="site-unlock-row">
        <Input.Password
          size="large"
          aria-label={t.passphrase}
          placeholder={t.passphrase}
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <BigButton
          size={48}
          disabled={passphrase === '' || unlock.isPending}
          onPress={() => unlock.mutate({ passphrase })}
        >
          {t.unlock}
        </BigButton>
      </div>
      {unlock.isError && (
        <p role="alert">
          <Status kind="look">{sentence(unlock.error)}</Status>
        </p>
      )}
    </form>
  );
}
