import { useMutation } from '@tanstack/react-query';
import { Collapse, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DeliverySetting } from '../../../electron/features/delivery/contract.ts';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import './delivery.css';

const EMPTY = { endpoint: '', bucket: '', region: 'us-east-1', accessKeyId: '' };
const FIELDS = ['endpoint', 'bucket', 'region', 'accessKeyId'] as const;

/** The bucket of a centre that takes bundles by object storage. Folded away where none is set: few centres have one. */
export function StoreFields(props: {
  wanted: DeliverySetting;
  /** What stands here is kept already: its secret key may be given. */
  saved: boolean;
  onChange: (part: Pick<DeliverySetting, 'objectStore'>) => void;
}): ReactNode {
  const t = useTexts(deliveryTexts).setting;
  const { objectStore } = props.wanted;
  const shown = objectStore ?? EMPTY;
  const change = (field: (typeof FIELDS)[number], value: string) => {
    const next = { ...shown, [field]: value.trim() };
    // Nothing but the region left: no object storage.
    const empty = next.endpoint === '' && next.bucket === '' && next.accessKeyId === '';
    props.onChange({ objectStore: empty ? null : next });
  };
  const fields = (
    <div className="upload-store">
      <p className="devices-quiet">{t.storeHelp}</p>
      {FIELDS.map((field) => (
        <label key={field} htmlFor={`store-${field}`}>
          {t[field]}
          <Input
            id={`store-${field}`}
            size="large"
            autoComplete="off"
            value={shown[field]}
            onChange={(event) => change(field, event.target.value)}
          />
        </label>
      ))}
      {props.saved && <StoreKey />}
    </div>
  );
  const open = objectStore === null ? [] : ['store'];
  return <Collapse ghost defaultActiveKey={open} items={[{ key: 'store', label: t.store, children: fields }]} />;
}

/** The secret half: typed once, kept by the station, not shown again. */
function StoreKey(): ReactNode {
  const t = useTexts(deliveryTexts).setting;
  const sentenceOf = useErrorSentence();
  const [secret, setSecret] = useState('');
  const save = useMutation(ask.delivery.saveStoreKey.mutationOptions({ onSuccess: () => setSecret('') }));
  return (
    <>
      <label htmlFor="store-secret">
        {t.secret}
        <Input.Password
          id="store-secret"
          size="large"
          autoComplete="off"
          placeholder={t.secretHelp}
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
        />
      </label>
      <div className="upload-store-key">
        <BigButton
          size={36}
          disabled={secret === '' || save.isPending}
          onPress={() => save.mutate({ secretAccessKey: secret })}
        >
          {t.saveSecret}
        </BigButton>
        {save.isSuccess && secret === '' && <Status kind="done">{t.secretSaved}</Status>}
        {save.isError && <Status kind="stop">{sentenceOf(save.error)}</Status>}
      </div>
    </>
  );
}
