import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { keysTexts } from '../../texts/keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';

/** Where a third party's time stamps are asked for, and how many bundles have one. */
export function TimestampCard(): ReactNode {
  const t = useTexts(keysTexts).stamp;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const view = useQuery({ ...ask.timestamp.view.queryOptions(), refetchInterval: 10_000 }).data;
  const [typed, setTyped] = useState<string | null>(null);
  const save = useMutation(
    ask.timestamp.saveSetting.mutationOptions({
      onSuccess: () => setTyped(null),
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.timestamp.key() }),
    }),
  );
  if (view === undefined) return null;
  const wanted = (typed ?? view.address ?? '').trim();
  const changed = wanted !== (view.address ?? '');
  return (
    <section className="ui-card devices-card">
      <h2>{t.title}</h2>
      <p className="devices-quiet">{t.help}</p>
      <p role="status">
        <Status kind={view.address === null ? 'not-done' : view.problem === null ? 'done' : 'look'}>
          {view.address === null
            ? t.off
            : view.problem === null
              ? t.counts(view.stamped, view.waiting)
              : t.away(view.waiting)}
        </Status>
      </p>
      <form
        className="devices-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && !save.isPending) save.mutate({ address: wanted === '' ? null : wanted });
        }}
      >
        <label htmlFor="tsa-address">
          {t.address}
          <Input
            id="tsa-address"
            placeholder="http://"
            value={typed ?? view.address ?? ''}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <p role="alert">{save.isError && <Status kind="stop">{sentenceOf(save.error)}</Status>}</p>
        {changed && (
          <BigButton
            size={48}
            disabled={save.isPending}
            onPress={() => save.mutate({ address: wanted === '' ? null : wanted })}
          >
            {t.save}
          </BigButton>
        )}
      </form>
    </section>
  );
}
