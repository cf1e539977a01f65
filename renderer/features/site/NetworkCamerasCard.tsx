import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { NetworkCamera } from '../../../electron/features/network-cameras/contract.ts';
import { ask } from '../../api/query.ts';
import { cameraTroublesTexts } from '../../texts/camera-troubles.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { networkCamerasTexts } from '../../texts/network-cameras.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { NetworkCameraForm } from './NetworkCameraForm.tsx';

/** The cameras on the site's network: which, how they are, and one more. */
export function NetworkCamerasCard(): ReactNode {
  const t = useTexts(networkCamerasTexts);
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const list = useQuery({ ...ask.networkCameras.list.queryOptions(), refetchInterval: 5_000 }).data;
  const [open, setOpen] = useState<NetworkCamera | 'new' | null>(null);
  const reread = () => void queries.invalidateQueries({ queryKey: ask.networkCameras.key() });
  const remove = useMutation(ask.networkCameras.remove.mutationOptions({ onSettled: reread }));
  if (list === undefined) return null;
  const close = () => {
    setOpen(null);
    reread();
  };
  return (
    <section className="ui-card devices-card">
      <h2>{t.title}</h2>
      <p className="devices-quiet">{t.help}</p>
      {!list.ffmpeg && <Status kind="look">{t.noFfmpeg}</Status>}
      {list.cameras.length === 0 && <p className="devices-quiet">{t.none}</p>}
      {list.cameras.map((camera) => (
        <div key={camera.cameraId} className="devices-row">
          <span>
            <b>{nameOf(list.planned, camera.cameraId)}</b> <small>{camera.address}</small>
            <br />
            <CameraState state={camera.state} />
          </span>
          <BigButton size={36} onPress={() => setOpen(camera)}>
            {t.change}
          </BigButton>
          <BigButton size={36} disabled={remove.isPending} onPress={() => remove.mutate({ cameraId: camera.cameraId })}>
            {t.remove}
          </BigButton>
        </div>
      ))}
      <p role="alert">{remove.isError && <Status kind="stop">{sentence(remove.error)}</Status>}</p>
      {open === null ? (
        <BigButton size={48} onPress={() => setOpen('new')}>
          {t.add}
        </BigButton>
      ) : (
        <NetworkCameraForm
          key={open === 'new' ? 'new' : open.cameraId}
          camera={open === 'new' ? null : open}
          planned={list.planned}
          onDone={close}
        />
      )}
    </section>
  );
}

type Planned = { cameraId: string; label: string; room: string };
export const nameOf = (planned: readonly Planned[], cameraId: string): string => {
  const found = planned.find((p) => p.cameraId === cameraId);
  return found ? `${found.room} ${found.label}` : cameraId;
};

function CameraState({ state }: { state: NetworkCamera['state'] }): ReactNode {
  const t = useTexts(networkCamerasTexts);
  const troubles = useTexts(cameraTroublesTexts);
  switch (state.kind) {
    case 'recording':
      return <Status kind="done">{t.states.recording(state.width, state.height)}</Status>;
    case 'fault':
      return <Status kind="stop">{troubles[state.trouble]}</Status>;
    case 'keys-locked':
      return <Status kind="look">{t.states['keys-locked']}</Status>;
    case 'idle':
    case 'connecting':
      return <Status kind="not-done">{t.states[state.kind]}</Status>;
  }
}
