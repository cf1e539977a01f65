import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DeliverySetting } from '../../../electron/features/delivery/contract.ts';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { StoreFields } from './StoreFields.tsx';
import './delivery.css';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Where sealed bundles go over the network, how fast and when; empty means: only by disk. */
export function UploadSettingCard(): ReactNode {
  const t = useTexts(deliveryTexts).setting;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const setting = useQuery(ask.delivery.setting.queryOptions()).data;
  const [typed, setTyped] = useState<DeliverySetting | null>(null);
  const save = useMutation(
    ask.delivery.saveSetting.mutationOptions({
      onSuccess: () => setTyped(null),
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.delivery.key() }),
    }),
  );
  const attempt = useMutation(ask.delivery.tryAddress.mutationOptions());
  if (setting === undefined) return null;
  const wanted = typed ?? setting;
  const change = (part: Partial<DeliverySetting>) => setTyped({ ...wanted, ...part });
  const changed = JSON.stringify(wanted) !== JSON.stringify(setting);
  const address = wanted.address?.trim() ?? '';
  const submit = () => save.mutate({ ...wanted, address: address === '' ? null : address });
  const hours = HOURS.map((hour) => ({ value: hour, label: t.hour(hour) }));
  return (
    <section className="ui-card devices-card">
      <h2>{t.title}</h2>
      <p className="devices-quiet">{t.help}</p>
      <form
        className="upload-setting"
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && !save.isPending) submit();
        }}
      >
        <label htmlFor="centre-address">{t.address}</label>
        <Input
          id="centre-address"
          size="large"
          value={wanted.address ?? ''}
          placeholder={t.addressPlaceholder}
          onChange={(event) => change({ address: event.target.value })}
        />
        <div className="upload-setting-row">
          <label htmlFor="upload-limit">
            {t.limit}
            <InputNumber
              id="upload-limit"
              size="large"
              min={16}
              max={10_000_000}
              value={wanted.limitKBps}
              onChange={(limitKBps) => change({ limitKBps })}
            />
          </label>
          {(['from', 'to'] as const).map((end) => (
            <label key={end} htmlFor={`upload-${end}`}>
              {end === 'from' ? `${t.hours} ${t.from}` : t.to}
              <Select
                id={`upload-${end}`}
                size="large"
                allowClear
                options={hours}
                value={wanted.hours?.[end]}
                onChange={(hour: number | undefined) =>
                  change({
                    hours: hour === undefined ? null : { from: 0, to: 0, ...wanted.hours, [end]: hour },
                  })
                }
              />
            </label>
          ))}
        </div>
        <StoreFields wanted={wanted} saved={setting.objectStore !== null && !changed} onChange={change} />
        <div className="upload-acts">
          <BigButton size={36} disabled={!changed || save.isPending} onPress={submit}>
            {address === '' && setting.address !== null ? t.clear : t.save}
          </BigButton>
          <BigButton
            size={36}
            disabled={changed || setting.address === null || attempt.isPending}
            onPress={() => attempt.mutate({})}
          >
            {t.tryIt}
          </BigButton>
          {attempt.data && !changed && attempt.data.store !== 'none' && (
            <Status kind={attempt.data.store === 'answers' ? 'done' : 'look'}>{t.storeSays[attempt.data.store]}</Status>
          )}
          {attempt.data && !changed && (
            <Status kind={attempt.data.answers ? 'done' : 'look'}>{attempt.data.answers ? t.answers : t.silent}</Status>
          )}
        </div>
        {save.isError && (
          <p role="alert">
            <Status kind="stop">{sentenceOf(save.error)}</Status>
          </p>
        )}
      </form>
    </section>
  );
}
