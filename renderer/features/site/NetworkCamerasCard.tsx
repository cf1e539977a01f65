import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { NetworkCamera } from '../../../electron/features/network-cameras/contract.ts';
import { ask } from '../../api/query.ts';
import { cameraTroublesTexts } from '../../texts/camera-troubles.ts';
import { networkCamerasTexts } from '../../texts/network-cameras.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { NetworkCameraForm } from './NetworkCameraForm.tsx';

/** The cameras on the site's network: which, how they are, and one more. */
export function NetworkCamerasCard(): ReactNode {
  const t = useTexts(networkCamerasTexts);
  const queries = useQueryClient();
  const list = useQuery({ ...ask.networkCameras.list.queryOptions(), refetchInterval: 5_000 }).data;
  const [open, setOpen] = useState<NetworkCamera | 'new' | null>(null);
  const reread = () => void queries.invalidateQueries({ queryKey: ask.networkCameras.key() });
  if (list === undefined) return null;
  const close = () => {
    setOpen(null);
    reread();
  };
  return (
    <section className="ui-card devices-card">
      <header className="devices-head">
        <h2>{t.title}</h2>
        {open !== 'new' && list.planned.length > 0 && (
          <BigButton size={36} onPress={() => setOpen('new')}>
            {t.add}
          </BigButton>
        )}
      </header>
      <p className="devices-quiet">{list.planned.length === 0 ? t.noPlan : t.help}</p>
      {!list.ffmpeg && <Status kind="look">{t.noFfmpeg}</Status>}
      {list.cameras.length === 0 && open === null && (
        <p role="status">
          <Status kind="not-done">{t.none}</Status>
        </p>
      )}
      <ul className="devices-readers">
        {list.cameras.map((camera) => (
          <li key={camera.cameraId}>
            <div className="devices-reader">
              <p className="devices-reader-head">
                <b>{nameOf(list.planned, camera.cameraId)}</b>
                <span role="status">
                  <CameraState state={camera.state} />
                </span>
              </p>
              <p className="devices-quiet devices-reader-facts">{camera.address}</p>
              <div className="devices-reader-acts">
                <BigButton size={36} onPress={() => setOpen(camera)}>
                  {t.change}
                </BigButton>
              </div>
            </div>
            {open !== null && open !== 'new' && open.cameraId === camera.cameraId && (
              <NetworkCameraForm camera={open} planned={list.planned} onDone={close} />
            )}
          </li>
        ))}
        {open === 'new' && (
          <li>
            <NetworkCameraForm camera={null} planned={list.planned} onDone={close} />
          </li>
        )}
      </ul>
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
