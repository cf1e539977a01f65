import { useMutation } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { NetworkCamera } from '../../../electron/features/network-cameras/contract.ts';
import type { CameraId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { networkCamerasTexts } from '../../texts/network-cameras.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { RemoveButton } from './RemoveButton.tsx';

/** Address and login of one camera, with a picture to see whether they are right. */
export function NetworkCameraForm(props: {
  camera: NetworkCamera | null;
  planned: readonly { cameraId: CameraId; label: string; room: string }[];
  onDone: () => void;
}): ReactNode {
  const { camera, planned } = props;
  const t = useTexts(networkCamerasTexts);
  const sentence = useErrorSentence();
  const [chosen, choose] = useState<CameraId | null>(camera?.cameraId ?? null);
  const [address, setAddress] = useState(camera?.address ?? '');
  const [user, setUser] = useState(camera?.user ?? '');
  const [password, setPassword] = useState('');
  const [picture, setPicture] = useState<string | null>(null);
  const cameraId = chosen ?? planned[0]?.cameraId ?? null;
  const typed = user !== (camera?.user ?? '') || password !== '';
  const wish = { address, ...(typed && { login: { user, password } }) };
  const save = useMutation(ask.networkCameras.save.mutationOptions({ onSuccess: props.onDone }));
  const look = useMutation(
    ask.networkCameras.testPicture.mutationOptions({ onSuccess: (jpeg) => setPicture(URL.createObjectURL(jpeg)) }),
  );
  const search = useMutation(ask.networkCameras.discover.mutationOptions());
  useEffect(() => () => (picture === null ? undefined : URL.revokeObjectURL(picture)), [picture]);
  const remove = useMutation(ask.networkCameras.remove.mutationOptions({ onSuccess: props.onDone }));
  const error = save.error ?? look.error ?? remove.error ?? search.error;
  const complete = address.trim() !== '' && cameraId !== null;
  const submit = () => {
    if (complete && !save.isPending) save.mutate({ cameraId, ...wish });
  };
  /** Takes the host that was found; a path that is typed already stays. */
  const take = (host: string) => setAddress(`rtsp://${host}:554${/^rtsp:\/\/[^/]+(\/.*)$/.exec(address)?.[1] ?? '/'}`);
  return (
    <form
      className="devices-form devices-reader-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="devices-reader-fields">
        <label htmlFor="net-camera">
          {t.which}
          <Select<CameraId>
            id="net-camera"
            size="large"
            disabled={camera !== null}
            value={cameraId}
            onChange={choose}
            options={planned.map((p) => ({ value: p.cameraId, label: `${p.room} ${p.label}` }))}
          />
        </label>
        <label htmlFor="net-address">
          {t.address}
          <Input
            id="net-address"
            size="large"
            placeholder={t.addressHint}
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        </label>
        <label htmlFor="net-user">
          {t.user}
          <Input
            id="net-user"
            size="large"
            autoComplete="off"
            value={user}
            onChange={(event) => setUser(event.target.value)}
          />
        </label>
        <label htmlFor="net-password">
          {t.password}
          <Input.Password
            id="net-password"
            size="large"
            autoComplete="new-password"
            placeholder={camera === null ? '' : t.keepLogin}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
      </div>
      <div className="devices-reader-acts">
        <BigButton size={36} disabled={search.isPending} onPress={() => search.mutate({})}>
          {search.isPending ? t.searching : t.search}
        </BigButton>
        <BigButton
          size={36}
          disabled={address.trim() === '' || look.isPending}
          onPress={() => {
            setPicture(null);
            look.mutate({ cameraId, ...wish });
          }}
        >
          {look.isPending ? t.testing : t.test}
        </BigButton>
      </div>
      {search.data !== undefined && (
        <div role="status">
          {search.data.length === 0 ? (
            <Status kind="not-done">{t.nothing}</Status>
          ) : (
            <>
              <p>{t.found(search.data.length)}</p>
              {search.data.map((found) => (
                <BigButton key={found.host} size={36} onPress={() => take(found.host)}>
                  {found.host} {found.name} {found.hardware}
                </BigButton>
              ))}
            </>
          )}
        </div>
      )}
      {picture !== null && <img className="devices-picture" src={picture} alt={t.testAlt} />}
      <p role="alert">{error !== null && <Status kind="stop">{sentence(error)}</Status>}</p>
      <div className="devices-reader-acts">
        <BigButton size={48} blue={complete} disabled={!complete || save.isPending} onPress={submit}>
          {t.save}
        </BigButton>
        <BigButton size={48} onPress={props.onDone}>
          {t.cancel}
        </BigButton>
        {camera !== null && (
          <RemoveButton
            words={t}
            disabled={remove.isPending}
            onRemove={() => remove.mutate({ cameraId: camera.cameraId })}
          />
        )}
      </div>
    </form>
  );
}
