import { Select } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CloseCircleFilled, MinusCircleOutlined, VideoCameraFilled, WarningFilled } from '../../ui/icons.tsx';
import { clockText, spanText } from '../../ui/time-text.ts';
import type { VideoDevice } from './devices.ts';
import type { TileState } from './room-verdict.ts';
import { StoredBar } from './StoredBar.tsx';
import type { Interval } from './stored-bar.ts';

export interface CameraTileProps {
  /** From 1, as people and keys count. */
  number: number;
  label: string;
  state: TileState;
  stream: MediaStream | null;
  stored: readonly Interval[];
  /** When this window began to record the camera; null before. */
  sinceMs: number | null;
  lastFrameMs: number | null;
  nowMs: number;
  devices: readonly VideoDevice[];
  deviceId: string | null;
  onChoose: (deviceId: string) => void;
}

export function CameraTile(props: CameraTileProps): ReactNode {
  const { number, label, state, nowMs } = props;
  const t = useTexts(roomTexts);
  const mayChoose = state.kind === 'not-started' || state.kind === 'stopped' || state.kind === 'elsewhere';
  const isWrong = state.kind === 'fault' || state.kind === 'refused';
  return (
    <section className={`camera-tile${isWrong ? ' is-wrong' : ''}`} aria-label={`${number} ${label}`}>
      <header>
        <kbd>{number}</kbd>
        <b className="camera-label">{label}</b>
        <TileWord state={state} />
      </header>
      <div className="camera-picture">
        {props.stream && <Preview stream={props.stream} />}
        {mayChoose && <DeviceChoice {...props} />}
        {state.kind === 'fault' && (
          <div className={`camera-veil${state.storing ? ' is-light' : ''}`}>
            <b>{t.faults[state.fault].word}</b>
            <span className="camera-veil-time">{spanText(nowMs - state.sinceMs)}</span>
            {props.stream && props.lastFrameMs !== null && !state.storing && (
              <span>{t.pictureAt(clockText(props.lastFrameMs))}</span>
            )}
            {!state.storing && props.devices.length > 1 && <DeviceChoice {...props} />}
          </div>
        )}
        {state.kind === 'refused' && (
          <div className="camera-veil">
            <b>{t.refused[state.code]}</b>
          </div>
        )}
        {state.kind === 'recording' && props.lastFrameMs !== null && (
          <span className="camera-clock">{clockText(props.lastFrameMs)}</span>
        )}
      </div>
      <StoredBar stored={props.stored} nowMs={nowMs} sinceMs={props.sinceMs} />
    </section>
  );
}

function TileWord({ state }: { state: TileState }): ReactNode {
  const t = useTexts(roomTexts);
  const words = t.tile;
  switch (state.kind) {
    case 'recording':
      return (
        <span className="camera-word is-good">
          <VideoCameraFilled />
          {words.recording}
        </span>
      );
    case 'fault':
      return (
        <span className={`camera-word ${state.storing ? 'is-odd' : 'is-bad'}`}>
          {state.storing ? <WarningFilled /> : <CloseCircleFilled />}
          {state.weak ? words.weak : state.storing ? words.useless : words.notRecording}
        </span>
      );
    case 'refused':
      return (
        <span className="camera-word is-bad">
          <CloseCircleFilled />
          {words.notRecording}
        </span>
      );
    case 'not-started':
    case 'opening':
    case 'elsewhere':
    case 'stopping':
    case 'stopped':
      return (
        <span className="camera-word">
          <MinusCircleOutlined />
          {state.kind === 'not-started' ? words.notStarted : words[state.kind]}
        </span>
      );
    default:
      return null;
  }
}

/** The live picture. It shows what the camera gives, not what is stored: that is the bar's part. */
function Preview({ stream }: { stream: MediaStream }): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} autoPlay muted playsInline disablePictureInPicture tabIndex={-1} />;
}

function DeviceChoice(props: CameraTileProps): ReactNode {
  const t = useTexts(roomTexts);
  const options = props.devices.map(({ deviceId, label }, i) => ({
    value: deviceId,
    label: label === '' ? `${t.device(i + 1)}` : label,
  }));
  return (
    <div className="camera-choice">
      <Select
        size="large"
        aria-label={t.device(props.number)}
        value={props.deviceId}
        placeholder={options.length === 0 ? t.anyDevice : t.noDevice}
        options={options}
        disabled={options.length === 0}
        onChange={props.onChoose}
      />
    </div>
  );
}
