import { isDefinedError } from '@orpc/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Spin } from 'antd';
import type { ReactNode } from 'react';
import type { Closing } from '../../../electron/features/archive/contract.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LockOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { Unlock } from '../site/Unlock.tsx';
import { ClosingFacts } from './SignOff.tsx';

/** Counted, declared, signed: seals. With the keys still wrapped it asks for the passphrase first. */
export function SealBlock({ closing }: { closing: Closing }): ReactNode {
  const t = useTexts(closingTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const seal = useMutation(
    ask.archive.seal.mutationOptions({
      // Sealed, refused or unknown: what holds is in the record.
      onSettled: () => void queries.invalidateQueries(),
    }),
  );
  const ready = closing.keysOpen && !seal.isPending;
  const press = () => {
    if (ready) seal.mutate({ sessionId: closing.sessionId });
  };
  useKeys({ Enter: press }, { verdict: 'seal' });
  const damaged = isDefinedError(seal.error) && seal.error.code === 'EVIDENCE_DAMAGED' ? seal.error.data.files : [];
  return (
    <>
      <header className="closing-head">
        <h2>
          <LockOutlined /> {closing.keysOpen ? t.sealTitle : t.sealTitleLocked}
        </h2>
        {closing.signedOffBy && (
          <Status kind="done">{t.signedOff(closing.signedOffBy.name, minuteText(closing.signedOffBy.atMs))}</Status>
        )}
      </header>
      <p className="office-quiet">{t.sealHelp}</p>
      <ClosingFacts closing={closing} />
      {!closing.keysOpen && <Unlock />}
      {seal.isError && (
        <div role="alert" className="closing-problem">
          <Status kind="stop">{damaged.length > 0 ? t.damaged(damaged.length) : sentenceOf(seal.error)}</Status>
          {damaged.length > 0 && <pre className="journal-data">{damaged.join('\n')}</pre>}
        </div>
      )}
      <div className="closing-last">
        <BigButton
          size={64}
          blue={ready}
          hint="Enter"
          disabled={!ready}
          icon={seal.isPending ? <Spin delay={1000} /> : undefined}
          onPress={press}
        >
          {seal.isPending ? t.sealing : t.seal}
        </BigButton>
      </div>
    </>
  );
}
