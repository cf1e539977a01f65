import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { ReaderView } from '../../../electron/features/checkin/contract.ts';
import { ask } from '../../api/query.ts';
import { onStationEvent } from '../../api/station-events.tsx';
import { devicesTexts } from '../../texts/devices.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { readerAddress } from './reader-address.ts';

const tones: Record<ReaderView['kind'], StatusKind> = {
  none: 'not-done',
  lost: 'stop',
  waiting: 'done',
  reading: 'not-done',
  'take-away': 'look',
  replace: 'look',
  rejected: 'look',
};

/** Where the card reader is and how it is: an address from the list of ports, or typed; saved means connected at once. */
export function ReaderCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  // A reader that is plugged in appears in the list without anyone asking again.
  const reader = useQuery({ ...ask.site.reader.queryOptions(), refetchInterval: 5_000, staleTime: 0 });
  const [typed, setTyped] = useState<string | null>(null);
  const renew = () => void queries.invalidateQueries({ queryKey: ask.site.reader.key() });
  const save = useMutation(
    ask.site.setReader.mutationOptions({
      onSuccess: () => setTyped(null),
      onSettled: renew,
    }),
  );
  useEffect(
    () =>
      onStationEvent((event) => {
        if (event.kind !== 'reader') return;
        const { reader: state } = event;
        queries.setQueryData(ask.site.reader.queryKey(), (before) => before && { ...before, state });
      }),
    [queries],
  );
  if (reader.data === undefined) {
    return (
      <section className="ui-card devices-card">
        {reader.isError ? <ReadFailed onRetry={renew} sentence={sentenceOf(reader.error)} /> : <Loading />}
      </section>
    );
  }
  const { address, ports, listFailed, state } = reader.data;
  const wanted = typed ?? address;
  const changed = readerAddress(wanted) !== address;
  const submit = () => {
    if (changed && !save.isPending) save.mutate({ address: readerAddress(wanted) });
  };
  return (
    <section className="ui-card devices-card">
      <h2>{t.reader}</h2>
      <p className="devices-state" role="status">
        <Status kind={tones[state.kind]}>{t.readerNow[state.kind]}</Status>
      </p>
      <p className="devices-quiet">
        {state.kind === 'lost' && (t.lost[state.reason] ?? t.lostHelp)}
        {state.kind === 'none' && t.noneHelp}
      </p>
      <form
        className="devices-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor="reader-address">{t.address}</label>
        <div className="devices-address-row">
          <AutoComplete
            id="reader-address"
            size="large"
            value={wanted}
            placeholder={t.addressPlaceholder}
            onChange={(value: string) => {
              save.reset();
              setTyped(value);
            }}
            options={ports.map(({ path, maker }) => ({
              value: `serial:${path}`,
              label: maker === null ? `serial:${path}` : `serial:${path}　${maker}`,
            }))}
          />
          <BigButton size={48} blue={changed} disabled={!changed || save.isPending} onPress={submit}>
            {save.isPending ? t.saving : t.save}
          </BigButton>
          <BigButton size={48} disabled={address === '' || save.isPending} onPress={() => save.mutate({ address: '' })}>
            {t.noReader}
          </BigButton>
        </div>
        <small>
          {listFailed ? t.portsFailed : ports.length === 0 ? t.noPorts : t.ports(ports.length)} {t.addressHelp}
        </small>
      </form>
      {(save.isError || (save.isSuccess && !changed)) && (
        <p role="alert">
          {save.isError ? (
            <Status kind="stop">{sentenceOf(save.error)}</Status>
          ) : (
            <Status kind="done">{t.saved}</Status>
          )}
        </p>
      )}
    </section>
  );
}
